import type { ByteRange } from '../device.ts';
import { damaged } from '../errors.ts';

/** The blocks of a file, all of one length. */
export interface Blocks {
  /** Where they begin; is sorted. */
  readonly starts: Float64Array;
  readonly length: number;
}

/**
 * The check before a file's blocks are written to: that they lie before `end`, and neither over each other nor over what
 * else the file keeps (`others`). Throws `FormatError` (damaged).
 */
export function requireApart(blocks: Blocks, others: readonly ByteRange[], end: number): void {
  const { starts, length } = blocks;
  starts.sort();
  starts.forEach((start, i) => {
    if (start + length > end)
      throw damaged(`the block at ${start} reaches past the end of the blocks at ${end}`);
    if ((starts[i + 1] ?? end) < start + length) throw overlap(start);
  });
  const sorted = [...others].filter((range) => range.length > 0).sort((a, b) => a.offset - b.offset);
  sorted.forEach((range, i) => {
    const next = sorted[i + 1];
    if (next && next.offset < range.offset + range.length) throw overlap(next.offset);
    const block = starts[firstEndingAfter(blocks, range.offset)];
    if (block !== undefined && block < range.offset + range.length) throw overlap(block);
  });
}

/** The index of the first block that ends after `offset`, by halving. */
function firstEndingAfter({ starts, length }: Blocks, offset: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? 0) + length > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}

function overlap(at: number): Error {
  return damaged(
    `two structures of the image lie over each other at ${at}: have it checked before it is written to`,
  );
}
