import { setSequences } from './base-block.ts';
import { roundUp } from './cells.ts';
import {
  baseBlock,
  bin,
  dirtyVector,
  fileType,
  logBaseBlockSize,
  logEntry,
  pageReference,
} from './layout.ts';
import { logHash } from './marvin32.ts';
import { changedPages, type PageRun, pageRuns } from './pages.ts';

/** How the logs of a dirty hive are written, beyond their style; for the new style alone. */
export interface DirtyOptions {
  /** How many entries the change is spread over, if it has as many pages; 4 unless told. */
  entries?: number;
  /** Whether the later half of the entries lies in the other log; so unless told. */
  bothLogs?: boolean;
  /** The log in which the earlier entries lie; 1 unless told. */
  earlierLog?: 1 | 2;
  /** The first entry's sequence number; a little above the hive's unless told. */
  firstSequence?: number;
}

/** A hive that was cut off while it was being written, with its logs. */
export interface DirtyHive {
  /** Still `before`, but marked dirty by its sequence numbers. */
  readonly primary: Buffer;
  readonly log1: Buffer;
  readonly log2: Buffer | undefined;
}

/**
 * A dirty hive whose replayed logs give the bins of `after`: style `new` with HvLE entries (Windows 8.1 on),
 * `old` with one dirty bitmap. Entries of the new style overtake one another, so that one that is left out,
 * repeated or taken out of order leaves its mark, and an older entry lies stale behind the last one.
 * Throws `Error` for hives that no log can lead from one to the other.
 */
export function makeDirty(
  before: Buffer,
  after: Buffer,
  style: 'new' | 'old',
  options: DirtyOptions = {},
): DirtyHive {
  if (before.readUInt32LE(baseBlock.rootCell) !== after.readUInt32LE(baseBlock.rootCell)) {
    throw new Error('the two hives have their roots in different places');
  }
  if (after.length < before.length) throw new Error('a hive does not shrink: give minimumBinsSize');
  const primary = Buffer.from(before);
  const clean = before.readUInt32LE(baseBlock.secondarySequence);
  setSequences(primary, [clean + 1, clean]);
  if (style === 'old') return { primary, log1: oldLog(before, after, clean + 1), log2: undefined };
  return { primary, ...newLogs(before, after, { firstSequence: clean + 8, ...options }) };
}

function newLogs(
  before: Buffer,
  after: Buffer,
  options: DirtyOptions & { firstSequence: number },
): Pick<DirtyHive, 'log1' | 'log2'> {
  const entries = makeEntries(before, after, options);
  const half = (options.bothLogs ?? true) ? Math.ceil(entries.length / 2) : entries.length;
  const stale = makeEntry(options.firstSequence - 3, binsOf(after).length, [
    { offset: 0, bytes: Buffer.alloc(bin.unit, 0xee) },
  ]);
  const earlier = newLog(before, entries.slice(0, half), stale);
  const later = half < entries.length ? newLog(before, entries.slice(half), stale) : undefined;
  if ((options.earlierLog ?? 1) === 1 || !later) return { log1: earlier, log2: later };
  return { log1: later, log2: earlier };
}

/** Each entry has its share of the changed pages, and the next one's first page as it was before. */
function makeEntries(
  before: Buffer,
  after: Buffer,
  { entries = 4, firstSequence }: DirtyOptions & { firstSequence: number },
): Buffer[] {
  const old = binsOf(before);
  const fresh = binsOf(after);
  const shares = sharesOf(changedPages(old, fresh, bin.unit), entries);
  return shares.map((share, index) => {
    const overtaken = shares[index + 1]?.[0];
    const pages = share.map((number) => [number, pageOf(fresh, number)] as const);
    if (overtaken !== undefined && (overtaken + 1) * bin.unit <= old.length) {
      pages.push([overtaken, pageOf(old, overtaken)]);
    }
    const runs = pageRuns(pages);
    const end = Math.max(...runs.map((run) => run.offset + run.bytes.length));
    return makeEntry(firstSequence + index, end > old.length ? fresh.length : old.length, runs);
  });
}

/** As even shares as can be; a change of no page at all is one share of the first page. */
function sharesOf(pages: readonly number[], count: number): number[][] {
  const all = pages.length === 0 ? [0] : pages;
  const most = Math.ceil(all.length / Math.min(count, all.length));
  const shares: number[][] = [];
  for (let from = 0; from < all.length; from += most) shares.push(all.slice(from, from + most));
  return shares;
}

/** An entry with its hashes, padded to a multiple of 512 bytes. */
function makeEntry(sequence: number, binsSize: number, runs: readonly PageRun[]): Buffer {
  const pagesAt = logEntry.references + runs.length * pageReference.size;
  const entry = Buffer.alloc(roundUp(pagesAt + sum(runs.map((run) => run.bytes.length)), 512));
  entry.write('HvLE', logEntry.signature, 'latin1');
  entry.writeUInt32LE(entry.length, logEntry.size);
  entry.writeUInt32LE(1, logEntry.flags);
  entry.writeUInt32LE(sequence, logEntry.sequence);
  entry.writeUInt32LE(binsSize, logEntry.binsSize);
  entry.writeUInt32LE(runs.length, logEntry.pageCount);
  let at = pagesAt;
  for (const [index, run] of runs.entries()) {
    const reference = logEntry.references + index * pageReference.size;
    entry.writeUInt32LE(run.offset, reference + pageReference.offset);
    entry.writeUInt32LE(run.bytes.length, reference + pageReference.length);
    at += run.bytes.copy(entry, at);
  }
  entry.writeBigUInt64LE(logHash(entry.subarray(logEntry.references)), logEntry.dataHash);
  entry.writeBigUInt64LE(logHash(entry.subarray(0, logEntry.headerHash)), logEntry.headerHash);
  return entry;
}

function newLog(before: Buffer, entries: readonly Buffer[], stale: Buffer): Buffer {
  const sequence = entries[0]?.readUInt32LE(logEntry.sequence) ?? 0;
  return Buffer.concat([logBaseBlock(before, fileType.newLog, sequence), ...entries, stale]);
}

function oldLog(before: Buffer, after: Buffer, sequence: number): Buffer {
  const bins = binsOf(after);
  const pages = changedPages(binsOf(before), bins, dirtyVector.page);
  const bitmap = Buffer.alloc(bins.length / dirtyVector.page / 8);
  for (const page of pages) bitmap[page >> 3] = (bitmap[page >> 3] ?? 0) | (1 << (page & 7));
  const vector = Buffer.concat([Buffer.from('DIRT', 'latin1'), bitmap]);
  const padding = Buffer.alloc(roundUp(vector.length, dirtyVector.page) - vector.length);
  const data = pages.map((page) => bins.subarray(page * dirtyVector.page, (page + 1) * dirtyVector.page));
  return Buffer.concat([logBaseBlock(after, fileType.log, sequence), vector, padding, ...data]);
}

/** The hive's own base block, shortened, with the log's type and its sequence number twice. */
function logBaseBlock(hive: Buffer, type: number, sequence: number): Buffer {
  const block = Buffer.from(hive.subarray(0, logBaseBlockSize));
  block.writeUInt32LE(type, baseBlock.fileType);
  setSequences(block, [sequence, sequence]);
  return block;
}

function binsOf(hive: Buffer): Buffer {
  return hive.subarray(baseBlock.size);
}

function pageOf(bins: Buffer, number: number): Buffer {
  return bins.subarray(number * bin.unit, (number + 1) * bin.unit);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
