import type { Device } from '../../device.ts';
import { damaged, FormatError } from '../../errors.ts';
import { requireInFile } from '../tables.ts';
import type { VhdxLogPlace } from './header.ts';
import {
  type LogEntryHeader,
  type LogWrite,
  logEntryHeader,
  logEntryWrites,
  logSectorSize,
} from './log-entry.ts';

/** Writers make logs of 1 MiB; one many times that is not read whole into memory. */
const longestLog = 32 * 1024 * 1024;
/** Overlapping entries of a hostile log could be summed over and over: no more than this many logs' worth. */
const mostPasses = 4;
/** Twice what a log of 1 MiB can hold. */
const mostWrites = 65_536;

/** What the log holds that the file may not hold yet. */
export interface VhdxLogSequence {
  /** In order: a later one overrides an earlier one. */
  readonly writes: readonly LogWrite[];
  readonly flushedFileOffset: number;
  readonly lastFileOffset: number;
}

interface Entry extends LogEntryHeader {
  readonly at: number;
  readonly writes: readonly LogWrite[];
}

/**
 * The active sequence of the log ([MS-VHDX] 2.3.2, 2.3.3): of all runs of valid entries with rising sequence
 * numbers, whose newest entry's tail lies in the run, the one that ends in the highest number, from that tail
 * on. Undefined for a log without one. Throws `FormatError`.
 */
export function readVhdxLog(file: Device, place: VhdxLogPlace): VhdxLogSequence | undefined {
  const { length } = place;
  if (length === 0 || length % logSectorSize !== 0) throw damaged(`a log length of ${length} bytes`);
  if (length > longestLog)
    throw new FormatError('unsupported', `a log of ${length} bytes, longer than any known`);
  requireInFile(file, place.offset, length, 'the log');
  const newest = activeSequence(entryReader(file.read(place.offset, length), place.guid), length);
  const head = newest.at(-1);
  if (!head) return undefined;
  const writes = newest.flatMap((entry) => entry.writes);
  if (writes.length > mostWrites) throw damaged(`the log holds ${writes.length} changes`);
  return { writes, flushedFileOffset: head.flushedFileOffset, lastFileOffset: head.lastFileOffset };
}

/** Answers the entry at an offset of the log, each looked at once. */
function entryReader(log: Buffer, guid: string): (at: number) => Entry | undefined {
  const known = new Map<number, Entry | undefined>();
  let budget = log.length * mostPasses;
  function readEntry(at: number): Entry | undefined {
    const head = logEntryHeader(log.subarray(at, at + logSectorSize), guid, log.length);
    if (!head) return undefined;
    budget -= head.length;
    if (budget < 0) throw damaged('the entries of the log lie over each other');
    const writes = logEntryWrites(circular(log, at, head.length), head);
    return writes && { ...head, at, writes };
  }
  return (at) => {
    if (!known.has(at)) known.set(at, readEntry(at));
    return known.get(at);
  };
}

/** Bytes of the log, which goes on at its beginning where it ends. */
function circular(log: Buffer, at: number, length: number): Buffer {
  if (at + length <= log.length) return log.subarray(at, at + length);
  return Buffer.concat([log.subarray(at), log.subarray(0, at + length - log.length)]);
}

function activeSequence(entryAt: (at: number) => Entry | undefined, logLength: number): Entry[] {
  let newest: Entry[] = [];
  let start = 0;
  while (start < logLength) {
    const run = runFrom(start, entryAt, logLength);
    const sequence = fromTail(run);
    if (numberOf(sequence.at(-1)) > numberOf(newest.at(-1))) newest = sequence;
    // The next run begins where this one ended, unless that was beyond the log's end and round again.
    const length = run.reduce((sum, entry) => sum + entry.length, 0);
    start += Math.max(length, logSectorSize);
  }
  return newest;
}

/** The entries that follow one another from `start` on, at most once around. */
function runFrom(start: number, entryAt: (at: number) => Entry | undefined, logLength: number): Entry[] {
  const run: Entry[] = [];
  let length = 0;
  for (;;) {
    const entry = entryAt((start + length) % logLength);
    const last = run.at(-1);
    if (!entry || length + entry.length > logLength) return run;
    if (last && entry.sequenceNumber !== last.sequenceNumber + 1n) return run;
    run.push(entry);
    length += entry.length;
  }
}

/** The part of a run that its newest entry says is to be replayed; empty where that is not in the run. */
function fromTail(run: readonly Entry[]): Entry[] {
  const tail = run.at(-1)?.tail;
  const first = run.findIndex((entry) => entry.at === tail);
  return first < 0 ? [] : run.slice(first);
}

function numberOf(entry: Entry | undefined): bigint {
  return entry?.sequenceNumber ?? 0n;
}
