import { type Device, readSafeUInt64BE } from '../../device.ts';
import { damaged, FormatError } from '../../errors.ts';
import { uuidBE } from '../../guid.ts';

/**
 * The footer (Virtual Hard Disk Image Format Specification 1.0, "Hard Disk Footer Format"); big-endian.
 * Old writers left its last byte away.
 *
 *   offset size name                 offset size name
 *        0    8 cookie 'conectix'        48    8 current size
 *        8    4 features                 56    4 disk geometry
 *       12    4 file format version      60    4 disk type
 *       16    8 data offset              64    4 checksum
 *       24    4 time stamp               68   16 unique id
 *       28   12 creator                  84    1 saved state
 *       40    8 original size            85  427 reserved
 */
const layout = {
  cookie: 0,
  version: 12,
  dataOffset: 16,
  currentSize: 48,
  diskType: 60,
  checksum: 64,
  uniqueId: 68,
  savedState: 84,
} as const;

export const footerSize = 512;
const cookie = 'conectix';

/** The "disk type" field. */
export const diskType = { fixed: 2, dynamic: 3, differencing: 4 } as const;

export interface VhdFooter {
  /** One of `diskType`. */
  readonly diskType: number;
  /** The virtual disk's size in bytes; undefined where it cannot be believed. */
  readonly currentSize: number | undefined;
  /** Where the dynamic header lies in the file; the field as it is, for a fixed disk all ones. */
  readonly dataOffset: bigint;
  readonly uniqueId: string;
  /** The disk belongs to a machine that was saved as it ran, whose memory goes on from it. */
  readonly savedState: boolean;
  /** Where this footer lies in the file. */
  readonly offset: number;
  /** The footer as stored, one of 511 bytes with a zero behind it. */
  readonly bytes: Buffer;
  /** What is odd about it. */
  readonly warnings: readonly string[];
}

/**
 * The footer at the end of the file, or else the copy that a dynamic disk has at its beginning. One with a
 * right checksum comes before one without. Throws `FormatError` (damaged, unsupported).
 */
export function readVhdFooter(file: Device): VhdFooter {
  const last = [file.size - footerSize, file.size - footerSize + 1]
    .filter((offset) => offset >= 0)
    .find((offset) => hasCookie(file, offset));
  const copy = file.size >= footerSize && hasCookie(file, 0) ? 0 : undefined;
  const footers = [last, copy]
    .filter((offset) => offset !== undefined)
    .map((offset) => footerAt(file, offset));
  const chosen = footers.find((footer) => footer.valid) ?? footers[0];
  if (!chosen) throw damaged('the footer is cut short');
  const { bytes, offset, valid } = chosen;
  return parse(bytes, offset, warningsOf(last, offset, valid));
}

function hasCookie(file: Device, offset: number): boolean {
  return file.read(offset, cookie.length).toString('latin1') === cookie;
}

interface FooterBytes {
  readonly offset: number;
  readonly bytes: Buffer;
  readonly valid: boolean;
}

function footerAt(file: Device, offset: number): FooterBytes {
  const bytes = Buffer.alloc(footerSize);
  file.read(offset, Math.min(footerSize, file.size - offset)).copy(bytes);
  return { offset, bytes, valid: hasVhdChecksum(bytes, layout.checksum) };
}

function warningsOf(last: number | undefined, chosen: number, valid: boolean): string[] {
  const warnings: string[] = [];
  if (last === undefined) {
    warnings.push(
      'the footer at the end is missing, its copy at the beginning was used: the file may be cut short',
    );
  } else if (chosen !== last) {
    warnings.push('the footer at the end is damaged, its copy at the beginning was used');
  }
  if (!valid) warnings.push('the footer has a bad checksum');
  return warnings;
}

function parse(bytes: Buffer, offset: number, warnings: readonly string[]): VhdFooter {
  const major = bytes.readUInt16BE(layout.version);
  const trusted = hasVhdChecksum(bytes, layout.checksum);
  if (major !== 1 && trusted) throw new FormatError('unsupported', `a VHD of version ${major}`);
  return {
    diskType: bytes.readUInt32BE(layout.diskType),
    currentSize: trusted
      ? readSafeUInt64BE(bytes, layout.currentSize, 'the size of the disk')
      : safeSize(bytes),
    dataOffset: bytes.readBigUInt64BE(layout.dataOffset),
    uniqueId: uuidBE(bytes, layout.uniqueId),
    savedState: bytes.readUInt8(layout.savedState) !== 0,
    offset,
    bytes,
    warnings,
  };
}

/** The size in a footer with a bad checksum, which may be any number. */
function safeSize(bytes: Buffer): number | undefined {
  const size = bytes.readBigUInt64BE(layout.currentSize);
  return size <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(size) : undefined;
}

/**
 * Whether a footer or dynamic header has the checksum that it should: the complement of the sum of its
 * bytes, those of the checksum itself left out.
 */
export function hasVhdChecksum(bytes: Buffer, field: number): boolean {
  let sum = 0;
  for (const [i, byte] of bytes.entries()) if (i < field || i >= field + 4) sum += byte;
  return ~sum >>> 0 === bytes.readUInt32BE(field);
}
