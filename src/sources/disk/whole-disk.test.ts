import { describe, expect, it, vi } from 'vitest';
import { makeDirty, makeHive } from '../../../lab/hive/index.ts';
import { makeImage } from '../../../lab/images/index.ts';
import { temporaryFolder } from '../../../lab/images/temporary.ts';
import {
  deleteKey,
  healthyMachine,
  type MachineLiteral,
  setValue,
  windowsFamilies,
} from '../../../lab/machine/index.ts';
import { buildNtfs, type NtfsLiteral } from '../../../lab/ntfs/index.ts';
import { makeGptDisk, makeMbrDisk } from '../../../lab/partitions/index.ts';
import { writeBigDisk } from '../../../lab/whole-disk/big-disk.ts';
import { containers } from '../../../lab/whole-disk/containers.ts';
import {
  denyingByPolicy,
  denyingMachine,
  dirtyHive,
  grownDenyingMachine,
  whollyDirtyHive,
  withSecondControlSet,
} from '../../../lab/whole-disk/dirty-hives.ts';
import { examine, onlyTarget, verdicts } from '../../../lab/whole-disk/examine.ts';
import {
  type InstallationOptions,
  installationFiles,
  installationVolume,
  smallDisk,
} from '../../../lab/whole-disk/installation.ts';
import { plants } from '../../../lab/whole-disk/plants.ts';
import { labNow } from '../../../lab/world/check-tester.ts';
import { gptDisk, machineDisk, machineVolume } from '../../../lab/world/disk.ts';
import { diagnose } from '../../checks/diagnose.ts';
import { checkedFrom, checks } from '../../checks/index.ts';
import { diagnoseCommand } from '../../cli/diagnose.ts';
import { TargetProblem } from '../../model/target-problem.ts';
import type { Report } from '../../report/schema.ts';
import { say, text } from '../../text/index.ts';
import { type DiskOptions, openDisk } from './index.ts';

const mebibyte = 2 ** 20;
const denied = ['fault remote-connections-denied'];

function lab(): MachineLiteral {
  return healthyMachine('2022', { now: labNow });
}

/** Examines bytes as an image file of their own. */
async function examined(image: Buffer, options: DiskOptions = {}): Promise<Report> {
  using folder = temporaryFolder();
  return await examine(folder.write('disk.image', image), options);
}

/** Examines one installation, on a volume of its own. */
async function examinedInstallation(
  machine: MachineLiteral,
  options: InstallationOptions = {},
  ntfs: Omit<NtfsLiteral, 'files'> = {},
): Promise<Report> {
  return await examined(installationVolume(machine, options, ntfs));
}

/** Why a target cannot be examined. Fails where it can. */
async function problemOf(examination: Promise<Report>): Promise<string> {
  const error = await examination.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(TargetProblem);
  return (error as TargetProblem).message;
}

describe('a disk in a container', () => {
  const healthy = smallDisk(lab());
  const faulty = smallDisk(denyingMachine());

  it.each(containers)('$name', async ({ kind, note, eitherOnTop, write }) => {
    const found = [faulty, healthy, denied] as const;
    const mended = [healthy, faulty, []] as const;
    for (const [disk, earlier, expected] of eitherOnTop ? [found, mended] : [found]) {
      using folder = temporaryFolder();
      const report = await examine(write(folder, disk, earlier));
      expect(verdicts(report)).toEqual(expected);
      expect(onlyTarget(report)).toMatchObject({
        image: { format: kind, size: disk.length },
        machine: { windows: 'Windows Server 2022 Datacenter', computerName: 'LAB-2022', partition: 1 },
        notes: note ? [note] : [],
      });
    }
  });

  it('follows a parent elsewhere only if told to', async () => {
    using here = temporaryFolder();
    using elsewhere = temporaryFolder();
    const backing = { path: elsewhere.write('base.image', healthy), format: 'raw', disk: healthy };
    const image = here.write('disk.image', makeImage('qcow2', faulty, { backing }).file);
    expect(await problemOf(examine(image))).toContain('--follow-parent');
    expect(verdicts(await examine(image, { followParent: true }))).toEqual(denied);
  });

  it('says that a parent is missing, and which', async () => {
    using folder = temporaryFolder();
    const backing = { path: 'base.image', format: 'raw', disk: healthy };
    const image = folder.write('disk.image', makeImage('qcow2', faulty, { backing }).file);
    expect(await problemOf(examine(image))).toContain('base.image');
  });
});

