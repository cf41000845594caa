import { roundUp } from './fields.ts';
import type { Run } from './literal.ts';

/** Bytes and where on the volume they go. */
export interface VolumeWrite {
  readonly offset: number;
  readonly bytes: Buffer;
}

/** The volume's clusters, given away from the front. */
export interface Space {
  readonly clusterSize: number;
  /** What has been written so far. */
  readonly writes: VolumeWrite[];
  /** Clusters given away. */
  used(): number;
  /** So many clusters in a row; the first one's number. Throws `Error` where the volume is too small. */
  allocate(clusters: number): number;
  /** So many clusters in so many pieces whose borders lie at multiples of `unit` clusters. */
  allocateScattered(clusters: number, fragments: number, unit: number): Run[];
  /** As `allocateScattered`, as many as `bytes` need, and writes them there. */
  store(bytes: Buffer, fragments?: number, unit?: number): Run[];
  /** Writes a stream's bytes from its start, wherever its runs lie; nothing may fall into a hole. */
  write(runs: readonly Run[], bytes: Buffer): void;
}

/** Without a limit the volume becomes as big as it must. */
export function createSpace(clusterSize: number, limit: number | null): Space {
  const writes: VolumeWrite[] = [];
  let next = 0;
  const space: Space = {
    clusterSize,
    writes,
    used: () => next,
    allocate(clusters) {
      const lcn = next;
      next += clusters;
      if (limit !== null && next > limit)
        throw new Error(`the files need more than the ${limit} clusters there are`);
      return lcn;
    },
    allocateScattered(clusters, fragments, unit) {
      return clusters === 0 ? [] : scatter(space.allocate(clusters), clusters, fragments, unit);
    },
    store(bytes, fragments = 1, unit = 1) {
      const clusters = roundUp(Math.ceil(bytes.length / clusterSize), unit);
      const runs = space.allocateScattered(clusters, fragments, unit);
      space.write(runs, bytes);
      return runs;
    },
    write(runs, bytes) {
      for (const { offset, length, lcn } of placesOf(runs, bytes.length, clusterSize)) {
        writes.push({ offset: lcn * clusterSize, bytes: bytes.subarray(offset, offset + length) });
      }
    },
  };
  return space;
}

/** Where byte `offset` of a stream lies on the volume. */
export function volumeOffset(runs: readonly Run[], offset: number, clusterSize: number): number {
  for (const place of placesOf(runs, offset + 1, clusterSize)) {
    if (offset < place.offset + place.length) return place.lcn * clusterSize + (offset - place.offset);
  }
  throw new Error(`byte ${offset} lies outside the runs`);
}

function* placesOf(
  runs: readonly Run[],
  size: number,
  clusterSize: number,
): Generator<{ offset: number; length: number; lcn: number }> {
  let offset = 0;
  for (const { lcn, clusters } of runs) {
    const length = Math.min(clusters * clusterSize, size - offset);
    if (lcn !== null && length > 0) yield { offset, length, lcn };
    offset += clusters * clusterSize;
  }
}

/**
 * Cuts clusters in a row into pieces and takes them in turns from both halves, the later half first, so
 * that no piece continues the one before it.
 */
function scatter(lcn: number, clusters: number, fragments: number, unit: number): Run[] {
  const units = clusters / unit;
  const pieces = Math.max(1, Math.min(fragments, units));
  const border = (slot: number): number => Math.floor((slot * units) / pieces) * unit;
  const half = pieces >> 1;
  return Array.from({ length: pieces }, (_, index) => {
    const slot = index % 2 === 1 ? index >> 1 : half + (index >> 1);
    return { lcn: lcn + border(slot), clusters: border(slot + 1) - border(slot) };
  });
}
