/**
 * The structures of a hive and its logs, all little-endian: offset of each field, as the "Windows
 * registry file format specification" (M. Suhanov, CC BY 4.0) numbers them. Fields are 32 bits
 * where nothing else is said.
 */

/** Start of the primary file and, with another type, of each log. */
export const baseBlock = {
  /** Of the whole block in a primary file; the bins begin behind it. */
  size: 4096,
  /** The part that the checksum covers and that a log keeps a copy of. */
  copiedSize: 512,
  /** ASCII 'regf'. */
  signature: 0,
  primarySequence: 4,
  secondarySequence: 8,
  /** 64-bit FILETIME. */
  lastWritten: 12,
  majorVersion: 20,
  minorVersion: 24,
  fileType: 28,
  fileFormat: 32,
  rootCell: 36,
  binsSize: 40,
  /** From Windows Vista on; each log entry has a copy. */
  flags: 144,
  checksum: 508,
} as const;

/** `baseBlock.fileType`. */
export const fileType = { primary: 0, oldLog: 1, veryOldLog: 2, newLog: 6 } as const;

/** `baseBlock.fileFormat`: the only one there is. */
export const directMemoryLoad = 1;

/** Start of each bin; bins follow each other without gaps, their sizes are multiples of 4096. */
export const bin = {
  headerSize: 32,
  alignment: 4096,
  /** ASCII 'hbin'. */
  signature: 0,
  /** Of this bin from the start of the bins. */
  offset: 4,
  size: 8,
  /** 64-bit FILETIME; only the first bin's means something: the base block's `lastWritten`. */
  timestamp: 20,
} as const;

/** A cell: its size (negative = in use, the size field counted), then what it holds. */
export const cell = { headerSize: 4, alignment: 8, none: 0xffff_ffff } as const;

/** The first two bytes of a cell's content, as a 16-bit word. */
export const cellSignature = { nk: 0x6b6e, vk: 0x6b76, sk: 0x6b73, db: 0x6264 } as const;

/** Key node; offsets from here on count from the cell's content, behind its size. */
export const keyNode = {
  /** ASCII 'nk'. */
  signature: 0,
  /** 16 bits. */
  flags: 2,
  /** 64-bit FILETIME. */
  lastWritten: 4,
  parent: 16,
  subkeyCount: 20,
  /** Of no meaning in a file. */
  volatileSubkeyCount: 24,
  subkeyList: 28,
  /** Of no meaning in a file. */
  volatileSubkeyList: 32,
  valueCount: 36,
  valueList: 40,
  security: 44,
  className: 48,
  /** 16 bits; in bytes of UTF-16, as the three after it are counted too. Other flags share the word. */
  largestSubkeyName: 52,
  largestSubkeyClass: 56,
  largestValueName: 60,
  largestValueData: 64,
  /** 16 bits; in bytes. */
  nameLength: 72,
  /** 16 bits; in bytes. */
  classNameLength: 74,
  name: 76,
} as const;

/** `keyNode.flags`. */
export const keyFlag = {
  noDelete: 0x8,
  symbolicLink: 0x10,
  compressedName: 0x20,
  predefinedHandle: 0x40,
} as const;

/** In the word at `keyNode.largestSubkeyName`, from Windows Vista on: what registry virtualization does here. */
export const virtualization = { mask: 0xf_0000, inherited: 0x8_0000 } as const;

/** Lists of subkeys: 'li', 'lf' and 'lh' of key nodes, 'ri' of such lists. */
export const subkeyList = {
  signature: 0,
  /** 16 bits. */
  count: 2,
  elements: 4,
} as const;

/** Key value. */
export const keyValue = {
  /** ASCII 'vk'. */
  signature: 0,
  /** 16 bits; in bytes; 0 = the default value. */
  nameLength: 2,
  /** Highest bit: the data lies in the next field itself, at most 4 bytes of it. */
  dataSize: 4,
  data: 8,
  type: 12,
  /** 16 bits. */
  flags: 16,
  name: 20,
} as const;

/** `keyValue.flags`. */
export const valueFlag = { compressedName: 0x1 } as const;

/** Big data: value data in segments; from hives of version 1.4 on. */
export const bigData = {
  /** ASCII 'db'. */
  signature: 0,
  /** 16 bits. */
  segmentCount: 2,
  segmentList: 4,
  headerSize: 8,
  /** In bytes, of every segment but the last; data of more than this is stored as big data. */
  segmentSize: 16344,
  firstMinorVersion: 4,
} as const;

/** Key security. */
export const keySecurity = {
  /** ASCII 'sk'. */
  signature: 0,
  /** Of the next one in the ring that all of a hive form. */
  next: 4,
  previous: 8,
  /** Of key nodes that name it. */
  referenceCount: 12,
  descriptorSize: 16,
  descriptor: 20,
} as const;

/** What both kinds of log count in. */
export const sectorSize = 512;

/** Old log, behind its base block: 'DIRT', one bit a sector of the bins, then the sectors set. */
export const dirtyVector = { signature: 512, bitmap: 516 } as const;

/** New log, behind its base block: entries one after another, each a multiple of 512 bytes. */
export const logEntry = {
  /** ASCII 'HvLE'. */
  signature: 0,
  /** Of the whole entry, in bytes. */
  size: 4,
  /** Copy of `baseBlock.flags`. */
  flags: 8,
  sequence: 12,
  binsSize: 16,
  pageCount: 20,
  /** Marvin32, 64 bits, of everything behind the header. */
  hash1: 24,
  /** Marvin32, 64 bits, of the 32 bytes before it. */
  hash2: 32,
  /** Page references: offset in the bins and size, 32 bits each; behind them the pages themselves. */
  pageReferences: 40,
} as const;

/** The largest hive that cell offsets can address: their highest bit marks volatile storage. */
export const largestBinsSize = 0x8000_0000;
