import { crc32 } from 'node:zlib';
import { writeBootRecord } from './boot-record.ts';
import {
  type DiskOptions,
  inMemory,
  mebibyte,
  type PlacedPartition,
  place,
  type Sink,
  type Wish,
} from './place.ts';

export const gptTypes = {
  windows: 'EBD0A0A2-B9E5-4433-87C0-68B6B72699C7',
  efi: 'C12A7328-F81F-11D2-BA4B-00A0C93EC93B',
  msr: 'E3C9E316-0B5C-4DB8-817D-F92DF00215AE',
  recovery: 'DE94BBA4-06D1-4D40-A16A-BFD50179D6AC',
  linux: '0FC63DAF-8483-4772-8E79-3D69D8477DE4',
  'ldm-metadata': '5808C8AA-7E8F-42E0-85D2-E1E90434CFB3',
  'ldm-data': 'AF9B60A0-1431-4F62-BC68-3311714A69AD',
} as const;

export type GptType = keyof typeof gptTypes;

export interface GptPartition extends Wish {
  /** `windows` (basic data) unless told; a GUID in upper case for any other. */
  readonly type?: GptType | (string & {});
  readonly name?: string;
  readonly legacyBootable?: boolean;
}

const entryCount = 128;
const entrySize = 128;

/** Writes a GPT disk with the partitions one after another, and tells where they lie. */
export function writeGptDisk(
  sink: Sink,
  partitions: readonly GptPartition[],
  options: DiskOptions,
): PlacedPartition[] {
  const { size, sectorSize = 512 } = options;
  const entriesSectors = (entryCount * entrySize) / sectorSize;
  const sectors = size / sectorSize;
  const lastUsable = sectors - entriesSectors - 2;
  const entries = Buffer.alloc(entryCount * entrySize);
  let free = Math.min(mebibyte, (2 + entriesSectors) * sectorSize);
  const placed = partitions.map((partition, index) => {
    const found = place(partition, free, (lastUsable + 1) * sectorSize, sectorSize);
    free = found.start + found.size;
    entries.set(gptEntry(partition, found, index, sectorSize), index * entrySize);
    if (partition.content) sink.write(found.start, partition.content);
    return found;
  });
  const header = (myLba: number, alternateLba: number, entriesLba: number) =>
    gptHeader({ myLba, alternateLba, entriesLba, firstUsable: 2 + entriesSectors, lastUsable, entries });
  sink.write(0, writeBootRecord([{ type: 0xee, start: 1, sectors: Math.min(sectors - 1, 0xffffffff) }]));
  sink.write(sectorSize, header(1, sectors - 1, 2));
  sink.write(2 * sectorSize, entries);
  sink.write((lastUsable + 1) * sectorSize, entries);
  sink.write((sectors - 1) * sectorSize, header(sectors - 1, 1, lastUsable + 1));
  return placed;
}

/** `writeGptDisk` in memory. */
export function makeGptDisk(partitions: readonly GptPartition[], options: DiskOptions): Buffer {
  return inMemory(options, (sink) => writeGptDisk(sink, partitions, options));
}

function gptEntry(
  partition: GptPartition,
  { start, size }: PlacedPartition,
  index: number,
  sectorSize: number,
): Buffer {
  const { type = 'windows', name = '', legacyBootable = false } = partition;
  const entry = Buffer.alloc(entrySize);
  entry.set(guidBytes(type in gptTypes ? gptTypes[type as GptType] : type), 0);
  entry.set(guidBytes(`5D0B1AB0-0000-4000-8000-${String(index + 1).padStart(12, '0')}`), 16);
  entry.writeBigUInt64LE(BigInt(start / sectorSize), 32);
  entry.writeBigUInt64LE(BigInt((start + size) / sectorSize - 1), 40);
  if (legacyBootable) entry.writeUInt8(0b100, 48);
  entry.write(name.slice(0, 36), 56, 'utf16le');
  return entry;
}

interface HeaderFields {
  readonly myLba: number;
  readonly alternateLba: number;
  readonly entriesLba: number;
  readonly firstUsable: number;
  readonly lastUsable: number;
  readonly entries: Buffer;
}

function gptHeader(fields: HeaderFields): Buffer {
  const header = Buffer.alloc(92);
  header.write('EFI PART', 0, 'latin1');
  header.writeUInt32LE(0x10000, 8);
  header.writeUInt32LE(92, 12);
  header.writeBigUInt64LE(BigInt(fields.myLba), 24);
  header.writeBigUInt64LE(BigInt(fields.alternateLba), 32);
  header.writeBigUInt64LE(BigInt(fields.firstUsable), 40);
  header.writeBigUInt64LE(BigInt(fields.lastUsable), 48);
  header.set(guidBytes('5D0B1AB0-0000-4000-8000-000000000000'), 56);
  header.writeBigUInt64LE(BigInt(fields.entriesLba), 72);
  header.writeUInt32LE(entryCount, 80);
  header.writeUInt32LE(entrySize, 84);
  header.writeUInt32LE(crc32(fields.entries), 88);
  header.writeUInt32LE(crc32(header), 16);
  return header;
}

function guidBytes(guid: string): Buffer {
  const plain = Buffer.from(guid.replaceAll('-', ''), 'hex');
  if (plain.length !== 16) throw new Error(`${guid} is no GUID`);
  plain.subarray(0, 4).reverse();
  plain.subarray(4, 6).reverse();
  plain.subarray(6, 8).reverse();
  return plain;
}
