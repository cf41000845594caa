import { crc32cWithout } from '../../src/formats/containers/crc32c.ts';
import { guidBytes } from './guid-bytes.ts';

/** Every maker of VHDX files takes 1 MiB. */
export const vhdxLogLength = 0x10_0000;

const sector = 4096;
const headerSize = 64;
const descriptorSize = 32;

interface LogContents {
  readonly guid: string;
  /** What the table of blocks is to become, and where. */
  readonly table: Buffer;
  readonly tableOffset: number;
  readonly fileSize: number;
  readonly wrapped: boolean;
}

/** A change that an entry makes: sectors of data, or zeros. */
interface Change {
  readonly offset: number;
  readonly data?: Buffer;
  readonly zeros?: number;
}

/**
 * A log that writes the table of blocks three times over: first wrongly, then as zeros, then as it is to be.
 * Only a reader that carries out all of it in order finds the disk. Beside it lie the rests of an older
 * sequence and of another log.
 */
export function makeVhdxLog(contents: LogContents): Buffer {
  const { table, tableOffset, wrapped } = contents;
  const used = sectorsOf(table, tableOffset);
  const log = Buffer.alloc(vhdxLogLength);
  const wrong = used.map((change) => ({ ...change, data: Buffer.alloc(sector, 0xee) }));
  const sequences = [wrong, [{ offset: tableOffset, zeros: table.length }], used];
  const start = wrapped ? vhdxLogLength - 2 * sector : 4 * sector;
  let at = start;
  sequences.forEach((changes, i) => {
    at += put(log, at, entry(contents, contents.guid, 100n + BigInt(i), start, changes));
  });
  const stale = wrapped ? at + sector : at;
  put(log, stale, entry(contents, contents.guid, 41n, stale, wrong.slice(0, 1)));
  const other = 'deadbeef-0000-4000-8000-000000000000';
  put(log, stale + 2 * sector, entry(contents, other, 900n, stale + 2 * sector, wrong.slice(0, 1)));
  return log;
}

/** The sectors of the table that are not all zeros; at least one. */
function sectorsOf(table: Buffer, tableOffset: number): Change[] {
  const changes: Change[] = [];
  for (let at = 0; at < table.length; at += sector) {
    const data = table.subarray(at, at + sector);
    if (at === 0 || data.some((byte) => byte !== 0)) changes.push({ offset: tableOffset + at, data });
  }
  return changes;
}

function put(log: Buffer, at: number, bytes: Buffer): number {
  for (let i = 0; i < bytes.length; i += sector) {
    bytes.copy(log, (at + i) % log.length, i, i + sector);
  }
  return bytes.length;
}

function entry(
  contents: LogContents,
  guid: string,
  sequence: bigint,
  tail: number,
  changes: readonly Change[],
): Buffer {
  const head = Buffer.alloc(Math.ceil((headerSize + changes.length * descriptorSize) / sector) * sector);
  const data = changes.flatMap((change) => (change.data ? [dataSector(change.data, sequence)] : []));
  const bytes = Buffer.concat([head, ...data]);
  bytes.write('loge', 0, 'latin1');
  bytes.writeUInt32LE(bytes.length, 8);
  bytes.writeUInt32LE(tail, 12);
  bytes.writeBigUInt64LE(sequence, 16);
  bytes.writeUInt32LE(changes.length, 24);
  guidBytes(guid).copy(bytes, 32);
  bytes.writeBigUInt64LE(BigInt(contents.fileSize), 48);
  bytes.writeBigUInt64LE(BigInt(contents.fileSize), 56);
  changes.forEach((change, i) => {
    descriptor(change, sequence).copy(bytes, headerSize + i * descriptorSize);
  });
  bytes.writeUInt32LE(crc32cWithout(bytes, 4), 4);
  return bytes;
}

function descriptor(change: Change, sequence: bigint): Buffer {
  const bytes = Buffer.alloc(descriptorSize);
  bytes.write(change.data ? 'desc' : 'zero', 0, 'latin1');
  if (change.data) {
    change.data.copy(bytes, 4, sector - 4);
    change.data.copy(bytes, 8, 0, 8);
  } else {
    bytes.writeBigUInt64LE(BigInt(change.zeros ?? 0), 8);
  }
  bytes.writeBigUInt64LE(BigInt(change.offset), 16);
  bytes.writeBigUInt64LE(sequence, 24);
  return bytes;
}

function dataSector(data: Buffer, sequence: bigint): Buffer {
  const bytes = Buffer.from(data);
  bytes.write('data', 0, 'latin1');
  bytes.writeUInt32LE(Number(sequence >> 32n), 4);
  bytes.writeUInt32LE(Number(sequence & 0xffff_ffffn), sector - 4);
  return bytes;
}