describe('a disk with a partition table', () => {
  const windows = machineVolume(denyingMachine());
  const filler = { type: 0x07, size: mebibyte };

  it.each([
    ['GPT', gptDisk([windows]), 3],
    ['MBR, primary', makeMbrDisk([filler, { content: windows, active: true }], { size: 8 * mebibyte }), 2],
    ['MBR, logical', makeMbrDisk([filler, { content: windows, logical: true }], { size: 8 * mebibyte }), 5],
    [
      'MBR, the second logical one',
      makeMbrDisk(
        [
          { ...filler, logical: true },
          { content: windows, logical: true },
        ],
        { size: 8 * mebibyte },
      ),
      6,
    ],
    ['no table', windows, 0],
  ])('%s', async (_, disk, partition) => {
    const report = await examined(disk);
    expect(verdicts(report)).toEqual(denied);
    expect(onlyTarget(report)).toMatchObject({ machine: { partition }, notes: [] });
    const asked = await examined(disk, { volume: partition });
    expect(onlyTarget(asked).machine).toEqual(onlyTarget(report).machine);
  });

  it('GPT whose first copy is gone', async () => {
    const disk = gptDisk([windows]).fill(0, 512, 34 * 512);
    const report = await examined(disk);
    expect(verdicts(report)).toEqual(denied);
    expect(onlyTarget(report).notes).toEqual([
      'Partition table: the backup partition table was used: the GPT header at 512 has no signature.',
    ]);
  });

  const bigSectors = machineVolume(denyingMachine(), { sectorSize: 4096 });
  const options = { size: Math.ceil(bigSectors.length / mebibyte + 4) * mebibyte, sectorSize: 4096 } as const;
  const small = { size: mebibyte };

  const bigGpt = makeGptDisk([small, { content: bigSectors }], options);
  const bigMbr = makeMbrDisk([small, { content: bigSectors }], options);
  const inVhdx = (disk: Buffer) => makeImage('vhdx-dynamic', disk, { sectorSize: 4096 }).file;

  async function expectSecondPartition(disk: Buffer): Promise<void> {
    const report = await examined(disk);
    expect(verdicts(report)).toEqual(denied);
    expect(onlyTarget(report)).toMatchObject({ machine: { partition: 2 }, notes: [] });
  }

  it.each([
    ['GPT, raw', bigGpt],
    ['GPT, VHDX', inVhdx(bigGpt)],
    ['MBR, VHDX', inVhdx(bigMbr)],
  ])('sectors of 4096 bytes: %s', async (_, image) => {
    await expectSecondPartition(image);
  });

  // A raw image tells no sector size: where the volumes begin does.
  it('sectors of 4096 bytes: MBR, raw', async () => {
    await expectSecondPartition(bigMbr);
  });
});

interface VolumeCase {
  readonly name: string;
  readonly ntfs?: Omit<NtfsLiteral, 'files'>;
  readonly options?: InstallationOptions;
}

it('a disk of 127 GiB is read with 8 MiB at most', async () => {
  using folder = temporaryFolder();
  const image = folder.path('disk.image');
  writeBigDisk(image, denyingMachine());
  const disk = await openDisk(image);
  try {
    const [machine] = disk.machines;
    if (!machine) throw new Error('no machine was found');
    const { findings } = await diagnose(machine, checks, labNow);
    expect(findings.filter(({ verdict }) => verdict !== 'healthy')).toMatchObject([
      { check: 'remote-connections-denied', verdict: 'fault' },
    ]);
    expect(disk.statistics.bytesRead).toBeLessThan(8 * mebibyte);
  } finally {
    disk.close();
  }
});

