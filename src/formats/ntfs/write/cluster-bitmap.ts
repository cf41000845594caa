import { damaged } from '../../errors.ts';
import { DATA } from '../attribute.ts';
import type { Run } from '../runs.ts';
import { fileEdit, type VolumeEdit } from './file-edit.ts';
import { refused } from './refused.ts';
import { type StreamEdit, streamEdit } from './stream-edit.ts';

const BITMAP_RECORD = 6;
const CHUNK_BYTES = 64 * 1024;

/** In clusters. */
const MAX_GAP = 1024;

interface Stretch {
  readonly lcn: number;
  readonly clusters: number;
}

/** Which clusters of the volume are in use, by $Bitmap: a bit each, the lowest first. */
export interface ClusterBitmap {
  /** Throws `FormatError` (damaged), naming `what`, where a cluster of a stream counts as free. */
  requireInUse(runs: readonly Run[], what: string): void;
  /**
   * Takes free clusters for a stream that has none from `vcn` on: those right behind `near` first, then of the first
   * stretch behind it that holds the rest with some room before it, or at all; else of the largest ones. Throws `FormatError` (unsupported) where there are too few.
   */
  allocate(clusters: number, near: number, vcn: number): Run[];
}

/** $Bitmap, to be read and changed. */
export function clusterBitmap(volume: VolumeEdit): ClusterBitmap {
  const stream = streamEdit(volume, fileEdit(volume, { recordNumber: BITMAP_RECORD, sequenceNumber: 0 }), {
    type: DATA,
    name: '',
  });
  const { totalClusters } = volume.boot;
  if (stream.size * 8 < totalClusters) throw damaged('$Bitmap is shorter than the volume');

  function allocate(clusters: number, near: number, vcn: number): Run[] {
    const taken = choose(stream, totalClusters, clusters, near);
    const runs: Run[] = [];
    let at = vcn;
    for (const { lcn, clusters: length } of taken) {
      setBits(stream, lcn, length);
      runs.push({ vcn: at, lcn, clusters: length });
      at += length;
    }
    return runs;
  }

  function requireInUse(runs: readonly Run[], what: string): void {
    for (const { lcn = 0, clusters } of runs) {
      const [free] = stretches(stream, lcn, lcn + clusters);
      if (free === undefined) continue;
      throw damaged(`${what} has cluster ${free.lcn}, which $Bitmap counts as free`);
    }
  }

  return { requireInUse, allocate };
}

function choose(stream: StreamEdit, totalClusters: number, clusters: number, near: number): Stretch[] {
  const start = Math.min(near, totalClusters);
  const [next] = stretches(stream, start, Math.min(totalClusters, start + clusters));
  const adjoining = next?.lcn === start ? [next] : [];
  const rest = clusters - (adjoining[0]?.clusters ?? 0);
  if (rest === 0) return adjoining;
  return [...adjoining, ...chooseElsewhere(stream, totalClusters, rest, start + clusters - rest)];
}

/** Streams that grow by turns would cut each other into pieces if each began right where another ends. */
function chooseElsewhere(
  stream: StreamEdit,
  totalClusters: number,
  clusters: number,
  start: number,
): Stretch[] {
  const gap = Math.min(16 * clusters, MAX_GAP);
  const holding: Stretch[] = [];
  const others: Stretch[] = [];
  for (const [from, to] of [
    [start, totalClusters],
    [0, start],
  ] as const) {
    for (const stretch of stretches(stream, from, to)) {
      if (stretch.clusters >= clusters + gap) return [{ lcn: stretch.lcn + gap, clusters }];
      (stretch.clusters >= clusters ? holding : others).push(stretch);
    }
  }
  const [first] = holding;
  return first === undefined ? largest(others, clusters) : [{ lcn: first.lcn, clusters }];
}

function largest(stretchesThere: readonly Stretch[], wanted: number): Stretch[] {
  const taken: Stretch[] = [];
  let missing = wanted;
  for (const { lcn, clusters } of stretchesThere.toSorted((a, b) => b.clusters - a.clusters)) {
    if (missing === 0) break;
    taken.push({ lcn, clusters: Math.min(clusters, missing) });
    missing -= Math.min(clusters, missing);
  }
  if (missing > 0) {
    throw refused(
      `the volume lacks ${missing} of ${wanted} clusters that are needed; free space on it, then try again`,
    );
  }
  return taken;
}

/** The free stretches from one cluster to before another, in order. */
function* stretches(stream: StreamEdit, from: number, to: number): Generator<Stretch> {
  let begun: number | undefined;
  for (let at = from; at < to; ) {
    const firstByte = byteOf(at);
    const bytes = stream.read(firstByte, Math.min(CHUNK_BYTES, stream.size - firstByte));
    const end = Math.min(to, (firstByte + bytes.length) * 8);
    for (; at < end; ) {
      const byte = bytes[byteOf(at) - firstByte] ?? 0xff;
      if (byte === 0xff && begun === undefined) at = Math.min(end, (byteOf(at) + 1) * 8);
      else if (byte === 0 && begun !== undefined) at = Math.min(end, (byteOf(at) + 1) * 8);
      else {
        const isFree = ((byte >> (at & 7)) & 1) === 0;
        if (isFree) begun ??= at;
        else if (begun !== undefined) {
          yield { lcn: begun, clusters: at - begun };
          begun = undefined;
        }
        at++;
      }
    }
  }
  if (begun !== undefined) yield { lcn: begun, clusters: to - begun };
}

/** A volume may have more clusters than 32 bits count. */
function byteOf(cluster: number): number {
  return Math.floor(cluster / 8);
}

function setBits(stream: StreamEdit, lcn: number, clusters: number): void {
  const firstByte = byteOf(lcn);
  const bytes = Buffer.from(stream.read(firstByte, byteOf(lcn + clusters - 1) - firstByte + 1));
  for (let at = lcn; at < lcn + clusters; at++) {
    const index = byteOf(at) - firstByte;
    bytes.writeUInt8(bytes.readUInt8(index) | (1 << (at & 7)), index);
  }
  stream.write(firstByte, bytes);
}
