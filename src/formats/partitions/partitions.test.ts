import { describe, expect, it } from 'vitest';
import { corpusFile, describeWithCorpus } from '../../../lab/corpus.ts';
import { fuzz } from '../../../lab/fuzz/fuzz.ts';
import { target } from '../../../lab/fuzz/targets/partitions.ts';
import {
  type GptPartition,
  gptTypes,
  type MbrPartition,
  makeGptDisk,
  makeMbrDisk,
} from '../../../lab/partitions/index.ts';
import { BytesPending, bufferDevice, type Device } from '../device.ts';
import { FormatError } from '../errors.ts';
import { type PartitionTable, readPartitionTable, type SectorSize } from './index.ts';

const mib = 1 << 20;
const size = 16 * mib;
const usual: GptPartition[] = [
  { type: 'efi', size: 2 * mib, name: 'EFI system partition' },
  { type: 'msr', size: mib, name: 'Microsoft reserved partition' },
  { size: 8 * mib, name: 'Basic data partition' },
];

function read(disk: Buffer, hint?: SectorSize): PartitionTable {
  return readPartitionTable(bufferDevice(disk), hint);
}

function refusal(disk: Buffer): FormatError {
  try {
    read(disk);
  } catch (error) {
    if (error instanceof FormatError) return error;
    throw error;
  }
  throw new Error('the disk was read');
}

const starts = (table: PartitionTable) => table.partitions.map(({ start }) => start / mib);

/** A disk with bytes in another place changed. */
function changed(disk: Buffer, change: (copy: Buffer) => void): Buffer {
  const copy = Buffer.from(disk);
  change(copy);
  return copy;
}

describe.each([512, 4096] as const)('a GPT disk with sectors of %i bytes', (sectorSize) => {
  const disk = makeGptDisk(usual, { size, sectorSize });
  const expected = [
    { number: 1, start: mib, size: 2 * mib, type: gptTypes.efi, name: 'EFI system partition', active: false },
    {
      number: 2,
      start: 3 * mib,
      size: mib,
      type: gptTypes.msr,
      name: 'Microsoft reserved partition',
      active: false,
    },
    {
      number: 3,
      start: 4 * mib,
      size: 8 * mib,
      type: gptTypes.windows,
      name: 'Basic data partition',
      active: false,
    },
  ];
  const sound = { scheme: 'gpt', fromBackup: false, sectorSize, partitions: expected, warnings: [] };

  it.each([undefined, 512, 4096] as const)('is read whatever the hint says: %s', (hint) => {
    expect(read(disk, hint)).toEqual(sound);
  });

  it('costs one read', () => {
    let reads = 0;
    const device = bufferDevice(disk);
    readPartitionTable({
      size: device.size,
      read(offset, length) {
        reads++;
        return device.read(offset, length);
      },
    });
    expect(reads).toBe(1);
  });

  it.each([
    ['header', sectorSize + 0x28, 'has a bad checksum'],
    ['entries', 2 * sectorSize + 0x20, 'have a bad checksum'],
    ['signature', sectorSize, 'has no signature'],
  ])("falls back to the backup when the primary's %s is damaged", (_, at, why) => {
    const table = read(changed(disk, (copy) => copy.writeUInt8((copy.readUInt8(at) ^ 0xff) & 0xff, at)));
    expect(table).toEqual({ ...sound, fromBackup: true, warnings: [expect.stringContaining(why)] });
  });

  it('finds the backup of a grown disk by the primary header', () => {
    const grown = Buffer.concat([disk, Buffer.alloc(mib)]);
    grown.writeUInt8(0xff, 2 * sectorSize + 0x20);
    grown.writeUInt32LE(0, 446 + 12);
    expect(read(grown)).toMatchObject({ fromBackup: true, partitions: expected });
  });

  it('finds the backup of a grown disk by the protective MBR', () => {
    const grown = Buffer.concat([disk, Buffer.alloc(mib)]);
    grown.fill(0, sectorSize, 2 * sectorSize);
    expect(read(grown)).toMatchObject({ fromBackup: true, partitions: expected });
  });

  it('is damaged without a sound copy', () => {
    const error = refusal(
      changed(disk, (copy) => {
        copy.fill(0, sectorSize, 2 * sectorSize);
        copy.fill(0, size - sectorSize);
      }),
    );
    expect(error.kind).toBe('damaged');
    expect(error.message).toMatch(
      /^the disk is marked as GPT, but .* has no signature, and no backup table is sound$/,
    );
  });

  it('does not take a header for its own that belongs elsewhere', () => {
    const table = read(changed(disk, (copy) => copy.copy(copy, sectorSize, size - sectorSize)));
    expect(table).toMatchObject({
      fromBackup: true,
      warnings: [expect.stringContaining('belongs to another sector')],
    });
  });

  it('keeps what there is of a copy that was cut short', () => {
    const table = read(disk.subarray(0, 8 * mib));
    expect(table.partitions).toEqual([expected[0], expected[1], { ...expected[2], size: 4 * mib }]);
    expect(table.warnings).toEqual([expect.stringContaining('partition 3 ends at')]);
    expect(read(disk.subarray(0, 2 * mib)).partitions).toEqual([{ ...expected[0], size: mib }]);
  });

  it('is read without its protective MBR, with a warning', () => {
    const table = read(changed(disk, (copy) => copy.fill(0, 0, 512)));
    expect(table).toEqual({ ...sound, warnings: [expect.stringContaining('no protective MBR')] });
  });
});

