import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../../../lab/images/temporary.ts';
import { healthyMachine } from '../../../lab/machine/index.ts';
import { runOracle } from '../../../lab/oracle.ts';
import { denyingMachine, dirtyHive } from '../../../lab/whole-disk/dirty-hives.ts';
import { examine, onlyTarget, verdicts } from '../../../lab/whole-disk/examine.ts';
import { installationFiles } from '../../../lab/whole-disk/installation.ts';
import { compressFolder, mountedVolume } from '../../../lab/whole-disk/mounted.ts';
import { plants } from '../../../lab/whole-disk/plants.ts';
import { labNow } from '../../../lab/world/check-tester.ts';
import { describeWithMount } from '../../formats/ntfs/testing/mounted-volume.ts';

const mebibyte = 2 ** 20;
const diskSize = 24 * mebibyte;
const sizeInBytes = 8 * mebibyte;
const denied = ['fault remote-connections-denied'];

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

const faultyVolume = once(() => mountedVolume(installationFiles(denyingMachine()), { sizeInBytes }));
const healthyVolume = once(() =>
  mountedVolume(installationFiles(healthyMachine('2012R2', { now: labNow })), { sizeInBytes }),
);

/** A disk that a partitioning program laid out, with volumes at these places, in MiB. */
function partitioned(
  folder: TemporaryFolder,
  partition: (disk: string) => void,
  volumes: readonly (readonly [at: number, volume: Buffer])[],
): string {
  const disk = folder.write('disk.image', Buffer.alloc(0));
  truncateSync(disk, diskSize);
  partition(disk);
  const bytes = readFileSync(disk);
  for (const [at, volume] of volumes) volume.copy(bytes, at * mebibyte);
  writeFileSync(disk, bytes);
  return disk;
}

function sfdisk(...lines: readonly string[]): (disk: string) => void {
  return (disk) => {
    const input = ['label: dos', 'unit: sectors', ...lines, ''].join('\n');
    runOracle('sfdisk', ['-q', '--no-reread', '--no-tell-kernel', disk], { input });
  };
}

function sgdisk(...options: readonly string[]): (disk: string) => void {
  return (disk) => {
    runOracle('sgdisk', [...options, disk]);
  };
}

const windowsLayout = sgdisk(
  '-n=1:2048:+1M',
  '-t=1:EF00',
  '-n=2:0:+1M',
  '-t=2:0C01',
  '-n=3:0:+8M',
  '-t=3:0700',
);

/** Windows that lets nobody in, on partition 3; the program takes a second for it. */
const faultyDisk = once(() => {
  using folder = temporaryFolder();
  return readFileSync(partitioned(folder, windowsLayout, [[3, faultyVolume()]]));
});

describeWithMount('a disk by sfdisk', ['sfdisk'], () => {
  it('has Windows on a primary partition', async () => {
    using folder = temporaryFolder();
    const layout = sfdisk('start=2048, size=2048, type=7, bootable', 'start=8192, size=16384, type=7');
    const report = await examine(partitioned(folder, layout, [[4, faultyVolume()]]));
    expect(verdicts(report)).toEqual(denied);
    expect(onlyTarget(report)).toMatchObject({ machine: { partition: 2 }, notes: [] });
  });

  it('has Windows on logical partitions', async () => {
    using folder = temporaryFolder();
    const layout = sfdisk(
      'start=2048, size=2048, type=c',
      'start=4096, type=f',
      'start=6144, size=16384, type=7',
      'start=24576, size=16384, type=7',
    );
    const volumes = [
      [3, faultyVolume()],
      [12, healthyVolume()],
    ] as const;
    const report = await examine(partitioned(folder, layout, volumes));
    expect(report.targets.map(({ machine }) => [machine.partition, machine.computerName])).toEqual([
      [5, 'LAB-2022'],
      [6, 'LAB-2012R2'],
    ]);
    expect([verdicts(report, 0), verdicts(report, 1)]).toEqual([denied, []]);
  });
});

describeWithMount('a disk by sgdisk', ['sgdisk'], () => {
  it('has Windows behind the partitions for starting it', async () => {
    using folder = temporaryFolder();
    const report = await examine(folder.write('disk.image', faultyDisk()));
    expect(verdicts(report)).toEqual(denied);
    expect(onlyTarget(report)).toMatchObject({ machine: { partition: 3 }, notes: [] });
  });

  it('has gaps between the numbers of its partitions', async () => {
    using folder = temporaryFolder();
    const layout = sgdisk('-n=7:6M:+8M', '-t=7:0700', '-n=12:15M:+8M', '-t=12:0700');
    const volumes = [
      [6, faultyVolume()],
      [15, healthyVolume()],
    ] as const;
    const disk = partitioned(folder, layout, volumes);
    const report = await examine(disk);
    expect(report.targets.map(({ machine }) => machine.partition)).toEqual([7, 12]);
    expect(verdicts(await examine(disk, { volume: 12 }))).toEqual([]);
    await expect(examine(disk, { volume: 3 })).rejects.toThrow('7, 12');
  });

  it('is read by its second table where the first is overwritten', async () => {
    using folder = temporaryFolder();
    const bytes = Buffer.from(faultyDisk()).fill(0, 512, 17_408);
    const report = await examine(folder.write('disk.image', bytes));
    expect(verdicts(report)).toEqual(denied);
    expect(onlyTarget(report).notes).toEqual([expect.stringContaining('backup partition table was used')]);
  });

  it('may have an MBR beside its own table', async () => {
    using folder = temporaryFolder();
    const disk = folder.write('disk.image', faultyDisk());
    runOracle('sgdisk', ['-h', '3', disk]);
    const report = await examine(disk);
    expect(verdicts(report)).toEqual(denied);
    expect(onlyTarget(report).machine.partition).toBe(3);
  });
});