describe('a volume', () => {
  const volumes: readonly VolumeCase[] = [
    { name: 'clusters of 512 bytes', ntfs: { clusterSize: 512 } },
    { name: 'clusters of 64 KiB', ntfs: { clusterSize: 65_536 } },
    { name: 'records of 4096 bytes', ntfs: { recordSize: 4096 } },
    { name: 'sectors of 4096 bytes', ntfs: { sectorSize: 4096 } },
    { name: 'an MFT in 9 pieces', ntfs: { mftFragments: 9, mftRecords: 900 } },
    { name: 'an MFT in 300 pieces', ntfs: { mftFragments: 300, mftRecords: 2000, clusterSize: 1024 } },
    { name: 'hives in 60 pieces', options: { layout: { fragments: 60 } } },
    { name: 'hives in 200 pieces', ntfs: { clusterSize: 512 }, options: { layout: { fragments: 200 } } },
    { name: 'compressed hives', options: { layout: 'compressed' } },
    {
      name: 'compressed hives, clusters of 512 bytes',
      ntfs: { clusterSize: 512 },
      options: { layout: 'compressed' },
    },
    { name: 'sparse hives', options: { layout: 'sparse' } },
    {
      name: 'names in another case',
      options: { configFolder: 'windows\\SYSTEM32\\Config', hiveNamed: (name) => name.toLowerCase() },
    },
  ];

  it.each(volumes)('$name', async ({ ntfs, options }) => {
    const report = await examinedInstallation(denyingMachine(), options, ntfs);
    expect(verdicts(report)).toEqual(denied);
    const machine = { windows: 'Windows Server 2022 Datacenter', computerName: 'LAB-2022' };
    expect(onlyTarget(report)).toMatchObject({ machine, notes: [] });
  });

  it('with its hives enciphered says so of each', async () => {
    const report = await examinedInstallation(lab(), { layout: 'encrypted' });
    const reasons = report.findings.flatMap((finding) => ('unseen' in finding ? finding.unseen : []));
    expect(new Set(reasons.map(({ why }) => why)).size).toBeGreaterThan(1);
    for (const { why } of reasons)
      expect(why).toMatch(/^cannot read the (SYSTEM|SOFTWARE) hive: .*encrypted/);
  });

  const hiberfil = (signature: string) => ({
    path: 'hiberfil.sys',
    data: Buffer.alloc(4096, 0).fill(signature, 0, 4),
  });
  const fastStartup = hiberfil('HIBR');
  fastStartup.data.writeUInt32LE(0x448, 0x0c);
  fastStartup.data.writeUInt8(1, 0x3cc);

  it.each([
    ['note.volume-dirty', { dirty: true }, {}],
    ['note.journal-unclean', { journal: 'unclean' }, {}],
    ['note.journal-unclean', { journal: 'clean', journalVersion: '2.0' }, {}],
    ['note.hibernated', {}, { others: [hiberfil('HIBR')] }],
    ['note.fast-startup', {}, { others: [fastStartup] }],
    [undefined, {}, { others: [hiberfil('WAKE')] }],
    [undefined, { journal: 'empty' }, {}],
  ] as const)('has the note %s (%o)', async (note, ntfs, options) => {
    const report = await examinedInstallation(lab(), options, ntfs);
    expect(verdicts(report)).toEqual([]);
    expect(onlyTarget(report).notes).toEqual(note ? [say(text(note))] : []);
  });
});

