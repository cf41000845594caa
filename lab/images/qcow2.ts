import { deflateRawSync, zstdCompressSync } from 'node:zlib';
import type { MadeImage, Qcow2Options } from './options.ts';
import { qcow2Header } from './qcow2-header.ts';
import { refcountTables } from './qcow2-refcounts.ts';
import { changedSectors, isZero, padded } from './sectors.ts';

const copied = 1n << 63n;
const compressed = 1n << 62n;
const subclusters = 32;

interface Written {
  readonly options: Qcow2Options;
  readonly clusterSize: number;
  /** Clusters of the file; the first is for the header. */
  readonly clusters: Buffer[];
  /** How often each of them is used. */
  readonly uses: number[];
  /** Where the next compressed cluster may go on in the last cluster for them. */
  packedAt: number;
}

interface L2Entry {
  readonly word: bigint;
  /** The subclusters' bitmap, for extended L2 entries. */
  readonly bitmap: bigint;
}

/** A qcow2 image with right reference counts. */
export function makeQcow2(disk: Buffer, options: Qcow2Options): MadeImage {
  const clusterBits = options.clusterBits ?? 16;
  const clusterSize = 2 ** clusterBits;
  const written: Written = {
    options,
    clusterSize,
    clusters: [Buffer.alloc(clusterSize)],
    uses: [1],
    packedAt: 0,
  };
  const entries = Array.from({ length: Math.ceil(disk.length / clusterSize) }, (_, i) =>
    makeCluster(written, disk, i * clusterSize),
  );
  const l1 = l1Table(written, entries);
  const l1Clusters = Math.max(1, Math.ceil(l1.length / clusterSize));
  const l1Offset = append(written, padded(l1, 0, l1Clusters * clusterSize));
  const refcounts = refcountTables(written.uses, clusterSize);
  const header = qcow2Header({
    options,
    clusterBits,
    size: disk.length,
    l1Size: l1.length / 8,
    l1Offset,
    refcountOffset: written.clusters.length * clusterSize,
    refcountClusters: refcounts.tableClusters,
  });
  header.copy(written.clusters[0] ?? header);
  return { file: Buffer.concat([...written.clusters, refcounts.bytes]), identity: undefined };
}

/** Appends whole clusters and answers where. */
function append(written: Written, bytes: Buffer): number {
  const at = written.clusters.length * written.clusterSize;
  for (let i = 0; i < bytes.length; i += written.clusterSize) {
    written.clusters.push(bytes.subarray(i, i + written.clusterSize));
    written.uses.push(1);
  }
  return at;
}

function makeCluster(written: Written, disk: Buffer, offset: number): L2Entry {
  const { options, clusterSize } = written;
  const data = padded(disk, offset, clusterSize);
  const below = options.backing
    ? padded(options.backing.disk, offset, clusterSize)
    : Buffer.alloc(clusterSize);
  if (data.equals(below)) return { word: 0n, bitmap: 0n };
  if (options.extendedL2 && !options.compression) return subclusterEntry(written, data, below);
  if (isZero(data) && options.version !== 2) {
    return options.extendedL2 ? { word: 0n, bitmap: 0xffff_ffffn << 32n } : { word: 1n, bitmap: 0n };
  }
  const packed = packedEntry(written, data);
  if (packed) return packed;
  return { word: BigInt(append(written, data)) | copied, bitmap: 0xffff_ffffn };
}

/** What is the backing file's stays there, subcluster by subcluster, and what is zeros is marked as that. */
function subclusterEntry(written: Written, data: Buffer, below: Buffer): L2Entry {
  const size = written.clusterSize / subclusters;
  const changed = changedSectors(data, below, size);
  let present = 0n;
  let zero = 0n;
  changed.forEach((own, i) => {
    const sub = data.subarray(i * size, (i + 1) * size);
    if (!own) return;
    if (isZero(sub)) zero |= 1n << BigInt(i);
    else present |= 1n << BigInt(i);
  });
  const bitmap = (zero << 32n) | present;
  if (present === 0n) return { word: 0n, bitmap };
  const stored = Buffer.from(data);
  changed.forEach((own, i) => {
    if (!own) stored.fill(0xdb, i * size, (i + 1) * size);
  });
  return { word: BigInt(append(written, stored)) | copied, bitmap };
}

/** Packs a cluster close behind the one before it; undefined where it grows by packing, or none is asked for. */
function packedEntry(written: Written, data: Buffer): L2Entry | undefined {
  const { options, clusterSize } = written;
  if (!options.compression) return undefined;
  const packed =
    options.compression === 'zstd'
      ? zstdCompressSync(data)
      : // QEMU unpacks with a window of 4 KiB.
        deflateRawSync(data, { windowBits: 12 });
  if (packed.length >= clusterSize) return undefined;
  const within = written.packedAt % clusterSize;
  const continues = within !== 0 && written.packedAt < written.clusters.length * clusterSize;
  const start = continues && within + packed.length <= clusterSize ? written.packedAt : freshCluster(written);
  const index = Math.floor(start / clusterSize);
  packed.copy(written.clusters[index] ?? packed, start % clusterSize);
  written.uses[index] = (written.uses[index] ?? 0) + 1;
  written.packedAt = start + packed.length;
  const sectors = Math.floor((start + packed.length - 1) / 512) - Math.floor(start / 512);
  const shift = BigInt(70 - (options.clusterBits ?? 16));
  return { word: compressed | (BigInt(sectors) << shift) | BigInt(start), bitmap: 0n };
}

function freshCluster(written: Written): number {
  const at = append(written, Buffer.alloc(written.clusterSize));
  written.uses[at / written.clusterSize] = 0;
  return at;
}

/** Appends the L2 tables that are needed, and answers the L1 table. */
function l1Table(written: Written, entries: readonly L2Entry[]): Buffer {
  const entrySize = written.options.extendedL2 ? 16 : 8;
  const perTable = written.clusterSize / entrySize;
  const l1 = Buffer.alloc(Math.ceil(entries.length / perTable) * 8);
  for (let i = 0; i * 8 < l1.length; i++) {
    const part = entries.slice(i * perTable, (i + 1) * perTable);
    if (part.every((entry) => entry.word === 0n && entry.bitmap === 0n)) continue;
    const table = Buffer.alloc(written.clusterSize);
    part.forEach((entry, j) => {
      table.writeBigUInt64BE(entry.word, j * entrySize);
      if (written.options.extendedL2) table.writeBigUInt64BE(entry.bitmap, j * entrySize + 8);
    });
    l1.writeBigUInt64BE(BigInt(append(written, table)) | copied, i * 8);
  }
  return l1;
}
