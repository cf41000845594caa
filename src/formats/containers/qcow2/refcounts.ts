import type { GrowableDevice } from '../../device.ts';
import { damaged } from '../../errors.ts';
import { notWritten } from '../written-disk.ts';
import { readCount, writeCount } from './counts.ts';
import { type Qcow2Header, writeRefcountTablePlace } from './header.ts';
import { hostOffsetOf } from './layout.ts';

const entrySize = 8;
/** Counted clusters past the end of the file are none that it holds; QEMU leaves at most a few there. */
const mostSkipped = 65_536;

/** The account that a qcow2 file keeps of its clusters: how often each is used. */
export interface Refcounts {
  /** Of the cluster that begins at this offset; 0 for a free one. */
  countAt(offset: number): number;
  /** A cluster at the end of the file, of zeros, counted once; its offset. */
  allocate(): number;
  /** The same for a cluster of a table, which is then held to be none of the disk's. */
  allocateTable(): number;
  /** Counts a use less. Throws `FormatError` (damaged) for a free one. */
  release(offset: number): void;
  /** Whether a table of the image lies in the cluster at this offset. */
  isTable(offset: number): boolean;
}

/** `tables` are the clusters that tables lie in; it is kept up to date. */
export function openRefcounts(file: GrowableDevice, header: Qcow2Header, tables: Set<number>): Refcounts {
  const { clusterBits, allocation } = header;
  const { refcountOrder } = allocation;
  const clusterSize = 2 ** clusterBits;
  const countBits = 2 ** refcountOrder;
  const countsOfBlock = (clusterSize * 8) / countBits;
  let tableOffset = allocation.refcountTableOffset;
  let tableEntries = (allocation.refcountTableClusters * clusterSize) / entrySize;
  let next = Math.ceil(file.size / clusterSize);

  function blockOf(cluster: number): number {
    const index = Math.floor(cluster / countsOfBlock);
    if (index >= tableEntries) return 0;
    return hostOffsetOf(file.read(tableOffset + index * entrySize, entrySize).readBigUInt64BE(0));
  }

  /** The bytes of a block that hold a count, from which they begin, and the count's index in them. */
  function placeOf(cluster: number): { at: number; length: number; index: number } {
    const bit = (cluster % countsOfBlock) * countBits;
    return { at: Math.floor(bit / 8), length: Math.max(1, countBits / 8), index: (bit % 8) / countBits };
  }

  function count(cluster: number): number {
    const block = blockOf(cluster);
    if (block === 0) return 0;
    const { at, length, index } = placeOf(cluster);
    return readCount(file.read(block + at, length), index, countBits);
  }

  function setCount(cluster: number, value: number): void {
    const block = requireBlock(cluster);
    const { at, length, index } = placeOf(cluster);
    const bytes = Buffer.from(file.read(block + at, length));
    writeCount(bytes, index, countBits, value);
    file.write(block + at, bytes);
  }

  /** Takes a cluster that nothing counts yet from the end of the file; it is counted by the caller. */
  function takeAtEnd(): number {
    for (let skipped = 0; count(next) !== 0; skipped++, next++) {
      if (skipped >= mostSkipped)
        throw notWritten('clusters past its end are in use', 'have it repaired with `qemu-img check -r all`');
    }
    next++;
    file.grow(next * clusterSize);
    return next - 1;
  }

  /** The block that counts a cluster; a new one may well count itself. */
  function requireBlock(cluster: number): number {
    const index = Math.floor(cluster / countsOfBlock);
    if (index >= tableEntries) growTable(index + 1);
    const known = blockOf(cluster);
    if (known !== 0) return known;
    const block = takeAtEnd();
    tables.add(block);
    const entry = Buffer.alloc(entrySize);
    entry.writeBigUInt64BE(BigInt(block * clusterSize));
    file.write(tableOffset + index * entrySize, entry);
    setCount(block, 1);
    return block * clusterSize;
  }

  /** Moves the table to where it has room; its clusters are counted once it is in use, for they may need it. */
  function growTable(entries: number): void {
    const oldOffset = tableOffset;
    const oldClusters = Math.ceil((tableEntries * entrySize) / clusterSize);
    const clusters = Math.ceil((Math.max(entries, tableEntries * 1.5) * entrySize) / clusterSize) + 1;
    const old = Buffer.from(file.read(oldOffset, oldClusters * clusterSize));
    const first = takeRun(clusters);
    tableOffset = first * clusterSize;
    tableEntries = (clusters * clusterSize) / entrySize;
    file.write(tableOffset, old);
    writeRefcountTablePlace(file, tableOffset, clusters);
    for (let i = 0; i < clusters; i++) {
      tables.add(first + i);
      setCount(first + i, 1);
    }
    for (let i = 0; i < oldClusters; i++) {
      tables.delete(oldOffset / clusterSize + i);
      setCount(oldOffset / clusterSize + i, 0);
    }
  }

  /** A run of several is free as a whole only where no block of the table counts it. */
  function takeRun(clusters: number): number {
    let first = takeAtEnd();
    for (let length = 1; length < clusters; length++) {
      const following = takeAtEnd();
      if (following === first + length) continue;
      first = following;
      length = 0;
    }
    return first;
  }

  function allocate(): number {
    const cluster = takeAtEnd();
    setCount(cluster, 1);
    return cluster * clusterSize;
  }

  return {
    countAt: (offset) => count(offset / clusterSize),
    allocate,
    allocateTable() {
      const offset = allocate();
      tables.add(offset / clusterSize);
      return offset;
    },
    release(offset) {
      const cluster = offset / clusterSize;
      const uses = count(cluster);
      if (uses === 0) throw damaged(`the cluster at ${offset} is in use, and its reference count is 0`);
      setCount(cluster, uses - 1);
    },
    isTable: (offset) => tables.has(offset / clusterSize),
  };
}
