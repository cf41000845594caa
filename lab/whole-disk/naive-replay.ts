import { setSequences } from '../hive/base-block.ts';
import { baseBlock, logBaseBlockSize, logEntry, pageReference } from '../hive/layout.ts';

/**
 * A dirty hive with all the entries of its new-style logs written into it, as a clean file that any program reads.
 * It believes the logs: nothing is verified but each entry's signature, and that they follow one another.
 */
export function naivelyReplayed(primary: Buffer, logs: readonly Buffer[]): Buffer {
  const entries = logs.flatMap(entriesOf).sort((one, other) => sequenceOf(one) - sequenceOf(other));
  const binsSize = entries.at(-1)?.readUInt32LE(logEntry.binsSize) ?? 0;
  const hive = Buffer.alloc(baseBlock.size + binsSize);
  primary.copy(hive);
  for (const entry of entries) apply(entry, hive.subarray(baseBlock.size));
  hive.writeUInt32LE(binsSize, baseBlock.binsSize);
  setSequences(hive, [1, 1]);
  return hive;
}

/** From the log's first entry on, as long as the sequence numbers go up by one. */
function entriesOf(log: Buffer): Buffer[] {
  const entries: Buffer[] = [];
  for (let at = logBaseBlockSize; at + logEntry.references < log.length; ) {
    const rest = log.subarray(at);
    const last = entries.at(-1);
    if (rest.toString('latin1', 0, 4) !== 'HvLE') break;
    if (last && sequenceOf(rest) !== sequenceOf(last) + 1) break;
    entries.push(rest.subarray(0, rest.readUInt32LE(logEntry.size)));
    at += rest.readUInt32LE(logEntry.size);
  }
  return entries;
}

function sequenceOf(entry: Buffer): number {
  return entry.readUInt32LE(logEntry.sequence);
}

function apply(entry: Buffer, bins: Buffer): void {
  const count = entry.readUInt32LE(logEntry.pageCount);
  let at = logEntry.references + count * pageReference.size;
  for (let i = 0; i < count; i++) {
    const reference = logEntry.references + i * pageReference.size;
    const length = entry.readUInt32LE(reference + pageReference.length);
    entry.copy(bins, entry.readUInt32LE(reference + pageReference.offset), at, at + length);
    at += length;
  }
}
