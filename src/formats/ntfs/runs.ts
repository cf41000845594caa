import { damaged } from '../errors.ts';

/** Clusters of a stream that lie together on the volume, or a hole. */
export interface Run {
  /** The stream's own number of its first cluster. */
  readonly vcn: number;
  /** The volume's number of its first cluster; `undefined` for a hole. */
  readonly lcn: number | undefined;
  readonly clusters: number;
}

/**
 * The runs in an attribute's mapping pairs: for each a byte with the widths of the length (low nibble) and
 * of the signed step from the run before (high nibble, 0 for a hole), then both; a zero byte ends them.
 * Throws `FormatError` (damaged), naming `what`, where a run leaves the volume or the pairs leave `pairs`.
 */
export function decodeRuns(pairs: Buffer, firstVcn: number, totalClusters: number, what: string): Run[] {
  const runs: Run[] = [];
  let vcn = firstVcn;
  let lcn = 0;
  let at = 0;
  for (;;) {
    const widths = pairs[at] ?? 0;
    if (widths === 0) return runs;
    const lengthWidth = widths & 0x0f;
    const stepWidth = widths >> 4;
    const end = at + 1 + lengthWidth + stepWidth;
    if (lengthWidth === 0 || lengthWidth > 8 || stepWidth > 8 || end > pairs.length) {
      throw damaged(`${what} has a run list that cannot be read`);
    }
    const clusters = signedAt(pairs, at + 1, lengthWidth);
    if (clusters <= 0 || !Number.isSafeInteger(vcn + clusters)) {
      throw damaged(`${what} has a run of ${clusters} clusters`);
    }
    if (stepWidth > 0) {
      lcn += signedAt(pairs, at + 1 + lengthWidth, stepWidth);
      requireOnVolume(lcn, clusters, totalClusters, what);
    }
    append(runs, { vcn, lcn: stepWidth === 0 ? undefined : lcn, clusters });
    vcn += clusters;
    at = end;
  }
}

/** The index of the run that holds a cluster of the stream, or -1. The runs are in order and without gaps. */
export function runIndexAt(runs: readonly Run[], vcn: number): number {
  let low = 0;
  let high = runs.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const run = runs[middle] as Run;
    if (vcn < run.vcn) high = middle - 1;
    else if (vcn >= run.vcn + run.clusters) low = middle + 1;
    else return middle;
  }
  return -1;
}

/** The first cluster of the stream past its runs. */
export function endOfRuns(runs: readonly Run[], firstVcn = 0): number {
  const last = runs.at(-1);
  return last === undefined ? firstVcn : last.vcn + last.clusters;
}

/** Adds a run, joined to the last where it continues it on the volume. */
export function append(runs: Run[], run: Run): void {
  const last = runs.at(-1);
  const continues =
    last !== undefined &&
    (last.lcn === undefined ? run.lcn === undefined : run.lcn === last.lcn + last.clusters);
  if (continues) runs[runs.length - 1] = { ...last, clusters: last.clusters + run.clusters };
  else runs.push(run);
}

function requireOnVolume(lcn: number, clusters: number, totalClusters: number, what: string): void {
  if (lcn < 0 || lcn + clusters > totalClusters) {
    throw damaged(`${what} has a run of ${clusters} clusters at ${lcn}, on a volume of ${totalClusters}`);
  }
}

/** A signed little-endian integer of 1 to 8 bytes, inexact where it is too great to be of use anyway. */
function signedAt(bytes: Buffer, at: number, width: number): number {
  return width <= 6 ? bytes.readIntLE(at, width) : Number(BigInt.asIntN(width * 8, bigAt(bytes, at, width)));
}

function bigAt(bytes: Buffer, at: number, width: number): bigint {
  let value = 0n;
  for (let i = width - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes.readUInt8(at + i));
  return value;
}
