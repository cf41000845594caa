import { crc32cWithout } from '../../src/formats/containers/crc32c.ts';
import { guidBytes } from './guid-bytes.ts';
import type { MadeImage, MadeParent, VhdxOptions } from './options.ts';
import { changedSectors, padded } from './sectors.ts';
import { makeVhdxLog, vhdxLogLength } from './vhdx-log.ts';
import { vhdxMetadata } from './vhdx-metadata.ts';

const megabyte = 0x10_0000;
const sectorsOfChunk = 2 ** 23;
const defaultIdentity = '5e0f0d5a-3f0c-4a57-9a57-1c2f6b7d8e90';
const logGuid = 'c0ffee00-1234-4321-8765-0123456789ab';
const noGuid = '00000000-0000-0000-0000-000000000000';

const batGuid = '2dc27766-f623-4200-9d64-115e9bfd4a08';
const metadataGuid = '8b7ca206-4790-4b9a-b8fe-575f050f886e';

/** Where the maker puts things: the log, the metadata, the table of blocks, then the blocks. */
const place = {
  log: megabyte,
  metadata: megabyte + vhdxLogLength,
  bat: 2 * megabyte + vhdxLogLength,
} as const;

const present = 6n;
const partlyPresent = 7n;

/** A VHDX: fixed, dynamic, or over a parent differencing. */
export function makeVhdx(
  disk: Buffer,
  options: VhdxOptions,
  fixed: boolean,
  parent: MadeParent | undefined,
): MadeImage {
  const identity = options.identity ?? defaultIdentity;
  const blockSize = options.blockSize ?? megabyte;
  const sectorSize = options.sectorSize ?? 512;
  const { bat, payload } = makeBlocks(disk, { blockSize, sectorSize, fixed, parent });
  const metadata = vhdxMetadata({ diskSize: disk.length, blockSize, sectorSize, fixed, parent });
  const fileSize = place.bat + bat.length + payload.length;
  const log = options.log ?? 'empty';
  const logBytes =
    log === 'empty'
      ? Buffer.alloc(vhdxLogLength)
      : makeVhdxLog({
          guid: logGuid,
          table: bat,
          tableOffset: place.bat,
          fileSize,
          wrapped: log === 'wrapped',
        });
  const head = headers(identity, log === 'empty' ? noGuid : logGuid, bat.length);
  // With a pending log, what lies in the file is a table that the log has yet to replace: every block present,
  // far beyond the end.
  const storedBat = log === 'empty' ? bat : Buffer.alloc(bat.length, 0x5e);
  return { file: Buffer.concat([head, logBytes, metadata, storedBat, payload]), identity };
}

interface Shape {
  readonly blockSize: number;
  readonly sectorSize: number;
  readonly fixed: boolean;
  readonly parent: MadeParent | undefined;
}

/** The table of blocks, padded to whole MiB, and the blocks that it points at. */
function makeBlocks(disk: Buffer, shape: Shape): { bat: Buffer; payload: Buffer } {
  const { blockSize, sectorSize, parent } = shape;
  const chunkRatio = (sectorsOfChunk * sectorSize) / blockSize;
  const count = Math.ceil(disk.length / blockSize);
  const chunks = parent ? Math.ceil(count / chunkRatio) : Math.floor((count - 1) / chunkRatio);
  const entries = parent ? chunks * (chunkRatio + 1) : count + Math.max(0, chunks);
  const bat = Buffer.alloc(Math.max(1, Math.ceil((entries * 8) / megabyte)) * megabyte);
  const payload: Buffer[] = [];
  let at = place.bat + bat.length;
  const put = (index: number, state: bigint, bytes: Buffer): void => {
    bat.writeBigUInt64LE((BigInt(at / megabyte) << 20n) | state, index * 8);
    payload.push(bytes);
    at += bytes.length;
  };
  const bitmaps = new Map<number, Buffer>();
  for (let block = 0; block < count; block++) {
    const chunk = Math.floor(block / chunkRatio);
    const made = makeBlock(disk, shape, block * blockSize);
    if (!made) continue;
    put(block + chunk, made.state, made.data);
    if (made.state !== partlyPresent) continue;
    const bitmap = bitmaps.get(chunk) ?? Buffer.alloc(megabyte);
    bitmaps.set(chunk, bitmap);
    setBits(bitmap, ((block % chunkRatio) * blockSize) / sectorSize, made.own);
  }
  for (const [chunk, bitmap] of bitmaps) put(chunk * (chunkRatio + 1) + chunkRatio, present, bitmap);
  return { bat, payload: Buffer.concat(payload) };
}

