import type { Device } from '../../device.ts';
import { damaged } from '../../errors.ts';
import { type Extent, extentDevice, ofParent, zeros } from '../extents.ts';
import { Recent } from '../recent.ts';
import { requireInFile, tablesOf } from '../tables.ts';
import { compressedPlace, readCompressedCluster } from './compressed.ts';
import type { Qcow2Header } from './header.ts';

const l1EntrySize = 8;
const subclusters = 32;
/** The flags of an L2 entry, in its upper and its lower half. */
const compressedFlag = 0x4000_0000;
const zeroFlag = 1;
/** How many bytes of unpacked clusters are kept. */
const unpackedKept = 4 * 1024 * 1024;

interface L2Entry {
  readonly high: number;
  readonly low: number;
  /** Extended entries only: a bit for each subcluster that is there, and one for each that is zeros. */
  readonly present: number;
  readonly zero: number;
}

const noEntry: L2Entry = { high: 0, low: 0, present: 0, zero: 0 };

/**
 * The disk of a qcow2 image: L1 and L2 tables lead to clusters (QEMU, docs/interop/qcow2, "Cluster
 * mapping"). What is not allocated is the parent's, or zeros.
 */
export function qcow2Disk(file: Device, header: Qcow2Header, parent: Device | undefined): Device {
  const { clusterBits, extendedL2, compression, version } = header;
  const clusterSize = 2 ** clusterBits;
  const subclusterSize = clusterSize / subclusters;
  const l2EntrySize = extendedL2 ? 16 : 8;
  const l2Entries = clusterSize / l2EntrySize;
  const tables = tablesOf(file);
  const unpacked = new Recent<number, Buffer>(Math.max(2, unpackedKept / clusterSize));

  function l2Entry(cluster: number): L2Entry {
    const index = Math.floor(cluster / l2Entries);
    const l1 = tables.entry(header.l1TableOffset + index * l1EntrySize, l1EntrySize, `L1 entry ${index}`);
    const table = hostOffset(l1.readUInt32BE(0), l1.readUInt32BE(4));
    if (table === 0) return noEntry;
    requireAligned(table, `L2 table ${index}`);
    const what = `L2 entry of cluster ${cluster}`;
    const entry = tables.entry(table + (cluster % l2Entries) * l2EntrySize, l2EntrySize, what);
    const high = entry.readUInt32BE(0);
    const low = entry.readUInt32BE(4);
    if (!extendedL2) return { high, low, present: 0, zero: 0 };
    return { high, low, zero: entry.readUInt32BE(8), present: entry.readUInt32BE(12) };
  }

  function requireAligned(offset: number, what: string): void {
    if (offset % clusterSize !== 0) throw damaged(`${what} at ${offset} is not aligned to a cluster`);
  }

  function inFile(start: number, within: number, length: number, cluster: number): Extent {
    requireAligned(start, `cluster ${cluster}`);
    requireInFile(file, start + within, length, `cluster ${cluster}`);
    return { device: file, offset: start + within, length };
  }

  function locate(offset: number, length: number): Extent {
    const cluster = Math.floor(offset / clusterSize);
    const within = offset % clusterSize;
    const most = Math.min(length, clusterSize - within);
    const entry = l2Entry(cluster);
    if ((entry.high & compressedFlag) !== 0) {
      return { device: compressedCluster(entry), offset: within, length: most };
    }
    if (extendedL2) return inSubclusters(entry, cluster, offset, most);
    if ((entry.low & zeroFlag) !== 0) {
      if (version === 2) throw damaged(`cluster ${cluster} is marked as zeros, which version 2 cannot`);
      return zeros(most);
    }
    const start = hostOffset(entry.high, entry.low);
    return start === 0 ? ofParent(parent, offset, most) : inFile(start, within, most, cluster);
  }

  /** Unpacked only when it is read. */
  function compressedCluster(entry: L2Entry): Device {
    const place = compressedPlace(entry.high, entry.low, clusterBits);
    return {
      size: clusterSize,
      read(offset, length) {
        const bytes = unpacked.get(place.offset, () =>
          readCompressedCluster(file, place, clusterSize, compression),
        );
        return bytes.subarray(offset, offset + length);
      },
    };
  }

  function inSubclusters(entry: L2Entry, cluster: number, offset: number, most: number): Extent {
    const within = offset % clusterSize;
    const first = Math.floor(within / subclusterSize);
    if ((entry.present & entry.zero) !== 0) throw damaged(`cluster ${cluster} has subclusters in two states`);
    const stateOf = (sub: number): number =>
      ((entry.present >>> sub) & 1) | (((entry.zero >>> sub) & 1) << 1);
    const state = stateOf(first);
    let next = first + 1;
    while (next < subclusters && stateOf(next) === state) next++;
    const run = Math.min(most, next * subclusterSize - within);
    if (state === 2) return zeros(run);
    if (state === 0) return ofParent(parent, offset, run);
    const start = hostOffset(entry.high, entry.low);
    if (start === 0) throw damaged(`cluster ${cluster} has subclusters and no place for them`);
    return inFile(start, within, run, cluster);
  }

  return extentDevice(header.size, locate);
}

/** Bits 9 to 55 of a table entry. */
function hostOffset(high: number, low: number): number {
  return (high & 0x00ff_ffff) * 2 ** 32 + ((low & 0xffff_fe00) >>> 0);
}