describe('a GPT disk', () => {
  it('tells of a hybrid MBR and reads the GPT', () => {
    const disk = makeGptDisk(usual, { size });
    disk.writeUInt8(0x07, 446 + 16 + 4);
    disk.writeUInt32LE(8192, 446 + 16 + 8);
    disk.writeUInt32LE(2048, 446 + 16 + 12);
    expect(read(disk)).toMatchObject({ scheme: 'gpt', warnings: [expect.stringContaining('hybrid')] });
  });

  it('tells of dynamic disks and of the boot attribute', () => {
    const disk = makeGptDisk(
      [
        { type: 'ldm-metadata', size: mib },
        { type: 'ldm-data', size: mib, legacyBootable: true },
      ],
      { size },
    );
    const table = read(disk);
    expect(table.partitions.map(({ active }) => active)).toEqual([false, true]);
    expect(table.warnings).toEqual([
      'partition 1 is the database of a dynamic disk',
      expect.stringContaining('partition 2 is part of a dynamic disk'),
    ]);
  });
});

describe('an MBR disk', () => {
  const wishes: MbrPartition[] = [
    { size: mib, active: true },
    { size: mib, type: 0x27 },
    { size: mib, logical: true },
    { size: mib, logical: true, type: 0x0b },
    { size: mib, logical: true },
  ];
  const disk = makeMbrDisk(wishes, { size });

  it('has its logical partitions numbered from 5', () => {
    const table = read(disk);
    const brief = table.partitions.map(({ number, start, type, active }) => [
      number,
      start / mib,
      type,
      active,
    ]);
    expect(brief).toEqual([
      [1, 1, '0x07', true],
      [2, 2, '0x27', false],
      [5, 4, '0x07', false],
      [6, 6, '0x0B', false],
      [7, 8, '0x07', false],
    ]);
    expect(table).toMatchObject({ scheme: 'mbr', sectorSize: 512, fromBackup: false, warnings: [] });
  });

  const secondRecord = 5 * mib;
  it.each([
    [
      'comes back to itself',
      (copy: Buffer) => copy.writeUInt32LE(0, secondRecord + 446 + 16 + 8),
      [1, 2, 4, 6],
    ],
    ['loses a record', (copy: Buffer) => copy.writeUInt16BE(0, secondRecord + 510), [1, 2, 4]],
    [
      "leaves the disk's end",
      (copy: Buffer) => copy.writeUInt32LE(0xfff_ffff, secondRecord + 446 + 16 + 8),
      [1, 2, 4, 6],
    ],
  ])('ends the chain with a warning where it %s', (_, change, expected) => {
    const table = read(changed(disk, change));
    expect(starts(table)).toEqual(expected);
    expect(table.warnings).toEqual([
      expect.stringMatching(/^the chain of logical partitions breaks at \d+: /),
    ]);
  });

  it('ends a chain of hundreds of records', () => {
    const long = Buffer.alloc(size);
    long.writeUInt16BE(0x55aa, 510);
    long.set([0x0f, 0, 0, 0, 1, 0, 0, 0, 0xff, 0xff], 446 + 4);
    for (let sector = 1; sector < 1000; sector++) {
      const link = Buffer.alloc(512);
      link.writeUInt8(0x05, 446 + 16 + 4);
      link.writeUInt32LE(sector, 446 + 16 + 8);
      link.writeUInt32LE(1, 446 + 16 + 12);
      link.writeUInt16BE(0x55aa, 510);
      long.set(link, sector * 512);
    }
    expect(read(long).warnings).toEqual([expect.stringContaining('more than 256 links')]);
  });

  it('leaves out what begins beyond the end and cuts what ends there', () => {
    const table = read(disk.subarray(0, 2.5 * mib));
    expect(table.partitions.map(({ number, size }) => [number, size / mib])).toEqual([
      [1, 1],
      [2, 0.5],
    ]);
    expect(table.warnings).toHaveLength(2);
    expect(read(disk.subarray(0, 1.5 * mib)).partitions).toHaveLength(1);
    expect(read(disk.subarray(0, 1.5 * mib)).warnings).toContainEqual(expect.stringContaining('is left out'));
  });

  it('tells of partitions that overlap', () => {
    const table = read(changed(disk, (copy) => copy.writeUInt32LE(3000, 446 + 16 + 8)));
    expect(table.warnings).toEqual(['partition 2 overlaps partition 1']);
  });

  it('tells of a dynamic disk', () => {
    const table = read(makeMbrDisk([{ type: 0x42 }], { size }));
    expect(table.warnings).toEqual([expect.stringContaining('dynamic disk')]);
  });

  it('may be empty', () => {
    expect(read(makeMbrDisk([], { size }))).toMatchObject({ scheme: 'mbr', partitions: [], warnings: [] });
  });

  it('hides a GPT that it does not announce', () => {
    const stale = changed(disk, (copy) => makeGptDisk(usual, { size }).copy(copy, 512, 512, 20_000));
    expect(read(stale)).toMatchObject({ scheme: 'mbr', warnings: [expect.stringContaining('a GPT header')] });
  });

  it('is measured by 4096 where the hint or its volumes say so', () => {
    const large = makeMbrDisk([{ content: bootSector('NTFS    ') }], { size, sectorSize: 4096 });
    expect(read(large)).toMatchObject({ sectorSize: 4096, partitions: [{ start: mib }] });
    const empty = makeMbrDisk([{ size: mib }], { size, sectorSize: 4096 });
    expect(read(empty, 4096)).toMatchObject({ sectorSize: 4096, partitions: [{ start: mib, size: mib }] });
    expect(read(empty)).toMatchObject({ sectorSize: 512, partitions: [{ start: mib / 8 }] });
  });
});