describe('a hive that was not closed cleanly', () => {
  const replayedNote = (hive: string, entries: number) => say(text('note.hive-replayed', { hive, entries }));
  const lostNote = (hive: string) => say(text('note.hive-without-logs', { hive }));

  it.each([
    ['new', {}],
    ['new', { entries: 1 }],
    ['new', { bothLogs: false }],
    ['new', { earlierLog: 2 }],
    ['old', {}],
  ] as const)('goes by its %s logs (%o)', async (style, options) => {
    for (const [before, after, found] of [
      [lab(), denyingMachine(), denied],
      [denyingMachine(), lab(), []],
      [lab(), grownDenyingMachine(), denied],
    ] as const) {
      const SYSTEM = dirtyHive(before, after, 'system', style, options);
      const report = await examinedInstallation(before, { hives: { SYSTEM } });
      expect(verdicts(report)).toEqual(found);
      expect(onlyTarget(report).notes.join()).toMatch(/^The SYSTEM hive was not closed cleanly. .* applied/);
    }
  });

  it('goes by the logs of SOFTWARE as well', async () => {
    const SOFTWARE = dirtyHive(lab(), denyingByPolicy(), 'software', 'new', { entries: 2 });
    const report = await examinedInstallation(lab(), { hives: { SOFTWARE } });
    expect(verdicts(report)).toEqual(denied);
    expect(report.findings).toMatchObject([{ evidence: [{ byPolicy: true }] }]);
    expect(onlyTarget(report).notes).toEqual([replayedNote('SOFTWARE', 2)]);
  });

  it('goes by its logs wherever they lie, compressed and in pieces, and whatever their case', async () => {
    const SYSTEM = dirtyHive(lab(), grownDenyingMachine(), 'system', 'new');
    for (const layout of ['compressed', 'sparse', { fragments: 40 }] as const) {
      const hiveNamed = (name: string) => name.toLowerCase();
      const report = await examinedInstallation(lab(), { hives: { SYSTEM }, layout, hiveNamed });
      expect(verdicts(report)).toEqual(denied);
    }
  });

  it('goes by a log of the name that Windows used before 7', async () => {
    const { primary, log1 } = makeDirty(makeHive(lab().system), makeHive(denyingMachine().system), 'old');
    const SYSTEM = { primary, logs: { '.LOG': log1 } };
    expect(verdicts(await examinedInstallation(lab(), { hives: { SYSTEM } }))).toEqual(denied);
  });

  it.each([
    ['none', () => ({})],
    ['empty ones', () => ({ '.LOG1': Buffer.alloc(0), '.LOG2': Buffer.alloc(0) })],
    ['zeros', () => ({ '.LOG1': Buffer.alloc(65_536), '.LOG2': Buffer.alloc(1024) })],
    ['a torn one', (log: Buffer) => ({ '.LOG1': Buffer.from(log).fill(0, 600, 1024) })],
    ['one cut off in its first entry', (log: Buffer) => ({ '.LOG1': log.subarray(0, 2048) })],
  ])('says that its newest changes may be missing, where its logs are: %s', async (_, logs) => {
    const { primary, logs: whole } = dirtyHive(denyingMachine(), lab(), 'system', 'new', { bothLogs: false });
    const SYSTEM = { primary, logs: logs(whole?.['.LOG1'] ?? Buffer.alloc(0)) };
    const report = await examinedInstallation(lab(), { hives: { SYSTEM } });
    expect(verdicts(report)).toEqual(denied);
    expect(onlyTarget(report).notes).toEqual([lostNote('SYSTEM')]);
  });

  it('goes by itself where it is clean, whatever its logs hold', async () => {
    const { logs } = dirtyHive(lab(), denyingMachine(), 'system', 'new');
    const SYSTEM = { primary: makeHive(lab().system), logs: logs ?? {} };
    const report = await examinedInstallation(lab(), { hives: { SYSTEM } });
    expect(verdicts(report)).toEqual([]);
    expect(onlyTarget(report).notes).toEqual([]);
  });

  it.each(['new', 'old'] as const)(
    'is restored by its %s logs where its base block has a wrong checksum',
    async (style) => {
      const { primary, log } = whollyDirtyHive(lab(), denyingMachine(), style);
      primary.writeUInt32LE(0x5eed, 508);
      const report = await examinedInstallation(lab(), {
        hives: { SYSTEM: { primary, logs: { '.LOG1': log } } },
      });
      expect(verdicts(report)).toEqual(denied);
    },
  );

  // What a power cut during a flush leaves: alone the hive cannot even be opened.
  it.each([
    ['new', 'its base block', 0, 512],
    ['old', 'its base block', 0, 512],
    ['new', 'the page of its root key', 4096, 8192],
    ['old', 'the page of its root key', 4096, 8192],
  ] as const)('is restored by its %s logs where %s is torn', async (style, _, from, to) => {
    const { primary, log } = whollyDirtyHive(lab(), denyingMachine(), style);
    const SYSTEM = { primary: primary.fill(0, from, to), logs: { '.LOG1': log } };
    expect(verdicts(await examinedInstallation(lab(), { hives: { SYSTEM } }))).toEqual(denied);
  });
});

describe('the control set that Windows starts with', () => {
  it.each([
    [1, true, false, denied],
    [1, false, true, []],
    [2, true, false, []],
    [2, false, true, denied],
  ] as const)('is %d (faulty: 1 %s, 2 %s)', async (current, firstFaulty, secondFaulty, found) => {
    const [first, second] = [firstFaulty, secondFaulty].map((faulty) => (faulty ? denyingMachine() : lab()));
    if (!first || !second) throw new Error('unreachable');
    const report = await examined(smallDisk(withSecondControlSet(first, second, current)));
    expect(verdicts(report)).toEqual(found);
    expect(onlyTarget(report).machine.controlSet).toBe(`ControlSet00${current}`);
    for (const finding of report.findings) {
      expect(finding).toMatchObject({
        evidence: [{ where: expect.stringContaining(`HKLM\\SYSTEM\\ControlSet00${current}\\`) }],
        remedy: { changes: [{ key: 'SYSTEM\\CurrentControlSet\\Control\\Terminal Server' }] },
      });
    }
  });

  it('is not guessed where Select names one that is not there', async () => {
    const machine = lab();
    setValue(machine.system, 'Select', 'Current', 3);
    const report = await examined(smallDisk(machine));
    expect(onlyTarget(report).machine).toMatchObject({ controlSet: null, computerName: null, domain: null });
    expect(report.findings.length).toBeGreaterThan(10);
    for (const finding of report.findings) {
      expect(finding.verdict).toBe('unknown');
      expect(JSON.stringify(finding)).toContain('ControlSet003, which Select');
    }
  });
});

