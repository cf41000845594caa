import { type ByteRange, BytesPending } from '../../../formats/device.ts';
import { type BlockRun, planRuns } from './read-ahead.ts';
import { TargetError } from './target-error.ts';

/** The part of a file that has arrived, in blocks, and the list of what was asked for in vain. */
export interface BlockStore {
  /** Throws `BytesPending`, and remembers what was missing. The range lies within the file. */
  read(offset: number, length: number): Buffer;
  /**
   * The ranges, in whole blocks, that hold all that was asked for in vain since the last call. Throws `TargetError`
   * (too-much) where they and what else is in use are more than is kept.
   */
  takeMissing(): ByteRange[];
  /** Takes bytes that have arrived at `offset`; a block counts once it is whole. */
  store(offset: number, bytes: Buffer): void;
  /**
   * To be called after a round of fetches: forgets blocks beyond the limit, those that no read has used for the
   * longest time first.
   */
  endRound(): void;
}

interface Block {
  readonly bytes: Buffer;
  filled: number;
  /** The last round that a read used it in; for one that was read ahead, the round before. */
  used: number;
}

/**
 * `bytesKept` bounds the memory. Blocks that the reads of one round use together are never forgotten, since
 * tasks run again from their start would go on asking for them.
 */
export function blockStore(size: number, blockSize: number, bytesKept: number): BlockStore {
  const blocks = new Map<number, Block>();
  const wanted = new Set<number>();
  let underWay: ReadonlySet<number> = new Set();
  let round = 0;

  const sizeOf = (index: number) => Math.min(blockSize, size - index * blockSize);
  const isWhole = (index: number) => blocks.get(index)?.filled === sizeOf(index);

  function wholeBlock(index: number): Buffer | undefined {
    const block = blocks.get(index);
    if (!block || block.filled < block.bytes.length) return undefined;
    block.used = round;
    return block.bytes;
  }

  function read(offset: number, length: number): Buffer {
    if (length === 0) return Buffer.alloc(0);
    const first = Math.floor(offset / blockSize);
    const last = Math.floor((offset + length - 1) / blockSize);
    const parts: Buffer[] = [];
    for (let index = first; index <= last; index++) {
      const bytes = wholeBlock(index);
      if (bytes) parts.push(bytes);
      else wanted.add(index);
    }
    if (parts.length <= last - first) throw new BytesPending();
    const start = offset - first * blockSize;
    const joined = parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
    return joined.subarray(start, start + length);
  }

  function takeMissing(): ByteRange[] {
    const missing = [...wanted].filter((index) => !isWhole(index)).sort((a, b) => a - b);
    wanted.clear();
    requireRoom(missing.length);
    underWay = new Set(missing);
    const runs = planRuns(missing, { isWhole, count: Math.ceil(size / blockSize), blockSize });
    return runs.map(({ first, count }: BlockRun) => {
      const offset = first * blockSize;
      return { offset, length: Math.min(count * blockSize, size - offset) };
    });
  }

  /** Bytes of one block come in order; those that are there already come again after an interruption. */
  function store(offset: number, bytes: Buffer): void {
    for (let done = 0; done < bytes.length; ) {
      const index = Math.floor((offset + done) / blockSize);
      const at = offset + done - index * blockSize;
      let block = blocks.get(index);
      if (!block) {
        block = {
          bytes: Buffer.allocUnsafeSlow(sizeOf(index)),
          filled: 0,
          used: underWay.has(index) ? round : round - 1,
        };
        blocks.set(index, block);
      }
      const copied = Math.min(bytes.length - done, block.bytes.length - at);
      if (at <= block.filled && block.filled < block.bytes.length) {
        bytes.copy(block.bytes, at, done, done + copied);
        block.filled = Math.max(block.filled, at + copied);
      }
      done += copied;
    }
  }

  /** What the tasks of this round use together must fit. */
  function requireRoom(missing: number): void {
    const inUse = [...blocks.values()].filter((block) => block.used === round).length;
    if ((inUse + missing) * blockSize > bytesKept) {
      throw new TargetError(
        'too-much',
        `more than ${Math.ceil(bytesKept / 2 ** 20)} MiB of it are needed at once`,
      );
    }
  }

  function endRound(): void {
    const surplus = Math.ceil((blocks.size * blockSize - bytesKept) / blockSize);
    if (surplus > 0) {
      const unused = [...blocks].filter(([, block]) => block.used < round);
      unused.sort(([, a], [, b]) => a.used - b.used);
      for (const [index] of unused.slice(0, surplus)) blocks.delete(index);
    }
    round++;
  }

  return { read, takeMissing, store, endRound };
}
