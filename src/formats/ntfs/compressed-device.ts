import type { Device } from '../device.ts';
import { damaged } from '../errors.ts';
import { decompressLznt1 } from './lznt1.ts';
import { type Clusters, computedDevice, type Extents, fillFromRuns } from './run-device.ts';
import { type Run, runIndexAt } from './runs.ts';

/** Windows makes units of 16 clusters, and compresses only where a cluster is at most 4 KiB. */
const MAX_UNIT_SIZE = 64 * 1024;
const CACHED_UNITS = 48;

/**
 * A compressed stream. It is kept in units of 2^n clusters: one with all its clusters is stored as it is,
 * one with none is zeros, and one with some is LZNT1 data in these, with a hole behind them.
 * Throws `FormatError` (damaged), naming `what`.
 */
export function compressedDevice(
  clusters: Clusters,
  extents: Extents,
  compressionUnit: number,
  what: string,
): Device {
  const unitClusters = 2 ** compressionUnit;
  const unitSize = unitClusters * clusters.boot.clusterSize;
  if (unitSize > MAX_UNIT_SIZE) throw damaged(`${what} has compression units of ${unitSize} bytes`);
  const cache = new Map<number, Buffer>();

  function unit(number: number): Buffer {
    const bytes = cache.get(number) ?? readUnit(clusters, extents.runs, number * unitClusters, unitClusters);
    cache.delete(number);
    cache.set(number, bytes);
    if (cache.size > CACHED_UNITS) cache.delete(cache.keys().next().value ?? number);
    return bytes;
  }

  return computedDevice(extents.dataSize, (offset, length) => {
    const output = Buffer.alloc(length);
    const end = Math.min(offset + length, extents.validDataLength);
    for (let at = offset; at < end; ) {
      const number = Math.floor(at / unitSize);
      const into = at - number * unitSize;
      const taken = Math.min(unitSize - into, end - at);
      unit(number).copy(output, at - offset, into, into + taken);
      at += taken;
    }
    return output;
  });
}

function readUnit(clusters: Clusters, runs: readonly Run[], vcn: number, unitClusters: number): Buffer {
  const { clusterSize } = clusters.boot;
  const stored = storedClusters(runs, vcn, unitClusters);
  const bytes = Buffer.alloc(stored * clusterSize);
  fillFromRuns(clusters, runs, vcn * clusterSize, bytes);
  if (stored === unitClusters) return bytes;
  return stored === 0
    ? Buffer.alloc(unitClusters * clusterSize)
    : decompressLznt1(bytes, unitClusters * clusterSize);
}

/** How many of a unit's clusters lie on the volume before its first hole. */
function storedClusters(runs: readonly Run[], vcn: number, unitClusters: number): number {
  let stored = 0;
  for (let index = runIndexAt(runs, vcn); index >= 0 && stored < unitClusters; index++) {
    const run = runs[index];
    if (run?.lcn === undefined) break;
    stored = run.vcn + run.clusters - vcn;
  }
  return Math.min(stored, unitClusters);
}