function bootSector(oem: string): Buffer {
  const sector = Buffer.alloc(512);
  sector.set([0xeb, 0x52, 0x90]);
  sector.write(oem, 3, 'latin1');
  sector.writeUInt16LE(512, 0x0b);
  sector.writeUInt8(8, 0x0d);
  sector.writeUInt8(0xf8, 0x15);
  // Code and messages where an MBR has its entries.
  sector.write('\r\nA disk read error occurred\0\r\nBOOTMGR is compressed\0', 446, 'latin1');
  sector.writeUInt16BE(0x55aa, 510);
  return sector;
}

function fatSector(): Buffer {
  const sector = bootSector('MSDOS5.0');
  sector.writeUInt16LE(32, 0x0e);
  sector.writeUInt8(2, 0x10);
  return sector;
}

describe('a disk without a table', () => {
  const tail = Buffer.alloc(mib);
  const whole = { number: 0, start: 0, size: mib + 512, type: '', name: '', active: false };

  it.each([
    ['NTFS', bootSector('NTFS    ')],
    ['BitLocker', bootSector('-FVE-FS-')],
    ['exFAT', bootSector('EXFAT   ')],
    ['ReFS', bootSector('ReFS\0\0\0\0')],
    ['FAT', fatSector()],
  ])('is one volume: %s', (_, sector) => {
    const table = read(Buffer.concat([sector, tail]));
    expect(table).toEqual({
      scheme: 'none',
      fromBackup: false,
      sectorSize: 512,
      partitions: [whole],
      warnings: [],
    });
  });

  it("takes the volume's sector size", () => {
    const sector = bootSector('NTFS    ');
    sector.writeUInt16LE(4096, 0x0b);
    expect(read(Buffer.concat([sector, tail]))).toMatchObject({ scheme: 'none', sectorSize: 4096 });
  });

  it('is an MBR disk where a boot loader keeps a FAT block before real entries', () => {
    const sector = fatSector();
    sector.fill(0, 446, 510);
    sector.set([0x80, 0, 0, 0, 0x0c, 0, 0, 0, 8, 0, 0, 0, 64, 0, 0, 0], 446);
    expect(read(Buffer.concat([sector, tail]))).toMatchObject({
      scheme: 'mbr',
      partitions: [{ start: 4096 }],
    });
  });

  it.each([
    ['blank', Buffer.alloc(mib), 'the first sector is blank'],
    ['noise', Buffer.alloc(mib, 0x5a), 'neither a partition table nor a volume'],
    ['an MBR with impossible status bytes', noSense(), 'neither a partition table nor a volume'],
    ['tiny', Buffer.alloc(511), 'too few'],
    ['empty', Buffer.alloc(0), 'too few'],
  ])('is not recognised: %s', (_, disk, message) => {
    const error = refusal(disk);
    expect(error.kind).toBe('not-recognised');
    expect(error.message).toContain(message);
  });
});

function noSense(): Buffer {
  const disk = Buffer.alloc(mib);
  disk.writeUInt8(0x41, 446);
  disk.writeUInt16BE(0x55aa, 510);
  return disk;
}

describeWithCorpus('a real volume', () => {
  it('is a disk without a table', () => {
    const volume = corpusFile('images/ntfs-ads.dd');
    expect(read(volume)).toMatchObject({ scheme: 'none', partitions: [{ number: 0, size: volume.length }] });
  });
});

it('lets pending bytes pass, and answers once they are there', () => {
  const disk = makeGptDisk(usual, { size });
  disk.fill(0, 512, 1024);
  const device = bufferDevice(disk);
  const arrived = new Set<number>();
  const remote: Device = {
    size,
    read(offset, length) {
      if (arrived.has(offset)) return device.read(offset, length);
      arrived.add(offset);
      throw new BytesPending();
    },
  };
  let rounds = 0;
  for (;;) {
    rounds++;
    try {
      expect(readPartitionTable(remote)).toMatchObject({ fromBackup: true });
      break;
    } catch (error) {
      expect(error).toBeInstanceOf(BytesPending);
    }
  }
  expect(rounds).toBeLessThan(6);
});

it('survives mutated disks', () => {
  expect(() => fuzz(target, 500, 1)).not.toThrow();
});
