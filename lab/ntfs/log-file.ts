import { putFields, utf16 } from './fields.ts';
import { applyFixups, fixupCount } from './fixups.ts';

const PAGE_SIZE = 4096;

/** A restart page's header. */
const RESTART_PAGE = {
  magic: [0x00, 4],
  fixupOffset: [0x04, 2],
  fixupCount: [0x06, 2],
  checkDiskLsn: [0x08, 8],
  systemPageSize: [0x10, 4],
  logPageSize: [0x14, 4],
  restartAreaOffset: [0x18, 2],
  minorVersion: [0x1a, 2],
  majorVersion: [0x1c, 2],
} as const;
/** 'RSTR' */
const MAGIC = 0x5254_5352;
const FIXUP_OFFSET = 0x1e;
const RESTART_AREA_OFFSET = 0x30;

/** Where the log stands; offsets count from the area's start. */
const RESTART_AREA = {
  currentLsn: [0x00, 8],
  logClients: [0x08, 2],
  clientFreeList: [0x0a, 2],
  clientInUseList: [0x0c, 2],
  flags: [0x0e, 2],
  sequenceNumberBits: [0x10, 4],
  areaLength: [0x14, 2],
  clientArrayOffset: [0x16, 2],
  fileSize: [0x18, 8],
  lastLsnDataLength: [0x20, 4],
  recordHeaderLength: [0x24, 2],
  pageDataOffset: [0x26, 2],
  openCount: [0x28, 4],
} as const;
const CLIENT_ARRAY_OFFSET = 0x40;
const VOLUME_IS_CLEAN = 0x0002;
const NO_CLIENT = 0xffff;
const RECORD_HEADER_LENGTH = 0x30;
const PAGE_DATA_OFFSET = 0x40;

/** The log's one client, NTFS itself. */
const CLIENT = {
  oldestLsn: [0x00, 8],
  restartLsn: [0x08, 8],
  previousClient: [0x10, 2],
  nextClient: [0x12, 2],
  nameLength: [0x1c, 4],
} as const;
const CLIENT_NAME_OFFSET = 0x20;
const CLIENT_SIZE = 0xa0;
const CLIENT_NAME = 'NTFS';

export interface Journal {
  readonly state: 'empty' | 'clean' | 'unclean';
  readonly version: '1.1' | '2.0';
  /** Bytes of $LogFile. */
  readonly size: number;
}

/** The contents of $LogFile: two restart pages, if it has any, and no records. */
export function encodeLogFile(journal: Journal): Buffer {
  const bytes = Buffer.alloc(journal.size, 0xff);
  if (journal.state === 'empty') return bytes;
  const page = encodeRestartPage(journal);
  page.copy(bytes, 0);
  page.copy(bytes, PAGE_SIZE);
  return bytes;
}

function encodeRestartPage(journal: Journal): Buffer {
  const bytes = Buffer.alloc(PAGE_SIZE);
  const [major = 1, minor = 1] = journal.version.split('.').map(Number);
  putFields(bytes, 0, RESTART_PAGE, {
    magic: MAGIC,
    fixupOffset: FIXUP_OFFSET,
    fixupCount: fixupCount(PAGE_SIZE),
    systemPageSize: PAGE_SIZE,
    logPageSize: PAGE_SIZE,
    restartAreaOffset: RESTART_AREA_OFFSET,
    minorVersion: minor,
    majorVersion: major,
  });
  putRestartArea(bytes, journal);
  putClient(bytes, firstLsn(journal.size));
  return applyFixups(bytes, FIXUP_OFFSET, 1);
}

function putRestartArea(page: Buffer, journal: Journal): void {
  putFields(page, RESTART_AREA_OFFSET, RESTART_AREA, {
    currentLsn: firstLsn(journal.size),
    logClients: 1,
    clientFreeList: NO_CLIENT,
    clientInUseList: 0,
    flags: journal.state === 'clean' ? VOLUME_IS_CLEAN : 0,
    sequenceNumberBits: sequenceNumberBits(journal.size),
    areaLength: CLIENT_ARRAY_OFFSET + CLIENT_SIZE,
    clientArrayOffset: CLIENT_ARRAY_OFFSET,
    fileSize: journal.size,
    recordHeaderLength: RECORD_HEADER_LENGTH,
    pageDataOffset: PAGE_DATA_OFFSET,
    openCount: 1,
  });
}

function putClient(page: Buffer, lsn: bigint): void {
  const at = RESTART_AREA_OFFSET + CLIENT_ARRAY_OFFSET;
  putFields(page, at, CLIENT, {
    oldestLsn: lsn,
    restartLsn: lsn,
    previousClient: NO_CLIENT,
    nextClient: NO_CLIENT,
    nameLength: CLIENT_NAME.length * 2,
  });
  utf16(CLIENT_NAME).copy(page, at + CLIENT_NAME_OFFSET);
}

/** Of an LSN's 64 bits, those above the offset into the file, which counts eight bytes each. */
function sequenceNumberBits(fileSize: number): number {
  return 67 - (Math.floor(Math.log2(fileSize)) + 1);
}

/** Sequence number 1, at the first byte after the pages that restart and buffer. */
function firstLsn(fileSize: number): bigint {
  const offset = BigInt((4 * PAGE_SIZE + PAGE_DATA_OFFSET) / 8);
  return (1n << BigInt(64 - sequenceNumberBits(fileSize))) | offset;
}