interface Block {
  readonly state: bigint;
  readonly data: Buffer;
  readonly own: readonly boolean[];
}

/** Undefined for a block that is left away. Sectors that are the parent's are filled with what must not be read. */
function makeBlock(disk: Buffer, shape: Shape, offset: number): Block | undefined {
  const { blockSize, sectorSize, fixed, parent } = shape;
  const data = padded(disk, offset, blockSize);
  const below = parent ? padded(parent.disk, offset, blockSize) : Buffer.alloc(blockSize);
  const own = changedSectors(data, below, sectorSize);
  if (!fixed && !own.includes(true)) return undefined;
  if (!parent || !own.includes(false)) return { state: present, data, own };
  own.forEach((mine, sector) => {
    if (!mine) data.fill(0xdb, sector * sectorSize, (sector + 1) * sectorSize);
  });
  return { state: partlyPresent, data, own };
}

function setBits(bitmap: Buffer, first: number, bits: readonly boolean[]): void {
  bits.forEach((bit, i) => {
    const index = first + i;
    if (bit) bitmap.writeUInt8(bitmap.readUInt8(index >>> 3) | (1 << (index & 7)), index >>> 3);
  });
}

/** The first MiB: identifier, two headers, two region tables. */
function headers(identity: string, log: string, batLength: number): Buffer {
  const bytes = Buffer.alloc(megabyte);
  bytes.write('vhdxfile', 0, 'latin1');
  bytes.write('rdpmend lab', 8, 'utf16le');
  // The older header names no log and another disk: a reader that takes it reads something else.
  header(7n, defaultIdentity, noGuid).copy(bytes, 0x1_0000);
  header(8n, identity, log).copy(bytes, 0x2_0000);
  const table = regionTable(batLength);
  table.copy(bytes, 0x3_0000);
  table.copy(bytes, 0x4_0000);
  return bytes;
}

function header(sequence: bigint, identity: string, log: string): Buffer {
  const bytes = Buffer.alloc(4096);
  bytes.write('head', 0, 'latin1');
  bytes.writeBigUInt64LE(sequence, 8);
  // Each file has one of its own, as each has been written on its own.
  guidBytes(identity.replace(/^.{8}/, 'f11e0000')).copy(bytes, 16);
  guidBytes(identity).copy(bytes, 32);
  guidBytes(log).copy(bytes, 48);
  bytes.writeUInt16LE(1, 66);
  bytes.writeUInt32LE(vhdxLogLength, 68);
  bytes.writeBigUInt64LE(BigInt(place.log), 72);
  return withCrc(bytes);
}

function regionTable(batLength: number): Buffer {
  const bytes = Buffer.alloc(0x1_0000);
  bytes.write('regi', 0, 'latin1');
  bytes.writeUInt32LE(2, 8);
  region(batGuid, place.bat, batLength).copy(bytes, 16);
  region(metadataGuid, place.metadata, megabyte).copy(bytes, 48);
  return withCrc(bytes);
}

function region(guid: string, offset: number, length: number): Buffer {
  const bytes = Buffer.alloc(32);
  guidBytes(guid).copy(bytes, 0);
  bytes.writeBigUInt64LE(BigInt(offset), 16);
  bytes.writeUInt32LE(length, 24);
  bytes.writeUInt32LE(1, 28);
  return bytes;
}

function withCrc(bytes: Buffer): Buffer {
  bytes.writeUInt32LE(crc32cWithout(bytes, 4), 4);
  return bytes;
}
