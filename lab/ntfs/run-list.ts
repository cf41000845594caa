import type { Run } from './literal.ts';

/** Clusters that a run list covers, holes included. */
export function clustersOf(runs: readonly Run[]): number {
  return runs.reduce((sum, run) => sum + run.clusters, 0);
}

/** Clusters that a run list really takes. */
export function allocatedClustersOf(runs: readonly Run[]): number {
  return clustersOf(runs.filter((run) => run.lcn !== null));
}

/** One mapping pair: a byte with both lengths, the count of clusters, and the distance from `previousLcn`. */
export function encodeRun(run: Run, previousLcn: number): Buffer {
  const count = signedBytes(run.clusters);
  const distance = run.lcn === null ? Buffer.alloc(0) : signedBytes(run.lcn - previousLcn);
  return Buffer.concat([Buffer.of((distance.length << 4) | count.length), count, distance]);
}

/** The whole of a mapping pairs array, its closing zero included. */
export function encodeRunList(runs: readonly Run[]): Buffer {
  const pairs: Buffer[] = [];
  let previousLcn = 0;
  for (const run of runs) {
    pairs.push(encodeRun(run, previousLcn));
    previousLcn = run.lcn ?? previousLcn;
  }
  return Buffer.concat([...pairs, Buffer.of(0)]);
}

/** How many of `runs` fit into `room` bytes as a mapping pairs array of their own. */
export function runsThatFit(runs: readonly Run[], room: number): number {
  let length = 1;
  let previousLcn = 0;
  for (const [index, run] of runs.entries()) {
    length += encodeRun(run, previousLcn).length;
    if (length > room) return index;
    previousLcn = run.lcn ?? previousLcn;
  }
  return runs.length;
}

/** Joins neighbours that continue each other: runs that touch, and holes. */
export function joinRuns(runs: readonly Run[]): Run[] {
  const joined: Run[] = [];
  for (const run of runs) {
    const last = joined.at(-1);
    if (last !== undefined && continues(last, run)) {
      joined[joined.length - 1] = { lcn: last.lcn, clusters: last.clusters + run.clusters };
    } else if (run.clusters > 0) joined.push(run);
  }
  return joined;
}

function continues(first: Run, second: Run): boolean {
  if (first.lcn === null || second.lcn === null) return first.lcn === second.lcn;
  return first.lcn + first.clusters === second.lcn;
}

/** The shortest two's complement of a number, little-endian. */
function signedBytes(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(BigInt(value));
  let length = 1;
  while (BigInt.asIntN(length * 8, BigInt(value)) !== BigInt(value)) length++;
  return bytes.subarray(0, length);
}
