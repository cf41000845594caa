import {
  closeSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { describeWithOracle, runOracle } from '../../../lab/oracle.ts';
import { makeGptDisk, makeMbrDisk, writeGptDisk } from '../../../lab/partitions/index.ts';
import { bufferDevice, type Device, requireRange } from '../device.ts';
import { readPartitionTable } from './index.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'partitions-'));
afterAll(() => rmSync(folder, { recursive: true }));

const mib = 1 << 20;
const size = 64 * mib;

function imageOf(name: string, disk: Buffer): string {
  const image = path.join(folder, name);
  writeFileSync(image, disk);
  return image;
}

/** An empty sparse image. */
function blank(name: string, length = size): string {
  const image = path.join(folder, name);
  const file = openSync(image, 'w');
  ftruncateSync(file, length);
  closeSync(file);
  return image;
}

function fileDevice(image: string, length = size): Device {
  const file = openSync(image, 'r');
  const device: Device = {
    size: length,
    read(offset, count) {
      requireRange(device, offset, count);
      const bytes = Buffer.alloc(count);
      readSync(file, bytes, 0, count, offset);
      return bytes;
    },
  };
  return device;
}

interface SfdiskTable {
  partitiontable: {
    label: string;
    partitions: {
      node: string;
      start: number;
      size: number;
      type: string;
      name?: string;
      bootable?: boolean;
    }[];
  };
}

/** What sfdisk says of an image, in our terms; extended partitions left out. */
function bySfdisk(image: string): unknown[] {
  const { partitiontable } = JSON.parse(runOracle('sfdisk', ['--json', image]).toString()) as SfdiskTable;
  const mbr = partitiontable.label === 'dos';
  return partitiontable.partitions
    .filter(({ type }) => !mbr || !['5', 'f', '85'].includes(type))
    .map((partition) => ({
      number: Number(partition.node.slice(image.length)),
      start: partition.start * 512,
      size: partition.size * 512,
      type: mbr ? `0x${partition.type.padStart(2, '0').toUpperCase()}` : partition.type,
      name: partition.name ?? '',
      active: partition.bootable ?? false,
    }));
}

const gptWishes = [
  { type: 'efi', size: 8 * mib, name: 'EFI system partition' },
  { type: 'msr', size: mib, name: 'Microsoft reserved partition' },
  { start: 20 * mib, size: 30 * mib, name: 'Windows è 日本' },
  { type: 'recovery' },
] as const;
const mbrWishes = [
  { size: 4 * mib, active: true },
  { size: 8 * mib, type: 0x27 },
  { size: 4 * mib, logical: true },
  { size: 5 * mib, logical: true, type: 0x83 },
  { logical: true },
];

describeWithOracle('lab disks under sgdisk, sfdisk and mmls', ['sgdisk', 'sfdisk', 'mmls'], () => {
  it('makes GPT disks without a fault that read alike', () => {
    const disk = makeGptDisk(gptWishes, { size });
    const image = imageOf('gpt.img', disk);
    expect(runOracle('sgdisk', ['-v', image]).toString()).toContain('No problems found');
    expect(runOracle('sfdisk', ['--verify', image]).toString()).toContain('No errors detected');
    const table = readPartitionTable(bufferDevice(disk));
    expect(table.partitions).toHaveLength(4);
    expect(table.partitions).toEqual(bySfdisk(image));
  });

  it('makes MBR disks with logical partitions that read alike', () => {
    const disk = makeMbrDisk(mbrWishes, { size });
    const image = imageOf('mbr.img', disk);
    expect(runOracle('sfdisk', ['--verify', image]).toString()).toContain('No errors detected');
    const table = readPartitionTable(bufferDevice(disk));
    expect(table.partitions.map(({ number }) => number)).toEqual([1, 2, 5, 6, 7]);
    expect(table.partitions).toEqual(bySfdisk(image));
  });

  it('makes GPT disks with sectors of 4096 bytes that mmls reads alike', () => {
    const disk = makeGptDisk(gptWishes, { size, sectorSize: 4096 });
    const listing = runOracle('mmls', ['-b', '4096', imageOf('gpt4k.img', disk)]).toString();
    const rows = [...listing.matchAll(/^\d{3}:\s+(\d{3})\s+(\d+)\s+\d+\s+(\d+) *(.*)$/gm)];
    const seen = rows.map(([, slot, start, length, name = '']) => ({
      number: Number(slot) + 1,
      start: Number(start) * 4096,
      size: Number(length) * 4096,
      name: name.trim(),
    }));
    const table = readPartitionTable(bufferDevice(disk));
    expect(seen).toHaveLength(4);
    expect(table.partitions).toMatchObject(seen);
  });

  it('makes a sparse GPT disk of 10 GiB', () => {
    const length = 10 * 1024 * mib;
    const image = blank('large.img', length);
    const file = openSync(image, 'r+');
    const placed = writeGptDisk(
      { write: (offset, bytes) => writeSync(file, bytes, 0, bytes.length, offset) },
      [{ type: 'efi', size: 100 * mib }, { name: 'Windows' }],
      { size: length },
    );
    closeSync(file);
    expect(runOracle('sgdisk', ['-v', image]).toString()).toContain('No problems found');
    expect(readPartitionTable(fileDevice(image, length)).partitions).toMatchObject(placed);
  });
});

describeWithOracle('disks partitioned by sgdisk and sfdisk', ['sgdisk', 'sfdisk', 'mkntfs'], () => {
  it('reads what sgdisk made, also after its primary table is gone', () => {
    const image = blank('sgdisk.img');
    const made = [
      '-n1:0:+8M',
      '-t1:ef00',
      '-c1:EFI',
      '-n2:0:+1M',
      '-t2:0c01',
      '-n5:0:0',
      '-t5:0700',
      '-c5:Basic data',
      '-A5:set:2',
    ];
    runOracle('sgdisk', [...made, image]);
    const expected = bySfdisk(image).map((partition) => ({
      ...(partition as object),
      active: expect.any(Boolean),
    }));
    const table = readPartitionTable(fileDevice(image));
    expect(table).toMatchObject({ scheme: 'gpt', fromBackup: false, warnings: [] });
    expect(table.partitions).toEqual(expected);
    expect(table.partitions.map(({ number, active }) => [number, active])).toEqual([
      [1, false],
      [2, false],
      [5, true],
    ]);
    const file = openSync(image, 'r+');
    writeSync(file, Buffer.alloc(512), 0, 512, 512);
    closeSync(file);
    const again = readPartitionTable(fileDevice(image));
    expect(again).toMatchObject({ fromBackup: true, partitions: table.partitions });
  });

  it('reads what sfdisk made, with logical partitions', () => {
    const image = blank('sfdisk.img');
    const script =
      'label: dos\nsize=8M, type=7, bootable\nsize=8M, type=27\nsize=40M, type=5\nsize=4M, type=7\nsize=4M, type=b\nsize=4M, type=83\n';
    runOracle('sfdisk', [image], { input: script });
    const table = readPartitionTable(fileDevice(image));
    expect(table.partitions.map(({ number }) => number)).toEqual([1, 2, 4, 5, 6]);
    expect(table.partitions).toEqual(bySfdisk(image));
    expect(table.warnings).toEqual([]);
  });

  it('takes a volume of mkntfs for a disk without a table', () => {
    const image = blank('ntfs.img');
    runOracle('mkntfs', ['-F', '-Q', '-q', image]);
    const table = readPartitionTable(fileDevice(image));
    expect(table).toMatchObject({ scheme: 'none', partitions: [{ number: 0, start: 0, size }] });
  });
});
