/**
 * Where the fields of a hive's structures lie, in bytes from the structure's start; little-endian.
 * Names and offsets follow the regf format as the real hives have it.
 */

export const baseBlock = {
  size: 4096,
  /** The part that the checksum covers is all before it. */
  checksum: 508,
  signature: 0,
  primarySequence: 4,
  secondarySequence: 8,
  lastWritten: 12,
  majorVersion: 20,
  minorVersion: 24,
  fileType: 28,
  fileFormat: 32,
  rootCell: 36,
  binsSize: 40,
  clusteringFactor: 44,
  fileName: 48,
  fileNameLength: 64,
} as const;

/** What `fileType` says. */
export const fileType = { primary: 0, log: 1, newLog: 6 } as const;

export const bin = { headerSize: 32, unit: 4096, signature: 0, offset: 4, size: 8, lastWritten: 20 } as const;

export const keyNode = {
  signature: 0,
  flags: 2,
  lastWritten: 4,
  parent: 16,
  subkeyCount: 20,
  volatileSubkeyCount: 24,
  subkeyList: 28,
  volatileSubkeyList: 32,
  valueCount: 36,
  valueList: 40,
  security: 44,
  className: 48,
  longestSubkeyName: 52,
  longestSubkeyClass: 56,
  longestValueName: 60,
  longestValueData: 64,
  nameLength: 72,
  classLength: 74,
  name: 76,
} as const;

export const keyFlags = {
  hiveEntry: 0x04,
  noDelete: 0x08,
  symbolicLink: 0x10,
  compressedName: 0x20,
} as const;

export const keyValue = {
  signature: 0,
  nameLength: 2,
  dataLength: 4,
  data: 8,
  type: 12,
  flags: 16,
  name: 20,
} as const;

/** `keyValue.flags`: the name is Latin-1. */
export const compressedValueName = 1;

/** `keyValue.dataLength`: the data lies in the `data` field itself. */
export const residentData = 0x8000_0000;

export const keySecurity = {
  signature: 0,
  next: 4,
  previous: 8,
  references: 12,
  length: 16,
  descriptor: 20,
} as const;

/** `lf`, `lh`, `li`, `ri`: signature, count, then the entries. */
export const subkeyList = { signature: 0, count: 2, entries: 4 } as const;

export const bigData = { signature: 0, segmentCount: 2, segmentList: 4, size: 8 } as const;

/** The most bytes that a value has in one cell, and that a segment of big data has. */
export const segmentSize = 16_344;

/** No cell. */
export const nowhere = 0xffff_ffff;

/** A log's own base block is this short; its first entry, or its bitmap, follows. */
export const logBaseBlockSize = 512;

/** An entry of a log of the new kind (Windows 8.1 on), then its page references, then the pages. */
export const logEntry = {
  signature: 0,
  size: 4,
  flags: 8,
  sequence: 12,
  binsSize: 16,
  pageCount: 20,
  /** Over all from the page references on. */
  dataHash: 24,
  /** Over the 32 bytes before it. */
  headerHash: 32,
  references: 40,
} as const;

/** A page reference: where the pages lie in the bins, and their length, in bytes. */
export const pageReference = { size: 8, offset: 0, length: 4 } as const;

/** A log of the old kind: `DIRT`, a bit for each 512 bytes of the bins, then those pages. */
export const dirtyVector = { signature: logBaseBlockSize, bitmap: logBaseBlockSize + 4, page: 512 } as const;
