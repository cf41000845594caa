import { sealBaseBlock } from './hive.fixture.ts';
import { baseBlock, bin, dirtyVector, fileType, logEntry, sectorSize } from './layout.ts';
import { Marvin32 } from './marvin32.ts';

/** A page of a log made for a test: where in the bins it goes, and its bytes. */
export interface PageSpec {
  readonly offset: number;
  readonly bytes: Buffer;
}

export interface EntrySpec {
  readonly sequence: number;
  readonly binsSize: number;
  readonly pages: readonly PageSpec[];
}

/** A copy of the hive's base block as a log has it. */
export function logBaseBlock(hive: Buffer, type: number, sequence: number): Buffer {
  const copy = Buffer.from(hive.subarray(0, baseBlock.copiedSize));
  copy.writeUInt32LE(type, baseBlock.fileType);
  copy.writeUInt32LE(sequence, baseBlock.primarySequence);
  copy.writeUInt32LE(sequence, baseBlock.secondarySequence);
  return sealBaseBlock(copy);
}

/** A log of the new format. */
export function buildNewLog(hive: Buffer, sequence: number, entries: readonly EntrySpec[]): Buffer {
  return Buffer.concat([logBaseBlock(hive, fileType.newLog, sequence), ...entries.map(buildEntry)]);
}

/** One entry with right hashes. */
export function buildEntry({ sequence, binsSize, pages }: EntrySpec): Buffer {
  const references = pages.map(({ offset, bytes }) => {
    const reference = Buffer.alloc(8);
    reference.writeUInt32LE(offset, 0);
    reference.writeUInt32LE(bytes.length, 4);
    return reference;
  });
  const content = Buffer.concat([...references, ...pages.map(({ bytes }) => bytes)]);
  const size = Math.ceil((logEntry.pageReferences + content.length) / sectorSize) * sectorSize;
  const entry = Buffer.alloc(size);
  entry.write('HvLE', 0, 'latin1');
  entry.writeUInt32LE(size, logEntry.size);
  entry.writeUInt32LE(sequence, logEntry.sequence);
  entry.writeUInt32LE(binsSize, logEntry.binsSize);
  entry.writeUInt32LE(pages.length, logEntry.pageCount);
  content.copy(entry, logEntry.pageReferences);
  return sealEntry(entry);
}

/** Writes the right hashes into an entry, in place. */
export function sealEntry(entry: Buffer): Buffer {
  writeHash(entry, entry.subarray(logEntry.pageReferences), logEntry.hash1);
  writeHash(entry, entry.subarray(0, logEntry.hash2), logEntry.hash2);
  return entry;
}

function writeHash(entry: Buffer, content: Buffer, at: number): void {
  const hash = new Marvin32();
  hash.update(content);
  const { low, high } = hash.digest();
  entry.writeUInt32LE(low, at);
  entry.writeUInt32LE(high, at + 4);
}

/** A log of the old format whose sectors turn the bins of `hive` into those of `newer`. */
export function buildOldLog(hive: Buffer, newer: Buffer, sequence: number): Buffer {
  const base = logBaseBlock(newer, fileType.oldLog, sequence);
  const bins = newer.subarray(baseBlock.size);
  const bitmap = Buffer.alloc(bins.length / bin.alignment);
  const sectors: Buffer[] = [];
  for (let at = 0; at < bins.length; at += sectorSize) {
    const sector = bins.subarray(at, at + sectorSize);
    const before = hive.subarray(baseBlock.size + at, baseBlock.size + at + sectorSize);
    if (sector.equals(before)) continue;
    const bit = at / sectorSize;
    bitmap[bit >> 3] = (bitmap[bit >> 3] ?? 0) | (1 << (bit & 7));
    sectors.push(sector);
  }
  const vector = Buffer.concat([Buffer.from('DIRT', 'latin1'), bitmap]);
  const padding = -(dirtyVector.signature + vector.length) & (sectorSize - 1);
  return Buffer.concat([base, vector, Buffer.alloc(padding), ...sectors]);
}
