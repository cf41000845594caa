/** Blocks in a row, by number. */
export interface BlockRun {
  readonly first: number;
  readonly count: number;
}

export interface BlockMap {
  isWhole(index: number): boolean;
  /** Blocks in the whole file. */
  readonly count: number;
  /** In bytes. */
  readonly blockSize: number;
}

/** Blocks that are fetched unasked to make one request out of two. */
const widestGap = 1;
/** A run of reads in sequence is read ahead by its own length, up to this, in bytes. */
const longestReadAhead = 512 * 1024;
/** Longer runs are split, so that they travel side by side. In bytes. */
const longestRequest = 512 * 1024;

/**
 * What to fetch so that all wanted blocks (in ascending order) are there: a sequence is read ahead by as much
 * as has been read of it, close neighbours are joined, and long runs are split.
 */
export function planRuns(wanted: readonly number[], map: BlockMap): BlockRun[] {
  const all = new Set(wanted);
  for (const index of wanted) {
    for (const ahead of readAhead(index, map)) all.add(ahead);
  }
  const fetched = [...all].sort((a, b) => a - b);
  return inRuns(fetched, map).flatMap((run) => split(run, map));
}

function readAhead(index: number, map: BlockMap): number[] {
  const most = Math.floor(longestReadAhead / map.blockSize);
  let behind = 0;
  while (behind < most && index - behind > 0 && map.isWhole(index - behind - 1)) behind++;
  const ahead: number[] = [];
  for (let next = index + 1; next < map.count && ahead.length < behind && !map.isWhole(next); next++) {
    ahead.push(next);
  }
  return ahead;
}

function inRuns(indexes: readonly number[], map: BlockMap): BlockRun[] {
  const runs: { first: number; count: number }[] = [];
  for (const index of indexes) {
    const run = runs.at(-1);
    if (run && joins(run.first + run.count, index, map)) run.count = index + 1 - run.first;
    else runs.push({ first: index, count: 1 });
  }
  return runs;
}

/** Whether the blocks from `end` up to `index` are few enough, and none of them is here already. */
function joins(end: number, index: number, map: BlockMap): boolean {
  if (index - end > widestGap) return false;
  for (let between = end; between < index; between++) if (map.isWhole(between)) return false;
  return true;
}

function split({ first, count }: BlockRun, { blockSize }: BlockMap): BlockRun[] {
  const most = Math.max(1, Math.floor(longestRequest / blockSize));
  const runs: BlockRun[] = [];
  for (let done = 0; done < count; done += most)
    runs.push({ first: first + done, count: Math.min(most, count - done) });
  return runs;
}
