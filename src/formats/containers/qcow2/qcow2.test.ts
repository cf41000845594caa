import { deflateRawSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { fuzz } from '../../../../lab/fuzz/fuzz.ts';
import { target } from '../../../../lab/fuzz/targets/qcow2.ts';
import { makeImage } from '../../../../lab/images/index.ts';
import { sampleDisk } from '../../../../lab/images/sample.ts';
import { bufferDevice } from '../../device.ts';
import { type Image, openImage } from '../index.ts';
import { compressedPlace } from './compressed.ts';
import { zstdFrameLength } from './zstd-frame.ts';

const disk = sampleDisk(256 * 1024, 13).fill(5, 0, 65_536);
const plain = makeImage('qcow2', disk).file;
const old = makeImage('qcow2', disk, { version: 2 }).file;
const subclusters = makeImage('qcow2', disk, { extendedL2: true }).file;
const packed = makeImage('qcow2', disk, { compression: 'deflate' }).file;

function open(file: Buffer): Image {
  return openImage({ device: bufferDevice(file) });
}

function edited(file: Buffer, edit: (bytes: Buffer) => void): Buffer {
  const bytes = Buffer.from(file);
  edit(bytes);
  return bytes;
}

/** Where the L1 table lies, and where the first L2 table. */
function tablesOf(file: Buffer): { l1: number; l2: number } {
  const l1 = Number(file.readBigUInt64BE(40));
  return { l1, l2: Number(file.readBigUInt64BE(l1) & 0x00ff_ffff_ffff_fe00n) };
}

/** A copy with another first L2 entry. */
function withEntry(file: Buffer, ...words: readonly bigint[]): Buffer {
  return edited(file, (bytes) => {
    words.forEach((word, i) => {
      bytes.writeBigUInt64BE(word, tablesOf(file).l2 + i * 8);
    });
  });
}

describe('the header of a qcow2', () => {
  it.each([
    [0n, []],
    [1n, ['the dirty flag is set: the file was not closed cleanly']],
    [2n, ['the corrupt flag is set: its writer found the file damaged']],
  ])('is read with the incompatible features %i', (incompatible, warnings) => {
    const image = open(makeImage('qcow2', disk, { incompatible }).file);
    expect(image.warnings).toEqual(warnings);
    expect(image.disk.read(0, disk.length).equals(disk)).toBe(true);
  });

  it.each([
    ['unsupported', 'unknown incompatible feature 5', edited(plain, (bytes) => bytes.writeUInt8(0x20, 79))],
    ['unsupported', 'unknown incompatible feature 63', edited(plain, (bytes) => bytes.writeUInt8(0x80, 72))],
    ['unsupported', 'unknown incompatible feature 9 ("time travel")', withFeatureName(9, 'time travel')],
    ['unsupported', 'the external data file', edited(plain, (bytes) => bytes.writeUInt8(4, 79))],
    ['unsupported', 'qcow2 compression of type 7', edited(plain, (bytes) => bytes.writeUInt8(7, 104))],
    ['encrypted', 'encrypted (AES)', edited(plain, (bytes) => bytes.writeUInt32BE(1, 32))],
    ['encrypted', 'encrypted (LUKS)', edited(plain, (bytes) => bytes.writeUInt32BE(2, 32))],
    ['damaged', 'clusters of 2^8 bytes', edited(plain, (bytes) => bytes.writeUInt32BE(8, 20))],
    ['damaged', 'clusters of 2^22 bytes', edited(plain, (bytes) => bytes.writeUInt32BE(22, 20))],
    [
      'damaged',
      'the size of the disk is 18446744073709551615',
      edited(plain, (bytes) => bytes.fill(0xff, 24, 32)),
    ],
    ['damaged', 'an L1 table of 1 entries', edited(plain, (bytes) => bytes.writeUInt32BE(1, 24))],
    ['damaged', 'an L1 table of 4294967295', edited(plain, (bytes) => bytes.writeUInt32BE(0xffff_ffff, 36))],
    ['damaged', 'the L1 table at 512 is not aligned', edited(plain, (b) => b.writeBigUInt64BE(512n, 40))],
    ['damaged', 'the L1 table at', edited(plain, (bytes) => bytes.writeBigUInt64BE(2n ** 40n, 40))],
    ['damaged', 'a qcow2 header length of 20', edited(plain, (bytes) => bytes.writeUInt32BE(20, 100))],
    [
      'damaged',
      'a qcow2 header length of 4294967295',
      edited(plain, (b) => b.writeUInt32BE(0xffff_ffff, 100)),
    ],
    ['damaged', 'the header extension at 112', withExtension(1, 0xffff_fff0)],
    ['damaged', 'a backing file name of 5000', withBackingName(200, 5000)],
    ['damaged', 'the name of the backing file at', withBackingName(2 ** 40, 5)],
    ['damaged', 'the qcow2 header is cut short', plain.subarray(0, 60)],
    ['damaged', 'the qcow2 header is cut short', plain.subarray(0, 90)],
    [
      'damaged',
      'subclusters in clusters of 2^13',
      edited(subclusters, (bytes) => bytes.writeUInt32BE(13, 20)),
    ],
  ])('%s: %s', (kind, message, file) => {
    expect(() => open(file)).toThrow(
      expect.objectContaining({ kind, message: expect.stringContaining(message) }),
    );
  });

  function withExtension(type: number, length: number): Buffer {
    return edited(plain, (bytes) => {
      bytes.writeUInt32BE(type, 112);
      bytes.writeUInt32BE(length, 116);
    });
  }

  function withBackingName(offset: number, length: number): Buffer {
    return edited(plain, (bytes) => {
      bytes.writeBigUInt64BE(BigInt(offset), 8);
      bytes.writeUInt32BE(length, 16);
    });
  }

  function withFeatureName(bit: number, name: string): Buffer {
    return edited(plain, (bytes) => {
      bytes.writeBigUInt64BE(1n << BigInt(bit), 72);
      bytes.writeUInt32BE(0x6803f857, 112);
      bytes.writeUInt32BE(48, 116);
      bytes.writeUInt8(bit, 121);
      bytes.write(name, 122, 'latin1');
    });
  }
});

describe('the tables of a qcow2', () => {
  it.each([
    ['cluster 0 at 512 is not aligned', withEntry(plain, 512n)],
    ['cluster 0 at', withEntry(plain, 2n ** 50n)],
    ['cluster 0 is marked as zeros, which version 2 cannot', withEntry(old, 1n)],
    ['L2 table 0 at 512 is not aligned', edited(plain, (b) => b.writeBigUInt64BE(512n, tablesOf(plain).l1))],
    ['the L2 entry of cluster 0 at', edited(plain, (b) => b.writeBigUInt64BE(2n ** 50n, tablesOf(plain).l1))],
    ['cluster 0 has subclusters in two states', withEntry(subclusters, 65_536n, 0x1_0000_0001n)],
    ['cluster 0 has subclusters and no place for them', withEntry(subclusters, 0n, 1n)],
    ['the compressed cluster at', withEntry(packed, (1n << 62n) | (2n ** 50n))],
    // The header for a deflate stream.
    ['the compressed cluster at 0 cannot be unpacked', withEntry(packed, 1n << 62n)],
  ])('are damaged where they are read: %s', (message, file) => {
    const { disk: read } = open(file);
    expect(() => read.read(0, 512)).toThrow(
      expect.objectContaining({ kind: 'damaged', message: expect.stringContaining(message) }),
    );
  });

  it('spoil no other cluster than their own', () => {
    const { disk: read } = open(withEntry(plain, 512n));
    expect(read.read(65_536, 65_536).equals(disk.subarray(65_536, 131_072))).toBe(true);
  });

  it('may leave anything in the place of a cluster of zeros', () => {
    expect(open(withEntry(plain, (2n ** 50n) | 1n)).disk.read(0, 65_536)).toEqual(Buffer.alloc(65_536));
  });

  it.each([
    ['unpacks to 65535 bytes of 65536', deflateRawSync(Buffer.alloc(65_535, 1))],
    ['cannot be unpacked', deflateRawSync(Buffer.alloc(65_537, 1))],
    ['cannot be unpacked', deflateRawSync(Buffer.from(plain.subarray(0, 300))).subarray(0, 20)],
  ])('refuse a compressed cluster that %s', (message, bytes) => {
    // Alone at the end of the file, in as many sectors as it takes.
    const sectors = BigInt(Math.ceil(bytes.length / 512) - 1);
    const descriptor = (1n << 62n) | (sectors << 54n) | BigInt(packed.length);
    const file = Buffer.concat([withEntry(packed, descriptor), bytes]);
    expect(() => open(file).disk.read(0, 512)).toThrow(
      expect.objectContaining({ kind: 'damaged', message: expect.stringContaining(message) }),
    );
  });

  it('read a compressed cluster that ends with the file, inside its last sector', () => {
    const bytes = deflateRawSync(Buffer.alloc(65_536, 0x21));
    expect(bytes.length % 512).not.toBe(0);
    const file = Buffer.concat([withEntry(packed, (1n << 62n) | BigInt(packed.length)), bytes]);
    expect(open(file).disk.read(65_000, 536)).toEqual(Buffer.alloc(536, 0x21));
  });

  it('read a compressed cluster of several zstd frames with something else behind them', () => {
    const file = makeImage('qcow2', disk, { compression: 'zstd' }).file;
    const frames = [zstdCompressSync(Buffer.alloc(60_000, 1)), zstdCompressSync(Buffer.alloc(5536, 2))];
    const whole = Buffer.concat([
      withEntry(file, (1n << 62n) | BigInt(file.length)),
      ...frames,
      Buffer.alloc(99, 0xb5),
    ]);
    const cluster = Buffer.concat([Buffer.alloc(60_000, 1), Buffer.alloc(5536, 2)]);
    expect(open(whole).disk.read(0, 65_536).equals(cluster)).toBe(true);
  });
});

describe('compressedPlace', () => {
  // docs/interop/qcow2: with clusters of 64 KiB the offset has 54 bits, and the count the eight above them.
  it.each([
    [16, 0x4000_0000, 0x0001_0000, { offset: 0x1_0000, length: 512 }],
    [16, 0x4040_0000, 0x0001_0000, { offset: 0x1_0000, length: 1024 }],
    [16, 0x7fc0_0001, 0x0000_0123, { offset: 0x1_0000_0123, length: 256 * 512 - 0x123 }],
    [9, 0x4000_0000, 0x0000_0200, { offset: 512, length: 512 }],
    [9, 0x6000_0000, 0x0000_0210, { offset: 528, length: 1008 }],
    [21, 0x4002_0000, 0x8000_0000, { offset: 0x8000_0000, length: 1024 }],
  ])('with 2^%i bytes a cluster', (clusterBits, high, low, expected) => {
    expect(compressedPlace(high, low, clusterBits)).toEqual(expected);
  });
});

describe('zstdFrameLength', () => {
  it.each([0, 1, 100, 300, 70_000, 300_000])('finds the end of a frame of %i bytes among others', (size) => {
    const frame = zstdCompressSync(sampleDisk(size, size + 1));
    expect(zstdFrameLength(Buffer.concat([frame, Buffer.alloc(100, 0xb5)]))).toBe(frame.length);
    expect(zstdFrameLength(frame)).toBe(frame.length);
    expect(zstdFrameLength(frame.subarray(0, -1))).toBeUndefined();
    expect(zstdFrameLength(frame.subarray(1))).toBeUndefined();
  });
});

it('a mutated qcow2 ends in a disk or a typed error', () => {
  const report = fuzz(target, 500, 1);
  expect(report.read).toBeGreaterThan(50);
  expect(report.refused).toBeGreaterThan(50);
});
