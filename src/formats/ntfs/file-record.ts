import { damaged } from '../errors.ts';
import { type Attribute, parseAttributes } from './attribute.ts';
import { withoutFixups } from './fixups.ts';

/*
 * A file record (FILE):
 *
 *   offset size
 *   0x10      2  sequence number: how often the record has been reused
 *   0x14      2  offset of the first attribute
 *   0x16      2  flags
 *   0x18      4  bytes in use
 *   0x20      8  reference to the base record, for an extension record; else 0
 *
 * A reference is a record number in 48 bits and that record's sequence number in 16.
 */
const SEQUENCE_NUMBER = 0x10;
const FIRST_ATTRIBUTE = 0x14;
const FLAGS = 0x16;
const BYTES_IN_USE = 0x18;
const BASE_RECORD = 0x20;
const HEADER_SIZE = 0x30;

const IN_USE = 0x0001;
const IS_DIRECTORY = 0x0002;

/** A record of the MFT, taken apart. */
export interface FileRecord {
  readonly number: number;
  readonly sequenceNumber: number;
  readonly inUse: boolean;
  readonly isDirectory: boolean;
  /** The file's own record, where this one only extends it. */
  readonly base: FileReference | undefined;
  readonly attributes: readonly Attribute[];
}

/** A record number with the sequence number that the record must have. */
export interface FileReference {
  readonly recordNumber: number;
  /** 0 where any will do. */
  readonly sequenceNumber: number;
}

/** A file record from its bytes on disk. Throws `FormatError` (damaged). */
export function parseFileRecord(bytes: Buffer, number: number): FileRecord {
  const what = `file record ${number}`;
  const record = withoutFixups(bytes, 'FILE', what);
  const used = record.readUInt32LE(BYTES_IN_USE);
  if (used < HEADER_SIZE || used > record.length) throw damaged(`${what} claims to use ${used} bytes`);
  const flags = record.readUInt16LE(FLAGS);
  const inUse = (flags & IN_USE) !== 0;
  const start = record.readUInt16LE(FIRST_ATTRIBUTE);
  return {
    number,
    sequenceNumber: record.readUInt16LE(SEQUENCE_NUMBER),
    inUse,
    isDirectory: (flags & IS_DIRECTORY) !== 0,
    base: record.readBigUInt64LE(BASE_RECORD) === 0n ? undefined : readReference(record, BASE_RECORD),
    attributes: inUse ? parseAttributes(record.subarray(0, used), start, what) : [],
  };
}

/** The reference at `at`. */
export function readReference(bytes: Buffer, at: number): FileReference {
  return { recordNumber: bytes.readUIntLE(at, 6), sequenceNumber: bytes.readUInt16LE(at + 6) };
}
