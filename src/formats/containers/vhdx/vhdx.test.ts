import { describe, expect, it } from 'vitest';
import { fuzz } from '../../../../lab/fuzz/fuzz.ts';
import { target } from '../../../../lab/fuzz/targets/vhdx.ts';
import { makeImage } from '../../../../lab/images/index.ts';
import { resealedVhdx } from '../../../../lab/images/reseal.ts';
import { sampleDisk } from '../../../../lab/images/sample.ts';
import { bufferDevice } from '../../device.ts';
import { type Image, openImage } from '../index.ts';

const megabyte = 2 ** 20;
const disk = sampleDisk(2 * megabyte, 12).fill(7, 0, 512);
const identity = '0f0e0d0c-0b0a-4908-8706-050403020100';
const dynamic = makeImage('vhdx-dynamic', disk, { identity }).file;
const pending = makeImage('vhdx-dynamic', disk, { identity, log: 'pending' }).file;

/** Where the lab puts what these tests change. */
const at = {
  headers: [0x1_0000, 0x2_0000],
  regions: [0x3_0000, 0x4_0000],
  log: megabyte,
  firstLogEntry: megabyte + 4 * 4096,
  metadata: 2 * megabyte,
  items: 2 * megabyte + 0x1_0000,
  bat: 3 * megabyte,
} as const;

function open(file: Buffer): Image {
  return openImage({ device: bufferDevice(file) });
}

/** A copy with a change in it and right checksums. */
function sealed(file: Buffer, edit: (bytes: Buffer) => void): Buffer {
  return resealedVhdx(torn(file, edit));
}

/** A copy with a change in it and the checksums as they were. */
function torn(file: Buffer, edit: (bytes: Buffer) => void): Buffer {
  const bytes = Buffer.from(file);
  edit(bytes);
  return bytes;
}

function inBoth(places: readonly number[], edit: (structure: Buffer) => void): (bytes: Buffer) => void {
  return (bytes) => {
    for (const place of places) edit(bytes.subarray(place));
  };
}

/** Makes a third entry of a region table: of no known guid, and required. */
function requireUnknownRegion(table: Buffer): void {
  table.writeUInt32LE(3, 8);
  table.fill(0xff, 16 + 2 * 32, 16 + 2 * 32 + 4);
  table.writeUInt8(1, 16 + 2 * 32 + 28);
}

const replayed = 'the log was replayed: the file was not closed cleanly';

describe('a VHDX', () => {
  it('says its identity, its sector size and its kind', () => {
    expect(open(dynamic)).toMatchObject({ kind: 'vhdx-dynamic', identity, sectorSize: 512, warnings: [] });
    const large = makeImage('vhdx-fixed', disk, { sectorSize: 4096 }).file;
    expect(open(large)).toMatchObject({ kind: 'vhdx-fixed', sectorSize: 4096 });
  });

  it.each([
    ['its older header is damaged', [at.headers[0]], ['one of the two VHDX headers is damaged']],
    [
      'its first region table is damaged',
      [at.regions[0]],
      ['the first VHDX region table is damaged, the second was used'],
    ],
    ['its second region table is damaged', [at.regions[1]], []],
  ])('is read though %s', (_, places, warnings) => {
    const image = open(
      torn(
        dynamic,
        inBoth(places, (structure) => structure.writeUInt8(1, 200)),
      ),
    );
    expect(image.warnings).toEqual(warnings);
    expect(image.identity).toBe(identity);
    expect(image.disk.read(0, disk.length).equals(disk)).toBe(true);
  });

  it.each([
    [
      'neither of the two VHDX headers is valid',
      torn(
        dynamic,
        inBoth(at.headers, (h) => h.writeUInt8(1, 200)),
      ),
    ],
    [
      'neither of the two VHDX region tables',
      torn(
        dynamic,
        inBoth(at.regions, (r) => r.writeUInt8(1, 200)),
      ),
    ],
    ['neither of the two VHDX headers is valid', dynamic.subarray(0, 5000)],
    [
      'no block allocation table region',
      sealed(
        dynamic,
        inBoth(at.regions, (r) => r.writeUInt32LE(0, 8)),
      ),
    ],
    ['no metadata table at', torn(dynamic, (bytes) => bytes.writeUInt8(1, at.metadata))],
    ['no file parameters', torn(dynamic, (bytes) => bytes.writeUInt16LE(0, at.metadata + 10))],
    ['a block size of 0 bytes', torn(dynamic, (bytes) => bytes.writeUInt32LE(0, at.items))],
    ['a block size of 536870912', torn(dynamic, (bytes) => bytes.writeUInt32LE(2 ** 29, at.items))],
    ['a virtual disk of', torn(dynamic, (bytes) => bytes.writeUInt32LE(0x1_0000, at.items + 12))],
    ['the size of the disk is', torn(dynamic, (bytes) => bytes.writeUInt32LE(0xffff_ffff, at.items + 12))],
    ['a logical sector size of 0', torn(dynamic, (bytes) => bytes.writeUInt32LE(0, at.items + 32))],
    [
      'a log length of 7 bytes',
      sealed(
        pending,
        inBoth(at.headers, (h) => h.writeUInt32LE(7, 68)),
      ),
    ],
    [
      'the log at',
      sealed(
        pending,
        inBoth(at.headers, (h) => h.writeUInt32LE(0x7fff_0000, 72)),
      ),
    ],
  ])('is damaged: %s', (message, file) => {
    expect(() => open(file)).toThrow(
      expect.objectContaining({ kind: 'damaged', message: expect.stringContaining(message) }),
    );
  });

  it.each([
    [
      'a VHDX of version 2',
      sealed(
        dynamic,
        inBoth(at.headers, (h) => h.writeUInt16LE(2, 66)),
      ),
    ],
    [
      'a VHDX log of version 1',
      sealed(
        pending,
        inBoth(at.headers, (h) => h.writeUInt16LE(1, 64)),
      ),
    ],
    [
      'a log of 1048576000 bytes',
      sealed(
        pending,
        inBoth(at.headers, (h) => h.writeUInt32LE(1000 * megabyte, 68)),
      ),
    ],
    ['requires the unknown region ffffffff-', sealed(dynamic, inBoth(at.regions, requireUnknownRegion))],
    [
      'requires the unknown metadata item ffffffff-',
      torn(dynamic, (bytes) => {
        bytes.fill(0xff, at.metadata + 32 + 4 * 32, at.metadata + 32 + 4 * 32 + 4);
      }),
    ],
  ])('is not supported: %s', (message, file) => {
    expect(() => open(file)).toThrow(
      expect.objectContaining({ kind: 'unsupported', message: expect.stringContaining(message) }),
    );
  });

  it.each([
    ['block 0 has the state 5', 5n],
    ['block 0 has the state 7', 7n | (6n << 20n)],
    ['block 0 at', 6n | (0xfff_ffffn << 20n)],
    ['block 0 at', 6n | (0xfff_ffff_ffffn << 20n)],
    ['block 0 lies at 0, over the VHDX headers', 6n],
  ])('is damaged where it is read: %s (entry %i)', (message, entry) => {
    const image = open(torn(dynamic, (bytes) => bytes.writeBigUInt64LE(entry, at.bat)));
    expect(() => image.disk.read(0, 512)).toThrow(
      expect.objectContaining({ kind: 'damaged', message: expect.stringContaining(message) }),
    );
  });

  it.each([0n, 1n, 2n, 3n])('reads zeros where a block has the state %i', (state) => {
    const image = open(torn(dynamic, (bytes) => bytes.writeBigUInt64LE(state | (5n << 20n), at.bat)));
    expect(image.disk.read(0, 512)).toEqual(Buffer.alloc(512));
  });
});