const conversions = [
  ['raw', [], 'raw'],
  ['vpc', ['-o', 'subformat=fixed'], 'vhd-fixed'],
  ['vpc', ['-o', 'subformat=fixed,force_size=on'], 'vhd-fixed'],
  ['vpc', ['-o', 'subformat=dynamic'], 'vhd-dynamic'],
  ['vhdx', ['-o', 'subformat=dynamic'], 'vhdx-dynamic'],
  ['vhdx', ['-o', 'subformat=fixed'], 'vhdx-fixed'],
  ['qcow2', [], 'qcow2'],
  ['qcow2', ['-o', 'compat=0.10'], 'qcow2'],
  ['qcow2', ['-c'], 'qcow2'],
  ['qcow2', ['-c', '-o', 'compression_type=zstd'], 'qcow2'],
  ['qcow2', ['-o', 'extended_l2=on,cluster_size=128k'], 'qcow2'],
] as const;

describeWithMount('a disk that qemu-img converted', ['sgdisk', 'qemu-img'], () => {
  it.each(conversions)('to %s %o', async (format, options, kind) => {
    using folder = temporaryFolder();
    const disk = folder.write('disk.image', faultyDisk());
    const image = folder.path('converted');
    runOracle('qemu-img', ['convert', '-f', 'raw', '-O', format, ...options, disk, image]);
    const [plain, converted] = [await examine(disk), await examine(image)];
    expect(onlyTarget(converted).image.format).toBe(kind);
    expect(onlyTarget(converted).machine).toEqual(onlyTarget(plain).machine);
    expect(converted.findings).toEqual(plain.findings);
    expect(verdicts(converted)).toEqual(denied);
  });

  it('to a qcow2 over a healthy state of it', async () => {
    using folder = temporaryFolder();
    const healthy = mountedVolume(installationFiles(healthyMachine('2022', { now: labNow })), {
      sizeInBytes,
    });
    const mended = Buffer.from(faultyDisk());
    healthy.copy(mended, 3 * mebibyte);
    const base = folder.write('disk.image', mended);
    const later = folder.write('later', faultyDisk());
    const child = folder.path('child.qcow2');
    const over = ['-B', 'disk.image', '-F', 'raw'];
    runOracle('qemu-img', ['convert', '-f', 'raw', '-O', 'qcow2', ...over, later, child]);
    expect(verdicts(await examine(base))).toEqual([]);
    expect(verdicts(await examine(child))).toEqual(denied);
  });
});

/** The checks that look at files and their permissions, which ntfs-3g has set here. */
const onFiles = plants.filter(({ check }) => /certificate|machine-keys/.test(check));

describeWithMount('a machine that ntfs-3g put on a volume', [], () => {
  it.each(['7', '2019', '2025'] as const)('%s is healthy', async (family) => {
    using folder = temporaryFolder();
    const machine = healthyMachine(family, { now: labNow });
    const volume = mountedVolume(installationFiles(machine), { sizeInBytes });
    const report = await examine(folder.write('volume', volume));
    expect(verdicts(report)).toEqual([]);
    expect(onlyTarget(report).notes).toEqual([]);
  });

  it.each(onFiles)(
    'has $check and nothing else',
    async ({ check, verdict = 'fault', alsoFound = [], plant }) => {
      using folder = temporaryFolder();
      const machine = healthyMachine('2022', { now: labNow });
      plant(machine);
      const volume = mountedVolume(installationFiles(machine), { sizeInBytes });
      const report = await examine(folder.write('volume', volume));
      expect(verdicts(report)).toEqual([`${verdict} ${check}`, ...alsoFound].sort());
    },
  );

  it('is judged by the logs of its hive, in a compressed folder', async () => {
    using folder = temporaryFolder();
    const machine = healthyMachine('2022', { now: labNow });
    const SYSTEM = dirtyHive(machine, denyingMachine(), 'system', 'new', { entries: 2 });
    const recipe = { sizeInBytes, fill: compressFolder };
    const volume = mountedVolume(installationFiles(machine, { hives: { SYSTEM } }), recipe);
    expect(verdicts(await examine(folder.write('volume', volume)))).toEqual(denied);
  });
});
