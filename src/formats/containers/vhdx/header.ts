import { type Device, readSafeUInt64LE } from '../../device.ts';
import { damaged, FormatError } from '../../errors.ts';
import { guidLE, zeroGuid } from '../../guid.ts';
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
  dataWriteGuid: 32,
  logGuid: 48,
  logVersion: 64,
  version: 66,
  logLength: 68,
  logOffset: 72,
} as const;

const headerSize = 4096;
const headerOffsets = [0x1_0000, 0x2_0000];

export interface VhdxHeader {
  /** Changes with every change of what the disk holds: a child names its parent by it. */
  readonly dataWriteGuid: string;
  /** Undefined where the log is empty. */
  readonly log: VhdxLogPlace | undefined;
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
  const places = headerOffsets.filter((offset) => offset + headerSize <= file.size);
  const headers = readTogether(places.map((offset) => ({ device: file, offset, length: headerSize }))).filter(
    isValid,
  );
  const [first, second] = headers;
  if (!first) throw damaged('neither of the two VHDX headers is valid');
  const current = second && sequenceOf(second) > sequenceOf(first) ? second : first;
  const warnings = second ? [] : ['one of the two VHDX headers is damaged'];
  return parse(current, warnings);
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
  const dataWriteGuid = guidLE(bytes, layout.dataWriteGuid);
  return { dataWriteGuid, log: guid === zeroGuid ? undefined : logPlace(bytes, guid), warnings };
}

function logPlace(bytes: Buffer, guid: string): VhdxLogPlace {
  const version = bytes.readUInt16LE(layout.logVersion);
  if (version !== 0) throw new FormatError('unsupported', `a VHDX log of version ${version}`);
  const offset = readSafeUInt64LE(bytes, layout.logOffset, 'the offset of the log');
  return { guid, offset, length: bytes.readUInt32LE(layout.logLength) };
}
