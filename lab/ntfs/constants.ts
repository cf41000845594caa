/** Attribute types, by the names that $AttrDef gives them. */
export const ATTRIBUTE = {
  STANDARD_INFORMATION: 0x10,
  ATTRIBUTE_LIST: 0x20,
  FILE_NAME: 0x30,
  OBJECT_ID: 0x40,
  SECURITY_DESCRIPTOR: 0x50,
  VOLUME_NAME: 0x60,
  VOLUME_INFORMATION: 0x70,
  DATA: 0x80,
  INDEX_ROOT: 0x90,
  INDEX_ALLOCATION: 0xa0,
  BITMAP: 0xb0,
  REPARSE_POINT: 0xc0,
} as const;

/** Flags in an attribute's header. */
export const STREAM_FLAG = { COMPRESSED: 0x0001, ENCRYPTED: 0x4000, SPARSE: 0x8000 } as const;

/** Flags in a file record's header. */
export const RECORD_FLAG = { IN_USE: 1, DIRECTORY: 2, EXTEND: 4, VIEW_INDEX: 8 } as const;

/** FILE_ATTRIBUTE_* bits, and the two that only $FILE_NAME and $STANDARD_INFORMATION know. */
export const FILE_ATTRIBUTE = {
  HIDDEN: 0x2,
  SYSTEM: 0x4,
  ARCHIVE: 0x20,
  SPARSE_FILE: 0x200,
  REPARSE_POINT: 0x400,
  COMPRESSED: 0x800,
  ENCRYPTED: 0x4000,
  HAS_NAME_INDEX: 0x1000_0000,
  HAS_VIEW_INDEX: 0x2000_0000,
} as const;

/** How an index sorts its keys. */
export const COLLATION = {
  FILE_NAME: 0x01,
  ULONG: 0x10,
  SID: 0x11,
  SECURITY_HASH: 0x12,
  ULONGS: 0x13,
} as const;

/** The numbers of the files that every volume has. */
export const SYSTEM_RECORD = {
  MFT: 0,
  MFT_MIRROR: 1,
  LOG_FILE: 2,
  VOLUME: 3,
  ATTRIBUTE_DEFINITIONS: 4,
  ROOT: 5,
  BITMAP: 6,
  BOOT: 7,
  BAD_CLUSTERS: 8,
  SECURE: 9,
  UP_CASE: 10,
  EXTEND: 11,
  QUOTA: 24,
  OBJECT_IDS: 25,
  REPARSE: 26,
} as const;

/** Records in use without a file: 12 to 15. */
export const RESERVED_RECORDS: readonly number[] = [12, 13, 14, 15];

/** Records kept for the run list of a fragmented $MFT: 16 to 23. */
export const MFT_EXTENSION_RECORDS: readonly number[] = [16, 17, 18, 19, 20, 21, 22, 23];

/** The first record that an ordinary file takes. */
export const FIRST_USER_RECORD = 64;

/** Fixups protect each 512 bytes of a structure, whatever the sector size is. */
export const FIXUP_STRIDE = 512;

/** Bytes of an index block. */
export const INDEX_BLOCK_SIZE = 4096;

/** Clusters of a compression unit, as a power of two and as a number. */
export const COMPRESSION_UNIT = { shift: 4, clusters: 16 } as const;

/** Bytes of $Boot. */
export const BOOT_SIZE = 8192;
