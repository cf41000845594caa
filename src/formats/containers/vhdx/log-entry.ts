import { guidLE } from '../../guid.ts';
import { crc32cWithout } from '../crc32c.ts';

/**
 * The header of a log entry ([MS-VHDX] 2.3.1.1); little-endian.
 *
 *   offset size name                  offset size name
 *        0    4 signature 'loge'          24    4 descriptor count
 *        4    4 checksum (CRC-32C)        28    4 reserved
 *        8    4 entry length              32   16 log guid
 *       12    4 tail                      48    8 flushed file offset
 *       16    8 sequence number           56    8 last file offset
 *
 * Descriptors of 32 bytes follow, padded to whole log sectors, then one log sector for each data descriptor.
 */
const header = {
  size: 64,
  checksum: 4,
  entryLength: 8,
  tail: 12,
  sequenceNumber: 16,
  descriptorCount: 24,
  logGuid: 32,
  flushedFileOffset: 48,
  lastFileOffset: 56,
} as const;

/**
 * A descriptor, zero ([MS-VHDX] 2.3.1.2) or data (2.3.1.3).
 *
 *   offset size zero descriptor          data descriptor
 *        0    4 signature 'zero'         signature 'desc'
 *        4    4 reserved                 trailing bytes
 *        8    8 zero length              leading bytes
 *       16    8 file offset              file offset
 *       24    8 sequence number          sequence number
 */
const descriptor = {
  size: 32,
  trailingBytes: 4,
  zeroLength: 8,
  leadingBytes: 8,
  fileOffset: 16,
  sequenceNumber: 24,
} as const;

/**
 * A data sector ([MS-VHDX] 2.3.1.4): its first 8 and last 4 bytes stand in the descriptor instead.
 *
 *   offset size name
 *        0    4 signature 'data'
 *        4    4 sequence number, high half
 *        8 4084 data
 *     4092    4 sequence number, low half
 */
const dataSector = { sequenceHigh: 4, data: 8, sequenceLow: 4092 } as const;

/** The unit in which a log and what it changes are measured. */
export const logSectorSize = 4096;

/** A change to the file: 4 KiB of data, or zeros. */
export interface LogWrite {
  readonly offset: number;
  readonly length: number;
  /** Undefined: zeros. */
  readonly data: Buffer | undefined;
}

export interface LogEntryHeader {
  readonly length: number;
  /** Where in the log the oldest entry lies that must be replayed with this one. */
  readonly tail: number;
  readonly sequenceNumber: bigint;
  readonly descriptorCount: number;
  /** How long the file was, at least, when the entry was written. */
  readonly flushedFileOffset: number;
  /** How long the file must be for everything in it to fit. */
  readonly lastFileOffset: number;
}

/** The header of the log entry whose first sector this is; undefined where none of this log begins. */
export function logEntryHeader(sector: Buffer, guid: string, logLength: number): LogEntryHeader | undefined {
  if (sector.toString('latin1', 0, 4) !== 'loge' || guidLE(sector, header.logGuid) !== guid) return undefined;
  const length = sector.readUInt32LE(header.entryLength);
  const tail = sector.readUInt32LE(header.tail);
  const descriptorCount = sector.readUInt32LE(header.descriptorCount);
  const sequenceNumber = sector.readBigUInt64LE(header.sequenceNumber);
  const aligned = length % logSectorSize === 0 && tail % logSectorSize === 0;
  const fits = length > 0 && length <= logLength && tail < logLength;
  if (!aligned || !fits || descriptorsLength(descriptorCount) > length || sequenceNumber === 0n)
    return undefined;
  const flushedFileOffset = safeNumber(sector, header.flushedFileOffset);
  const lastFileOffset = safeNumber(sector, header.lastFileOffset);
  if (flushedFileOffset === undefined || lastFileOffset === undefined) return undefined;
  return { length, tail, sequenceNumber, descriptorCount, flushedFileOffset, lastFileOffset };
}

/** The changes of a whole entry in order; undefined where a checksum, a signature or a sequence number is wrong. */
export function logEntryWrites(entry: Buffer, head: LogEntryHeader): LogWrite[] | undefined {
  if (crc32cWithout(entry, header.checksum) !== entry.readUInt32LE(header.checksum)) return undefined;
  const writes: LogWrite[] = [];
  let dataAt = descriptorsLength(head.descriptorCount);
  for (let i = 0; i < head.descriptorCount; i++) {
    const at = header.size + i * descriptor.size;
    const bytes = entry.subarray(at, at + descriptor.size);
    if (bytes.readBigUInt64LE(descriptor.sequenceNumber) !== head.sequenceNumber) return undefined;
    const write = logWrite(bytes, entry.subarray(dataAt, dataAt + logSectorSize), head.sequenceNumber);
    if (!write) return undefined;
    if (write.data) dataAt += logSectorSize;
    writes.push(write);
  }
  return writes;
}

function logWrite(bytes: Buffer, sector: Buffer, sequenceNumber: bigint): LogWrite | undefined {
  const offset = safeNumber(bytes, descriptor.fileOffset);
  if (offset === undefined || offset % logSectorSize !== 0) return undefined;
  switch (bytes.toString('latin1', 0, 4)) {
    case 'zero': {
      const length = safeNumber(bytes, descriptor.zeroLength);
      if (length === undefined || length % logSectorSize !== 0) return undefined;
      return { offset, length, data: undefined };
    }
    case 'desc': {
      const data = sectorData(bytes, sector, sequenceNumber);
      return data && { offset, length: logSectorSize, data };
    }
    default:
      return undefined;
  }
}

function sectorData(bytes: Buffer, sector: Buffer, sequenceNumber: bigint): Buffer | undefined {
  if (sector.length < logSectorSize || sector.toString('latin1', 0, 4) !== 'data') return undefined;
  const high = BigInt(sector.readUInt32LE(dataSector.sequenceHigh));
  const low = BigInt(sector.readUInt32LE(dataSector.sequenceLow));
  if (((high << 32n) | low) !== sequenceNumber) return undefined;
  const data = Buffer.from(sector);
  bytes.copy(data, 0, descriptor.leadingBytes, descriptor.leadingBytes + dataSector.data);
  bytes.copy(data, dataSector.sequenceLow, descriptor.trailingBytes, descriptor.trailingBytes + 4);
  return data;
}

/** Header and descriptors together, padded to whole log sectors. */
function descriptorsLength(count: number): number {
  return Math.ceil((header.size + count * descriptor.size) / logSectorSize) * logSectorSize;
}

/** A torn entry may hold any number: unlike elsewhere one too large makes it no entry, and the file no wreck. */
function safeNumber(bytes: Buffer, at: number): number | undefined {
  const number = Number(bytes.readBigUInt64LE(at));
  return Number.isSafeInteger(number) ? number : undefined;
}
