import type { Device } from '../device.ts';
import { damaged, FormatError } from '../errors.ts';
import { withoutFixups } from './fixups.ts';
import type { VolumeState } from './types.ts';

/*
 * $LogFile begins with two restart pages, of which the newer counts. A restart page (RSTR; CHKD once
 * chkdsk has been over it), and the restart area in it:
 *
 *   offset size                                   offset size
 *   0x08      8  last LSN, if CHKD                0x00      8  current LSN
 *   0x10      4  system page size                 0x0C      2  first client in use; 0xFFFF for none
 *   0x18      2  offset of the restart area       0x0E      2  flags; 2: the volume is clean
 *   0x1C      2  major version
 */
const CHKDSK_LSN = 0x08;
const SYSTEM_PAGE_SIZE = 0x10;
const RESTART_AREA = 0x18;
const MAJOR_VERSION = 0x1c;
const CURRENT_LSN = 0x00;
const CLIENT_IN_USE = 0x0c;
const FLAGS = 0x0e;
const RESTART_AREA_SIZE = 0x10;

const NO_CLIENT = 0xffff;
const VOLUME_IS_CLEAN = 0x0002;
/** Windows 8 and later write version 2 while a volume is mounted. */
const MOUNTED_MAJOR_VERSION = 2;

const PAGE_SIZES = [4096, 512, 1024, 2048, 8192, 16384, 32768, 65536];
const HEAD_SIZE = 128 * 1024;

interface RestartPage {
  readonly lsn: bigint;
  readonly isClean: boolean;
}

/**
 * How the journal was left, by its restart pages alone. A log that was not closed is `unclean` even if it
 * holds nothing to replay, and so is one of version 2: Windows keeps metadata in memory while it writes that.
 */
export function journalState(log: Device): VolumeState['journal'] {
  const head = log.read(0, Math.min(HEAD_SIZE, log.size));
  if (head.length > 0 && head.equals(Buffer.alloc(head.length, 0xff))) return 'empty';
  const pages = restartPages(head).sort((a, b) => (a.lsn < b.lsn ? 1 : -1));
  const newest = pages[0];
  if (newest === undefined) return 'unreadable';
  return newest.isClean ? 'clean' : 'unclean';
}

/** The first restart page lies at 0; the second one page in, which where the first is bad has to be sought. */
function restartPages(head: Buffer): RestartPage[] {
  const first = restartPageAt(head, 0);
  const places = first === undefined ? PAGE_SIZES : [first.size];
  const second = places.map((at) => restartPageAt(head, at)).find((page) => page?.size !== undefined);
  return [first, second].flatMap((page) => (page === undefined ? [] : [page.page]));
}

function restartPageAt(
  head: Buffer,
  at: number,
): { readonly size: number; readonly page: RestartPage } | undefined {
  if (at + 0x20 > head.length) return undefined;
  const size = head.readUInt32LE(at + SYSTEM_PAGE_SIZE);
  if (!PAGE_SIZES.includes(size) || (at !== 0 && at !== size) || at + size > head.length) return undefined;
  try {
    return { size, page: parseRestartPage(head.subarray(at, at + size)) };
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

function parseRestartPage(bytes: Buffer): RestartPage {
  if (bytes.toString('latin1', 0, 4) === 'CHKD') {
    return { lsn: bytes.readBigInt64LE(CHKDSK_LSN), isClean: true };
  }
  const page = withoutFixups(bytes, 'RSTR', 'restart page');
  const start = page.readUInt16LE(RESTART_AREA);
  if (start + RESTART_AREA_SIZE > page.length) throw damaged('restart page without its restart area');
  const area = page.subarray(start);
  const isClosed =
    area.readUInt16LE(CLIENT_IN_USE) === NO_CLIENT || (area.readUInt16LE(FLAGS) & VOLUME_IS_CLEAN) !== 0;
  return {
    lsn: area.readBigInt64LE(CURRENT_LSN),
    isClean: isClosed && page.readInt16LE(MAJOR_VERSION) < MOUNTED_MAJOR_VERSION,
  };
}
