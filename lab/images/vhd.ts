import type { MadeImage, MadeParent, VhdOptions } from './options.ts';
import { changedSectors, padded } from './sectors.ts';

const sectorSize = 512;
const defaultBlockSize = 0x20_0000;
const defaultIdentity = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
const noOffset = 0xffff_ffff_ffff_ffffn;
/** Seconds since 2000: 1 January 2020. */
const timeStamp = 631_152_000;

const diskTypes = { fixed: 2, dynamic: 3, differencing: 4 } as const;
const headerOffset = 512;
const tableOffset = 1536;

/** A fixed VHD: the disk, then the footer. */
export function makeVhdFixed(disk: Buffer, options: VhdOptions): MadeImage {
  const identity = options.identity ?? defaultIdentity;
  const whole = footer(disk.length, diskTypes.fixed, noOffset, identity);
  const end = options.shortFooter ? whole.subarray(0, sectorSize - 1) : whole;
  return { file: Buffer.concat([disk, end]), identity };
}

/**
 * A dynamic VHD, or over a parent a differencing one: footer, dynamic header, table, parent locators, blocks,
 * footer.
 */
export function makeVhd(disk: Buffer, options: VhdOptions, parent: MadeParent | undefined): MadeImage {
  const identity = options.identity ?? defaultIdentity;
  const blockSize = options.blockSize ?? defaultBlockSize;
  const type = parent ? diskTypes.differencing : diskTypes.dynamic;
  const end = footer(disk.length, type, BigInt(headerOffset), identity);
  const count = Math.ceil(disk.length / blockSize);
  const table = Buffer.alloc(Math.ceil((count * 4) / sectorSize) * sectorSize, 0xff);
  const locators = locatorData(parent, tableOffset + table.length);
  const blocks: Buffer[] = [];
  let at = tableOffset + table.length + locators.data.length;
  for (let i = 0; i < count; i++) {
    const block = makeBlock(disk, parent, i * blockSize, blockSize);
    if (!block) continue;
    table.writeUInt32BE(at / sectorSize, i * 4);
    blocks.push(block);
    at += block.length;
  }
  const header = dynamicHeader(count, blockSize, parent, locators.entries);
  return { file: Buffer.concat([end, header, table, locators.data, ...blocks, end]), identity };
}

/** Bitmap and data of a block; undefined for one that is left away. Sectors that are the parent's stay zeros. */
function makeBlock(
  disk: Buffer,
  parent: MadeParent | undefined,
  offset: number,
  size: number,
): Buffer | undefined {
  const data = padded(disk, offset, size);
  const below = parent ? padded(parent.disk, offset, size) : Buffer.alloc(size);
  const changed = changedSectors(data, below, sectorSize);
  if (!changed.includes(true)) return undefined;
  const bitmap = Buffer.alloc(Math.ceil(changed.length / 8 / sectorSize) * sectorSize);
  changed.forEach((own, sector) => {
    // A dynamic disk's block is its own as a whole.
    if (own || !parent)
      bitmap.writeUInt8(bitmap.readUInt8(sector >>> 3) | (0x80 >>> (sector & 7)), sector >>> 3);
    else data.fill(0xdb, sector * sectorSize, (sector + 1) * sectorSize);
  });
  return Buffer.concat([bitmap, data]);
}

function footer(size: number, type: number, dataOffset: bigint, identity: string): Buffer {
  const bytes = Buffer.alloc(sectorSize);
  bytes.write('conectix', 0, 'latin1');
  bytes.writeUInt32BE(2, 8);
  bytes.writeUInt32BE(0x1_0000, 12);
  bytes.writeBigUInt64BE(dataOffset, 16);
  bytes.writeUInt32BE(timeStamp, 24);
  bytes.write('win ', 28, 'latin1');
  bytes.writeUInt32BE(0xa_0000, 32);
  bytes.write('Wi2k', 36, 'latin1');
  bytes.writeBigUInt64BE(BigInt(size), 40);
  bytes.writeBigUInt64BE(BigInt(size), 48);
  geometry(size).copy(bytes, 56);
  bytes.writeUInt32BE(type, 60);
  uuidBytes(identity).copy(bytes, 68);
  return withChecksum(bytes, 64);
}

/** Cylinders, heads and sectors as the specification's appendix computes them. */
function geometry(size: number): Buffer {
  const total = Math.min(Math.floor(size / sectorSize), 65535 * 16 * 255);
  let [perTrack, heads] = [255, 16];
  if (total < 65535 * 16 * 63) {
    perTrack = 17;
    heads = Math.max(4, Math.ceil(Math.floor(total / perTrack) / 1024));
    if (Math.floor(total / perTrack) >= heads * 1024 || heads > 16) [perTrack, heads] = [31, 16];
    if (Math.floor(total / perTrack) >= heads * 1024) [perTrack, heads] = [63, 16];
  }
  const bytes = Buffer.alloc(4);
  bytes.writeUInt16BE(Math.floor(total / perTrack / heads), 0);
  bytes.writeUInt8(heads, 2);
  bytes.writeUInt8(perTrack, 3);
  return bytes;
}

function dynamicHeader(
  entries: number,
  blockSize: number,
  parent: MadeParent | undefined,
  locators: Buffer,
): Buffer {
  const bytes = Buffer.alloc(1024);
  bytes.write('cxsparse', 0, 'latin1');
  bytes.writeBigUInt64BE(noOffset, 8);
  bytes.writeBigUInt64BE(BigInt(tableOffset), 16);
  bytes.writeUInt32BE(0x1_0000, 24);
  bytes.writeUInt32BE(entries, 28);
  bytes.writeUInt32BE(blockSize, 32);
  if (parent) {
    uuidBytes(parent.identity).copy(bytes, 40);
    bytes.writeUInt32BE(timeStamp, 56);
    const name = (parent.absolutePath ?? parent.relativePath ?? '').replace(/^.*\\/, '');
    Buffer.from(name, 'utf16le').swap16().copy(bytes, 64, 0, 510);
    locators.copy(bytes, 576);
  }
  return withChecksum(bytes, 36);
}

/** The locators' entries and the sectors that they point at, the first of which lies at `start`. */
function locatorData(parent: MadeParent | undefined, start: number): { entries: Buffer; data: Buffer } {
  const entries = Buffer.alloc(8 * 24);
  const data: Buffer[] = [];
  const paths = { W2ku: parent?.absolutePath, W2ru: parent?.relativePath };
  for (const [code, path] of Object.entries(paths)) {
    if (path === undefined) continue;
    const text = Buffer.from(path, 'utf16le');
    const space = Math.ceil(text.length / sectorSize) * sectorSize;
    const entry = entries.subarray(data.length * 24);
    entry.write(code, 0, 'latin1');
    entry.writeUInt32BE(space, 4);
    entry.writeUInt32BE(text.length, 8);
    entry.writeBigUInt64BE(BigInt(start + Buffer.concat(data).length), 16);
    data.push(padded(text, 0, space));
  }
  return { entries, data: Buffer.concat(data) };
}

function withChecksum(bytes: Buffer, field: number): Buffer {
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  bytes.writeUInt32BE(~sum >>> 0, field);
  return bytes;
}

function uuidBytes(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex');
}
