import { gzipSync, zstdCompressSync } from 'node:zlib';
import { randomFrom } from '../fuzz/mutate.ts';
import { writeBootRecord } from '../partitions/boot-record.ts';

const mebibyte = 2 ** 20;
const isoDescriptor = 32_769;
const ext4Magic = 1080;

/** Bytes without any order, the same ones every time. */
export function randomBytes(length: number, seed: number): Buffer {
  const random = randomFrom(seed);
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length; at++) bytes[at] = Math.floor(random() * 256);
  return bytes;
}

function beginning(text: string, length = mebibyte, at = 0): Buffer {
  const bytes = Buffer.alloc(length);
  bytes.write(text, at, 'latin1');
  return bytes;
}

/** Files that are taken for disks, by what they are. */
export const strangers = {
  png: () => beginning('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 4096),
  zip: () => beginning('PK\x03\x04', 4096),
  gzip: () => gzipSync(randomBytes(4096, 1)),
  zstd: () => zstdCompressSync(randomBytes(4096, 2)),
  iso: () => beginning('CD001', 64 * 1024, isoDescriptor),
  vmdk: () => beginning('KDMV', 64 * 1024),
  text: () => Buffer.from('This is a shopping list: milk, bread, a new disk.\n'.repeat(40)),
  random: () => randomBytes(mebibyte, 3),
  zeros: () => Buffer.alloc(mebibyte),
  'one byte': () => Buffer.from('x'),
} as const satisfies Record<string, () => Buffer>;

/** Disks and volumes that are sound, and have no Windows on them. */
export const foreigners = {
  'no partitions': () => Buffer.concat([writeBootRecord([]), Buffer.alloc(mebibyte)]),
  'a partition of Linux': () => {
    const record = writeBootRecord([{ type: 0x83, start: 1, sectors: 2047 }]);
    return Buffer.concat([record, beginning('\x53\xef', mebibyte - 512, ext4Magic)]);
  },
  FAT: () => {
    const sector = beginning('\xeb\x3c\x90MSDOS5.0');
    sector.writeUInt16LE(512, 0x0b);
    sector.writeUInt8(4, 0x0d);
    sector.writeUInt16LE(1, 0x0e);
    sector.writeUInt8(2, 0x10);
    sector.writeUInt8(0xf8, 0x15);
    sector.writeUInt16BE(0x55aa, 510);
    return sector;
  },
  BitLocker: () => {
    const sector = beginning('\xeb\x58\x90-FVE-FS-');
    sector.writeUInt16LE(512, 0x0b);
    sector.writeUInt16BE(0x55aa, 510);
    return sector;
  },
} as const satisfies Record<string, () => Buffer>;
