import { type ByteRange, type Device, readSafeUInt64LE, type WritableDevice } from '../../device.ts';
import { damaged, FormatError } from '../../errors.ts';
import { encodeGuid, guidLE, zeroGuid } from '../../guid.ts';
import { crc32cWithout } from '../crc32c.ts';
import { readTogether } from '../together.ts';

/**
 * The header ([MS-VHDX] 2.2.2), of which there are two; little-endian.
 *
 *   offset size name                  offset size name
 *        0    4 signature 'head'          64    2 log version
 *        4    4 checksum (CRC-32C)        66    2 version
 *        8    8 sequence number           68    4 log length
 *       16   16 file write guid           72    8 log offset
 *       32   16 data write guid           80 4016 reserved
 *       48   16 log guid
 */
const layout = {
  checksum: 4,
  sequenceNumber: 8,
  fileWriteGuid: 16,
  dataWriteGuid: 32,
  logGuid: 48,
  logVersion: 64,
  version: 66,
  logLength: 68,
  logOffset: 72,
} as const;

const headerSize = 4096;
const headerOffsets = [0x1_0000, 0x2_0000] as const;

export interface VhdxHeader {
  /** Changes with every change of what the disk holds: a child names its parent by it. */
  readonly dataWriteGuid: string;
  /** Undefined where the log is empty. */
  readonly log: VhdxLogPlace | undefined;
  /** Where the log lies, whether it is empty or not; as the header says it. */
  readonly logRange: ByteRange;
  readonly warnings: readonly string[];
}

export interface VhdxLogPlace {
  /** What the entries of this log carry. */
  readonly guid: string;
  /** In the file, in bytes. */
  readonly offset: number;
  readonly length: number;
}

/** The current header: the valid one with the higher sequence number. Throws `FormatError`. */
export function readVhdxHeader(file: Device): VhdxHeader {
  const { current, both } = currentHeader(file);
  return parse(current.bytes, both ? [] : ['one of the two VHDX headers is damaged']);
}

interface StoredHeader {
  readonly offset: number;
  readonly bytes: Buffer;
}

function currentHeader(file: Device): { current: StoredHeader; both: boolean } {
  const places = headerOffsets.filter((offset) => offset + headerSize <= file.size);
  const headers = readTogether(places.map((offset) => ({ device: file, offset, length: headerSize })))
    .map((bytes, i) => ({ bytes, offset: places[i] ?? 0 }))
    .filter(({ bytes }) => isValid(bytes));
  const [first, second] = headers;
  if (!first) throw damaged('neither of the two VHDX headers is valid');
  const later = second && sequenceOf(second.bytes) > sequenceOf(first.bytes);
  return { current: later ? second : first, both: second !== undefined };
}

/** What is to be another one in a header; GUIDs as text. */
export interface VhdxHeaderChanges {
  readonly fileWriteGuid?: string;
  readonly dataWriteGuid?: string;
  readonly logGuid?: string;
}

/** Two updates of a session, twice over for both headers, and none of them may begin again at zero. */
const lastSequenceNumber = 2n ** 64n - 8n;

/**
 * Updates the header ([MS-VHDX] 2.2.2.1): the one that is not current becomes the current one with the changes, under the
 * next sequence number. Throws `FormatError`.
 */
export function updateVhdxHeader(file: WritableDevice, changes: VhdxHeaderChanges): void {
  const { current } = currentHeader(file);
  const bytes = Buffer.from(current.bytes);
  const sequence = sequenceOf(bytes);
  if (sequence > lastSequenceNumber)
    throw new FormatError(
      'unsupported',
      `a VHDX header with the sequence number ${sequence} is not followed`,
    );
  bytes.writeBigUInt64LE(sequence + 1n, layout.sequenceNumber);
  for (const field of ['fileWriteGuid', 'dataWriteGuid', 'logGuid'] as const) {
    const guid = changes[field];
    if (guid !== undefined) encodeGuid(guid).copy(bytes, layout[field]);
  }
  bytes.writeUInt32LE(crc32cWithout(bytes, layout.checksum), layout.checksum);
  const [first, second] = headerOffsets;
  file.write(current.offset === first ? second : first, bytes);
}

function isValid(bytes: Buffer): boolean {
  const signed = bytes.toString('latin1', 0, 4) === 'head';
  return signed && crc32cWithout(bytes, layout.checksum) === bytes.readUInt32LE(layout.checksum);
}

function sequenceOf(bytes: Buffer): bigint {
  return bytes.readBigUInt64LE(layout.sequenceNumber);
}

function parse(bytes: Buffer, warnings: readonly string[]): VhdxHeader {
  const version = bytes.readUInt16LE(layout.version);
  if (version !== 1) throw new FormatError('unsupported', `a VHDX of version ${version}`);
  const guid = guidLE(bytes, layout.logGuid);
  const length = bytes.readUInt32LE(layout.logLength);
  return {
    dataWriteGuid: guidLE(bytes, layout.dataWriteGuid),
    log: guid === zeroGuid ? undefined : logPlace(bytes, guid, length),
    logRange: { offset: Number(bytes.readBigUInt64LE(layout.logOffset)), length },
    warnings,
  };
}

function logPlace(bytes: Buffer, guid: string, length: number): VhdxLogPlace {
  const version = bytes.readUInt16LE(layout.logVersion);
  if (version !== 0) throw new FormatError('unsupported', `a VHDX log of version ${version}`);
  const offset = readSafeUInt64LE(bytes, layout.logOffset, 'the offset of the log');
  return { guid, offset, length };
}