/** A volume whose root folder is gone. */
function unreadableVolume(machine: MachineLiteral): Buffer {
  const { image, recordOffset } = buildNtfs({ files: installationFiles(machine) });
  return image.fill(0, recordOffset(5), recordOffset(6));
}

function lockedVolume(machine: MachineLiteral): Buffer {
  const volume = machineVolume(machine);
  volume.write('-FVE-FS-', 3, 'latin1');
  return volume;
}

describe('several installations on one disk', () => {
  const old = healthyMachine('2012R2', { now: labNow, computerName: 'OLD' });
  const disk = gptDisk([machineVolume(denyingMachine()), machineVolume(old)]);

  it('are all reported', async () => {
    const report = await examined(disk);
    expect(report.targets.map(({ machine }) => [machine.partition, machine.computerName])).toEqual([
      [3, 'LAB-2022'],
      [4, 'OLD'],
    ]);
    expect([verdicts(report, 0), verdicts(report, 1)]).toEqual([denied, []]);
  });

  it('are told apart by the number of the partition', async () => {
    const third = await examined(disk, { volume: 3 });
    expect([onlyTarget(third).machine.computerName, verdicts(third)]).toEqual(['LAB-2022', denied]);
    const fourth = await examined(disk, { volume: 4 });
    expect([onlyTarget(fourth).machine.computerName, verdicts(fourth)]).toEqual(['OLD', []]);
  });

  it('are named where another number is asked for', async () => {
    for (const volume of [0, 9]) {
      const problem = await problemOf(examined(disk, { volume }));
      expect(problem).toContain(`no partition ${volume}`);
      expect(problem).toContain('1, 2, 3, 4');
    }
  });

  it('a partition without Windows is said to be that', async () => {
    expect(await problemOf(examined(disk, { volume: 1 }))).toMatch(
      /^partition 1 has no Windows installation/,
    );
  });

  it('one that cannot be read does not hide the other', async () => {
    const report = await examined(gptDisk([machineVolume(denyingMachine()), unreadableVolume(old)]));
    expect(verdicts(report)).toEqual(denied);
    expect(onlyTarget(report).machine.partition).toBe(3);
  });

  it.each([
    ['cannot be read', unreadableVolume],
    ['is locked by BitLocker', lockedVolume],
  ])('one that %s is told of', async (_, volumeOf) => {
    const report = await examined(gptDisk([machineVolume(lab()), volumeOf(old)]));
    expect(onlyTarget(report).notes.join('\n')).toContain('4');
  });
});

describe('a machine says who it is', () => {
  const products: Readonly<Record<(typeof windowsFamilies)[number], readonly [string, number, string]>> = {
    '7': ['Windows 7 Professional', 7601, 'workstation'],
    '2008R2': ['Windows Server 2008 R2 Standard', 7601, 'server'],
    '8.1': ['Windows 8.1 Pro', 9600, 'workstation'],
    '2012R2': ['Windows Server 2012 R2 Datacenter', 9600, 'server'],
    '10': ['Windows 10 Pro', 19045, 'workstation'],
    '2016': ['Windows Server 2016 Datacenter', 14393, 'server'],
    '2019': ['Windows Server 2019 Datacenter', 17763, 'server'],
    '2022': ['Windows Server 2022 Datacenter', 20348, 'server'],
    '11': ['Windows 11 Pro', 22631, 'workstation'],
    '2025': ['Windows Server 2025 Datacenter', 26100, 'server'],
  };

  it.each(windowsFamilies)('%s', async (family) => {
    const [windows, build, role] = products[family];
    const about = { windows, build, role, controlSet: 'ControlSet001' };
    const plain = await examined(smallDisk(healthyMachine(family, { now: labNow, computerName: 'ALONE' })));
    expect(verdicts(plain)).toEqual([]);
    expect(onlyTarget(plain).machine).toEqual({
      ...about,
      partition: 1,
      computerName: 'ALONE',
      domain: '',
      connectionBroker: false,
    });
    const options = { now: labNow, computerName: 'JOINED', domain: 'corp.example' };
    const joined = healthyMachine(family, options);
    setValue(joined.system, 'ControlSet001\\Services\\Tssdis', 'Start', 2);
    const report = await examined(machineDisk(joined));
    expect(verdicts(report)).toEqual([]);
    expect(onlyTarget(report).machine).toEqual({
      ...about,
      partition: 3,
      computerName: 'JOINED',
      domain: 'corp.example',
      connectionBroker: true,
    });
  });
});

