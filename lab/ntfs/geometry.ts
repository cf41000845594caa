import { BOOT_SIZE } from './constants.ts';
import { roundUp } from './fields.ts';
import type { NtfsLiteral } from './literal.ts';

/** The sizes that a volume is made with, in bytes. */
export interface Geometry {
  readonly clusterSize: number;
  readonly sectorSize: number;
  readonly recordSize: number;
  readonly logFileSize: number;
  /** Of the volume, or null while it may be as big as its files ask for. */
  readonly size: number | null;
}

const SMALLEST_LOG = 256 * 1024;
const BIGGER_LOG = 2 * 1024 * 1024;
const BIG_LOG = 4 * 1024 * 1024;

/** Throws `Error` for sizes that NTFS does not have. */
export function geometryOf(literal: NtfsLiteral): Geometry {
  const { clusterSize = 4096, sectorSize = 512, size = null } = literal;
  const recordSize = literal.recordSize ?? (sectorSize === 4096 ? 4096 : 1024);
  const isPower = Number.isInteger(Math.log2(clusterSize));
  if (!isPower || clusterSize < 512 || clusterSize > 65536)
    throw new Error(`no cluster size: ${clusterSize}`);
  if (clusterSize < sectorSize || recordSize < sectorSize) {
    throw new Error(`sectors of ${sectorSize} bytes are bigger than a cluster or a file record`);
  }
  if (size !== null && size % sectorSize !== 0) throw new Error(`${size} bytes are no whole sectors`);
  return { clusterSize, sectorSize, recordSize, logFileSize: logFileSize(size ?? 0), size };
}

function logFileSize(volumeSize: number): number {
  if (volumeSize < 32 * 1024 * 1024) return SMALLEST_LOG;
  return volumeSize < 1024 * 1024 * 1024 ? BIGGER_LOG : BIG_LOG;
}

/** Whole clusters before the last sector, which holds the copy of the boot sector. */
export function clustersWithin(size: number, geometry: Geometry): number {
  return Math.floor((size - geometry.sectorSize) / geometry.clusterSize);
}

/** The size of a volume whose files take so many clusters, with a tenth and 64 clusters to spare. */
export function sizeFor(usedClusters: number, geometry: Geometry): number {
  const clusters = usedClusters + Math.ceil(usedClusters / 10) + 64;
  return roundUp((clusters + 1) * geometry.clusterSize, 64 * 1024);
}

export function bootClusters(geometry: Geometry): number {
  return Math.ceil(BOOT_SIZE / geometry.clusterSize);
}
