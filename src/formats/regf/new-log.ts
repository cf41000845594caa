import type { Device } from '../device.ts';
import { logEntry, sectorSize } from './layout.ts';
import { type LogEntry, type LogPages, mostInEntry, tooLarge } from './log-page.ts';
import { Marvin32 } from './marvin32.ts';
import { isBinsSize } from './version.ts';

/** One read brings this much, so that a log far away costs few round trips. */
const readAhead = 1 << 20;

const signature = 'HvLE';
const headerSize = logEntry.pageReferences;
const pageReferenceSize = 8;

/** The sequence number after this one; they are 32 bits and wrap around. */
export function nextSequence(sequence: number): number {
  return (sequence + 1) >>> 0;
}

/**
 * The entries of a log of the new format that follow one another from `firstSequence` on. They end,
 * as for Windows, at the first that is cut off, fails a hash, contradicts itself or is out of sequence:
 * behind it lie the leftovers of earlier rounds. They take from `budget`, in bytes; a log that would take
 * more than is left is `tooLarge`.
 */
export function readLogEntries(
  log: Device,
  firstSequence: number,
  budget: LogBudget,
): LogEntry[] | typeof tooLarge {
  const read = readerAhead(log);
  const entries: LogEntry[] = [];
  let sequence = firstSequence;
  for (let at = sectorSize; at + sectorSize <= log.size; ) {
    const header = read(at, headerSize);
    const size = header.readUInt32LE(logEntry.size);
    if (!isHeader(header, sequence) || at + size > log.size) break;
    budget.left -= size;
    if (size > mostInEntry || budget.left < 0) return tooLarge;
    if (!contentMatches(read, at, size, header)) break;
    const pages = readPages(log, at, size, read);
    if (!pages) break;
    entries.push({
      sequence,
      binsSize: header.readUInt32LE(logEntry.binsSize),
      pages,
      flags: header.readUInt32LE(logEntry.flags),
    });
    sequence = nextSequence(sequence);
    at += size;
  }
  return entries;
}

/** What may still be read of a hive's logs, in bytes; all of them share one. */
export interface LogBudget {
  left: number;
}

type Read = (offset: number, length: number) => Buffer;

function readerAhead(log: Device): Read {
  let start = 0;
  let bytes: Buffer = Buffer.alloc(0);
  return (offset, length) => {
    if (offset < start || offset + length > start + bytes.length) {
      bytes = log.read(offset, Math.max(length, Math.min(readAhead, log.size - offset)));
      start = offset;
    }
    return bytes.subarray(offset - start, offset - start + length);
  };
}

function isHeader(header: Buffer, sequence: number): boolean {
  const size = header.readUInt32LE(logEntry.size);
  return (
    header.toString('latin1', logEntry.signature, logEntry.signature + signature.length) === signature &&
    header.readUInt32LE(logEntry.sequence) === sequence &&
    size >= sectorSize &&
    size % sectorSize === 0 &&
    isBinsSize(header.readUInt32LE(logEntry.binsSize)) &&
    hashMatches([header.subarray(0, logEntry.hash2)], header, logEntry.hash2)
  );
}

function contentMatches(read: Read, at: number, size: number, header: Buffer): boolean {
  return hashMatches(pieces(read, at + headerSize, at + size), header, logEntry.hash1);
}

function* pieces(read: Read, from: number, to: number): Generator<Buffer> {
  for (let at = from; at < to; at += readAhead) yield read(at, Math.min(readAhead, to - at));
}

function hashMatches(content: Iterable<Buffer>, header: Buffer, field: number): boolean {
  const hash = new Marvin32();
  for (const piece of content) hash.update(piece);
  const { low, high } = hash.digest();
  return header.readUInt32LE(field) === low && header.readUInt32LE(field + 4) === high;
}

/** The pages of an entry; `undefined` where they do not fit into it or into the bins. */
function readPages(log: Device, at: number, size: number, read: Read): LogPages[] | undefined {
  const header = read(at, headerSize);
  const count = header.readUInt32LE(logEntry.pageCount);
  const binsSize = header.readUInt32LE(logEntry.binsSize);
  let from = headerSize + count * pageReferenceSize;
  if (count === 0 || from + count * sectorSize > size) return undefined;
  const references = read(at + headerSize, count * pageReferenceSize);
  const pages: LogPages[] = [];
  for (let i = 0; i < references.length; i += pageReferenceSize) {
    const binsOffset = references.readUInt32LE(i);
    const length = references.readUInt32LE(i + 4);
    const isAligned = binsOffset % sectorSize === 0 && length % sectorSize === 0 && length > 0;
    if (!isAligned || binsOffset + length > binsSize || from + length > size) return undefined;
    pages.push({ binsOffset, length, log, logOffset: at + from });
    from += length;
  }
  return pages;
}