it('a domain controller says that it is one', async () => {
  const machine = healthyMachine('2019', { now: labNow, domain: 'corp.example' });
  setValue(machine.system, 'ControlSet001\\Control\\ProductOptions', 'ProductType', 'LanmanNT');
  const report = await examined(smallDisk(machine));
  expect(verdicts(report)).toEqual([]);
  expect(onlyTarget(report).machine).toMatchObject({ role: 'domain-controller', domain: 'corp.example' });
});

it('a Windows that is too old to be judged is not found faulty', async () => {
  const machine = healthyMachine('7', { now: labNow });
  const control = 'ControlSet001\\Control';
  const version = 'Microsoft\\Windows NT\\CurrentVersion';
  setValue(machine.software, version, 'ProductName', 'Windows Server 2003');
  setValue(machine.software, version, 'CurrentBuildNumber', '3790');
  deleteKey(machine.system, `${control}\\SecurityProviders\\SCHANNEL\\CipherSuites`);
  deleteKey(machine.system, `${control}\\Cryptography\\Configuration\\Local\\SSL\\00010002`);
  const providers = 'msapsspc.dll, schannel.dll, digest.dll, msnsspc.dll';
  setValue(machine.system, `${control}\\SecurityProviders`, 'SecurityProviders', providers);
  expect(await problemOf(examined(smallDisk(machine)))).toMatch(
    /^Windows Server 2003 \(build 3790\) is on it/,
  );
});

describe('one fault on a real disk', () => {
  it('is known for every check', () => {
    expect(plants.map(({ check }) => check).sort()).toEqual(checkedFrom('disk').sort());
  });

  describe.each(['2008R2', '2022'] as const)('%s', (family) => {
    it.each(plants)('$check', async ({ check, verdict = 'fault', alsoFound = [], plant }) => {
      const machine = healthyMachine(family, { now: labNow });
      plant(machine);
      const report = await examined(smallDisk(machine));
      expect(verdicts(report)).toEqual([`${verdict} ${check}`, ...alsoFound].sort());
    });
  });
});

