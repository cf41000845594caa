import type { Device } from '../../device.ts';
import { damaged } from '../../errors.ts';
import { requireInFile } from '../tables.ts';
import type { Qcow2Header } from './header.ts';

/** Bits 9 to 55 of a table entry: where in the file what it names lies. */
const hostOffsetMask = 0x00ff_ffff_ffff_fe00n;
const entrySize = 8;
const highestRefcountOrder = 6;
/** QEMU's own bound: 8 MiB of refcount table. */
const longestRefcountTable = 8 * 1024 * 1024;

/** The offset in an entry of an L1, L2 or refcount table. */
export function hostOffsetOf(entry: bigint): number {
  return Number(entry & hostOffsetMask);
}

/**
 * The clusters, by number, that the tables of an image lie in: what no write to its disk may touch. Throws `FormatError`
 * (damaged) where two of them lie over each other, or outside the file.
 */
export function tableClusters(file: Device, header: Qcow2Header): Set<number> {
  const { clusterBits, l1TableOffset, l1Size, allocation } = header;
  const clusterSize = 2 ** clusterBits;
  const taken = new Set<number>([0]);

  function take(offset: number, length: number, what: string): void {
    if (offset % clusterSize !== 0) throw damaged(`${what} at ${offset} is not aligned to a cluster`);
    requireInFile(file, offset, length, what);
    for (let cluster = offset / clusterSize; cluster * clusterSize < offset + length; cluster++) {
      if (taken.has(cluster)) throw damaged(`${what} at ${offset} lies over another table`);
      taken.add(cluster);
    }
  }

  function takeAll(tableOffset: number, entries: number, what: string): void {
    const table = file.read(tableOffset, entries * entrySize);
    for (let at = 0; at < table.length; at += entrySize) {
      const offset = hostOffsetOf(table.readBigUInt64BE(at));
      if (offset !== 0) take(offset, clusterSize, what);
    }
  }

  const { refcountTableOffset, refcountTableClusters, refcountOrder } = allocation;
  if (refcountOrder > highestRefcountOrder) throw damaged(`reference counts of 2^${refcountOrder} bits`);
  const refcountTableLength = refcountTableClusters * clusterSize;
  if (refcountTableLength === 0 || refcountTableLength > longestRefcountTable)
    throw damaged(`a refcount table of ${refcountTableLength} bytes`);
  take(l1TableOffset, l1Size * entrySize, 'the L1 table');
  take(refcountTableOffset, refcountTableLength, 'the refcount table');
  takeAll(refcountTableOffset, refcountTableLength / entrySize, 'a refcount block');
  takeAll(l1TableOffset, l1Size, 'an L2 table');
  return taken;
}