it('a partly present block without its sector bitmap is damaged', () => {
  const parent = makeImage('vhdx-dynamic', disk, { identity });
  const child = makeImage('vhdx-differencing', Buffer.from(disk).fill(6, 0, 512), {
    parent: { disk, identity, relativePath: 'p' },
  }).file;
  expect(child.readUInt8(at.bat) & 7).toBe(7);
  const chunkRatio = (2 ** 23 * 512) / megabyte;
  const file = torn(child, (bytes) => bytes.writeBigUInt64LE(0n, at.bat + chunkRatio * 8));
  const image = openImage({
    device: bufferDevice(file),
    openParent: () => ({ device: bufferDevice(parent.file) }),
  });
  expect(() => image.disk.read(0, 512)).toThrow('the sector bitmap of chunk 0 is not there');
});

describe('the log of a VHDX', () => {
  it.each(['pending', 'wrapped'] as const)('is replayed over the file, which stays as it is (%s)', (log) => {
    const { file } = makeImage('vhdx-dynamic', disk, { log });
    const before = Buffer.from(file);
    const image = open(file);
    expect(image.warnings).toEqual([replayed]);
    expect(image.disk.read(0, disk.length).equals(disk)).toBe(true);
    expect(file.equals(before)).toBe(true);
  });

  it('is replayed only as far as its entries are whole', () => {
    // The third entry, which has the right table, is torn: what the second one leaves is a table of zeros.
    const third = at.firstLogEntry + 3 * 4096;
    expect(pending.toString('latin1', third, third + 4)).toBe('loge');
    const image = open(torn(pending, (bytes) => bytes.writeUInt8(1, third + 4096 + 100)));
    expect(image.warnings).toEqual([replayed]);
    expect(image.disk.read(0, disk.length)).toEqual(Buffer.alloc(disk.length));
  });

  it('may be in use and hold nothing yet', () => {
    const header = torn(
      dynamic,
      inBoth(at.headers, (structure) => structure.fill(0x77, 48, 64)),
    );
    const image = open(resealedVhdx(header));
    expect(image.warnings).toEqual(['the log is in use and holds no valid entry']);
    expect(image.disk.read(0, disk.length).equals(disk)).toBe(true);
  });

  it('is left alone where no header names it', () => {
    const stale = sealed(dynamic, (bytes) => pending.copy(bytes, at.log, at.log, at.metadata));
    expect(open(stale).warnings).toEqual([]);
  });

  it('tells of a file that was cut since', () => {
    const short = open(pending.subarray(0, pending.length - 4096));
    expect(short.warnings).toEqual([
      replayed,
      `the file is shorter than the ${pending.length} bytes that its log tells of`,
    ]);
  });

  it('gives up on a run whose newest entry has its tail outside of it', () => {
    const file = sealed(pending, (bytes) => {
      // The newest of the three entries, and the older sequence behind it taken away.
      const newest = at.firstLogEntry + 3 * 4096;
      bytes.writeUInt32LE(0x8_0000, newest + 12);
      bytes.fill(0, newest + 2 * 4096, at.metadata);
    });
    expect(() => open(file).disk.read(0, 512)).toThrow('block 0');
    expect(open(file).warnings).toEqual(['the log is in use and holds no valid entry']);
  });
});

it('a mutated VHDX ends in a disk or a typed error', () => {
  const report = fuzz(target, 150, 1);
  expect(report.read).toBeGreaterThan(20);
  expect(report.refused).toBeGreaterThan(20);
});