describe('a machine of which something cannot be read', () => {
  /** The program's exit code and standard output; by the clock of today, as it goes by that. */
  async function run(image: Buffer, json: boolean): Promise<{ code: number; output: string }> {
    using folder = temporaryFolder();
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    try {
      const code = await diagnoseCommand([folder.write('disk.image', image)], { json });
      return { code, output: write.mock.calls.map(([chunk]) => String(chunk)).join('') };
    } finally {
      write.mockRestore();
    }
  }

  const damaged = (hive: Buffer) => Buffer.from(hive).fill(0xee, 4096);
  const today = () => healthyMachine('2022');
  const faultyToday = () => {
    const machine = today();
    setValue(machine.system, 'ControlSet001\\Services\\TermService', 'Start', 4);
    return machine;
  };

  it.each([
    ['is not there', () => undefined, /SOFTWARE is not there/],
    ['is no hive', () => Buffer.alloc(8192, 'no hive'), /cannot read the SOFTWARE hive: /],
    ['is damaged', damaged, /cannot read the SOFTWARE hive: /],
    ['is cut off', (hive: Buffer) => hive.subarray(0, 4096), /cannot read the SOFTWARE hive: /],
    ['is all zeros', (hive: Buffer) => Buffer.alloc(hive.length), /cannot read the SOFTWARE hive: /],
  ])('the SOFTWARE hive %s', async (_, spoil, why) => {
    const hives = { SOFTWARE: { primary: spoil(makeHive(today().software)) } };
    const report = await examinedInstallation(faultyToday(), { hives });
    expect(verdicts(report)).toContain('fault rdp-service-disabled');
    expect(onlyTarget(report).machine).toMatchObject({
      windows: null,
      build: null,
      computerName: 'LAB-2022',
    });
    const unseen = report.findings.flatMap((finding) => ('unseen' in finding ? finding.unseen : []));
    const reasons = unseen
      .map(({ why: given }) => given)
      .filter((given) => !given.startsWith('the build of'));
    expect(reasons.length).toBeGreaterThan(5);
    for (const reason of reasons) expect(reason).toMatch(why);
    const { code, output } = await run(installationVolume(faultyToday(), { hives }), true);
    expect(code).toBe(1);
    expect(JSON.parse(output)).toMatchObject({ targets: [{ machine: { windows: null } }] });
  });

  it.each([
    ['is damaged', damaged],
    ['is all zeros', (hive: Buffer) => Buffer.alloc(hive.length)],
    ['has no bytes', () => Buffer.alloc(0)],
  ])('the SYSTEM hive %s', async (_, spoil) => {
    const hives = { SYSTEM: { primary: spoil(makeHive(today().system)) } };
    const report = await examinedInstallation(lab(), { hives });
    expect(onlyTarget(report).machine).toMatchObject({
      windows: 'Windows Server 2022 Datacenter',
      computerName: null,
      controlSet: null,
    });
    expect(report.findings.every(({ verdict }) => verdict === 'unknown')).toBe(true);
    expect(report.findings.length).toBeGreaterThan(20);
    const { code, output } = await run(installationVolume(today(), { hives }), false);
    expect(code).toBe(0);
    expect(output.replace(/\s+/g, ' ')).toMatch(
      /Nothing that could be looked at prevents .* could not be judged/,
    );
    expect(output).not.toContain('Nothing that this disk can show prevents');
  });

  it('one damaged key of SYSTEM leaves all that does not need it', async () => {
    const machine = lab();
    setValue(machine.system, 'ControlSet001\\Services\\gpsvc', 'Start', 4);
    const primary = makeHive(machine.system);
    // What lies before a key's name is the rest of its node: the signature, and where everything else is.
    const name = primary.indexOf('Terminal Server', 0, 'latin1');
    primary.fill(0, name - 76, name);
    const report = await examinedInstallation(machine, { hives: { SYSTEM: { primary } } });
    const found = verdicts(report);
    expect(found).toEqual(
      expect.arrayContaining(['fault group-policy-service-disabled', 'unknown listener-missing']),
    );
    expect(found).not.toContain('unknown schannel-damaged');
    expect(onlyTarget(report).machine.computerName).toBe('LAB-2022');
  });

  it.each(['ProgramData', 'ProgramData\\Microsoft\\Crypto\\RSA\\MachineKeys', '$Secure'])(
    'the key files cannot be judged where the file record of %s is gone',
    async (path) => {
      const { image, files, recordSize } = buildNtfs({
        journal: 'clean',
        files: installationFiles(denyingMachine()),
      });
      const { recordOffset } = files.get(path) ?? { recordOffset: Number.NaN };
      image.fill(0xee, recordOffset, recordOffset + recordSize);
      expect(verdicts(await examined(image))).toEqual([
        ...denied,
        'unknown certificate-key-missing',
        'unknown certificate-key-of-another-machine',
        'unknown certificate-key-unreadable',
        'unknown machine-keys-folder-changed',
      ]);
    },
  );

  it.each(['$LogFile', '$Volume', '$MFT', '$UpCase'])(
    'nothing is missing where the file record of %s is',
    async (path) => {
      const { image, files, recordSize } = buildNtfs({
        journal: 'clean',
        files: installationFiles(denyingMachine()),
      });
      const { recordOffset } = files.get(path) ?? { recordOffset: Number.NaN };
      image.fill(0xee, recordOffset, recordOffset + recordSize);
      expect(verdicts(await examined(image))).toEqual(denied);
    },
  );

  it('a healthy one ends with 0, a faulty one with 1, one without Windows with 3', async () => {
    expect((await run(smallDisk(today()), true)).code).toBe(0);
    expect((await run(smallDisk(faultyToday()), true)).code).toBe(1);
    const silent = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const empty = await run(makeGptDisk([{ type: 'efi', size: mebibyte }], { size: 4 * mebibyte }), true);
    silent.mockRestore();
    expect(empty.code).toBe(3);
    expect(JSON.parse(empty.output)).toMatchObject({ targets: [], error: { message: expect.any(String) } });
  });
});
