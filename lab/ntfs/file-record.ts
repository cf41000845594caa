import { putFields, roundUp } from './fields.ts';
import { applyFixups, fixupCount } from './fixups.ts';

/** A FILE record's header. */
const FILE_RECORD = {
  magic: [0x00, 4],
  fixupOffset: [0x04, 2],
  fixupCount: [0x06, 2],
  logSequenceNumber: [0x08, 8],
  sequence: [0x10, 2],
  linkCount: [0x12, 2],
  attributesOffset: [0x14, 2],
  flags: [0x16, 2],
  bytesInUse: [0x18, 4],
  bytesAllocated: [0x1c, 4],
  baseRecord: [0x20, 8],
  nextInstance: [0x28, 2],
  recordNumber: [0x2c, 4],
} as const;
const HEADER_SIZE = 0x30;

/** 'FILE' */
const MAGIC = 0x454c_4946;
/** Closes the attributes; four bytes of padding follow. */
const END_MARKER = 0xffff_ffff;
const END_SIZE = 8;

/** A record's number with its sequence number, as other structures point to it. */
export function fileReference(record: number, sequence: number): bigint {
  return (BigInt(sequence) << 48n) | BigInt(record);
}

/** Where a record's first attribute begins. */
export function attributesOffset(recordSize: number): number {
  return roundUp(HEADER_SIZE + fixupCount(recordSize) * 2, 8);
}

/** Bytes that a record has for attributes. */
export function recordCapacity(recordSize: number): number {
  return recordSize - attributesOffset(recordSize) - END_SIZE;
}

export interface FileRecord {
  readonly number: number;
  readonly sequence: number;
  readonly flags: number;
  readonly links: number;
  /** Reference to the base record; 0 in a base record. */
  readonly base: bigint;
  /** Encoded, in order; instance numbers count them from 0. */
  readonly attributes: readonly Buffer[];
}

/** The record's bytes as they lie on the volume. */
export function encodeFileRecord(record: FileRecord, recordSize: number): Buffer {
  const bytes = Buffer.alloc(recordSize);
  const start = attributesOffset(recordSize);
  let end = start;
  for (const attribute of record.attributes) end += attribute.copy(bytes, end);
  bytes.writeUInt32LE(END_MARKER, end);
  putFields(bytes, 0, FILE_RECORD, {
    magic: MAGIC,
    fixupOffset: HEADER_SIZE,
    fixupCount: fixupCount(recordSize),
    sequence: record.sequence,
    linkCount: record.links,
    attributesOffset: start,
    flags: record.flags,
    bytesInUse: end + END_SIZE,
    bytesAllocated: recordSize,
    baseRecord: record.base,
    nextInstance: record.attributes.length,
    recordNumber: record.number,
  });
  return applyFixups(bytes, HEADER_SIZE, 1);
}

/** Makes records that no file uses, by number. */
export function freeFileRecords(recordSize: number): (number: number) => Buffer {
  const free = { number: 0, sequence: 1, flags: 0, links: 0, base: 0n, attributes: [] };
  const template = encodeFileRecord(free, recordSize);
  return (number) => putFields(Buffer.from(template), 0, FILE_RECORD, { recordNumber: number });
}
