import type { Bins } from './cells.ts';
import {
  keyValue as at,
  bigData,
  compressedValueName,
  nowhere,
  residentData,
  segmentSize,
} from './layout.ts';
import { type StoredValue, storedValue, type ValueLiteral } from './literal.ts';
import { storedName } from './names.ts';

/** What a key node says of its values. */
export interface ValueSummary {
  readonly count: number;
  readonly list: number;
  /** In bytes of UTF-16. */
  readonly longestName: number;
  readonly longestData: number;
}

/** Where the values of one hive go, and whether it knows big data (from version 1.4 on). */
export interface ValueRoom {
  readonly bins: Bins;
  readonly bigData: boolean;
}

/** Writes a key's values and their list. */
export function writeValues(room: ValueRoom, values: Readonly<Record<string, ValueLiteral>>): ValueSummary {
  const stored = Object.entries(values).map(([name, value]) => ({ name, ...storedValue(value) }));
  if (stored.length === 0) return { count: 0, list: nowhere, longestName: 0, longestData: 0 };
  const list = room.bins.allocate(stored.length * 4);
  for (const [index, value] of stored.entries()) {
    list.bytes.writeUInt32LE(writeValue(room, value.name, value), index * 4);
  }
  return {
    count: stored.length,
    list: list.offset,
    longestName: Math.max(...stored.map((value) => value.name.length * 2)),
    longestData: Math.max(...stored.map((value) => value.data.length)),
  };
}

function writeValue(room: ValueRoom, name: string, value: StoredValue): number {
  const stored = storedName(name);
  const { offset, bytes } = room.bins.allocate(at.name + stored.bytes.length);
  bytes.write('vk', at.signature, 'latin1');
  bytes.writeUInt16LE(stored.bytes.length, at.nameLength);
  bytes.writeUInt32LE(value.type, at.type);
  bytes.writeUInt16LE(stored.compressed && name !== '' ? compressedValueName : 0, at.flags);
  stored.bytes.copy(bytes, at.name);
  if (value.data.length <= 4) {
    bytes.writeUInt32LE((residentData | value.data.length) >>> 0, at.dataLength);
    value.data.copy(bytes, at.data);
  } else {
    bytes.writeUInt32LE(value.data.length, at.dataLength);
    bytes.writeUInt32LE(writeData(room, value.data), at.data);
  }
  return offset;
}

function writeData(room: ValueRoom, data: Buffer): number {
  if (room.bigData && data.length > segmentSize) return writeBigData(room.bins, data);
  return writeBytes(room.bins, data);
}

/** Writes data in segments, each full but the last, with their list and the `db` cell that names it. */
function writeBigData(bins: Bins, data: Buffer): number {
  const segments: number[] = [];
  for (let from = 0; from < data.length; from += segmentSize) {
    segments.push(writeBytes(bins, data.subarray(from, from + segmentSize), 4));
  }
  const list = bins.allocate(segments.length * 4);
  for (const [index, segment] of segments.entries()) list.bytes.writeUInt32LE(segment, index * 4);
  const { offset, bytes } = bins.allocate(bigData.size);
  bytes.write('db', bigData.signature, 'latin1');
  bytes.writeUInt16LE(segments.length, bigData.segmentCount);
  bytes.writeUInt32LE(list.offset, bigData.segmentList);
  return offset;
}

function writeBytes(bins: Bins, data: Buffer, spare = 0): number {
  const { offset, bytes } = bins.allocate(data.length + spare);
  data.copy(bytes);
  return offset;
}
