import type { GrowableDevice } from '../../device.ts';
import { damaged } from '../../errors.ts';
import { compressedPlace } from './compressed.ts';
import type { Qcow2Header } from './header.ts';
import { hostOffsetOf } from './layout.ts';
import type { Refcounts } from './refcounts.ts';

const l1EntrySize = 8;
const subclusters = 32;
/** Bit 63 of an L1 or L2 entry: what it names is used once, and can be written in place. */
const copiedFlag = 1n << 63n;
const compressedFlag = 1n << 62n;
const zeroFlag = 1n;
const allSubclusters = 0xffff_ffff;
const repair = 'have it repaired with `qemu-img check -r all`';

/** Writes the clusters of a qcow2 image's disk. */
export interface Qcow2Clusters {
  /** Bytes within one cluster. */
  write(offset: number, bytes: Buffer): void;
}

interface L2Entry {
  /** Where the entry stands in the file. */
  readonly at: number;
  readonly word: bigint;
  /** Extended entries only: a bit for each subcluster that is there, and one for each that is zeros. */
  readonly present: number;
  readonly zero: number;
}

/**
 * What is allocated and used once is written in place. Everything else gets a cluster at the end of the file, filled up with
 * what the disk held there: the backing file's bytes, zeros, or what was compressed, whose room is given back. With
 * extended L2 entries only the subclusters that are written to are filled up, and the others stay as they are.
 */
export function writtenClusters(
  file: GrowableDevice,
  header: Qcow2Header,
  refcounts: Refcounts,
  read: (offset: number, length: number) => Buffer,
): Qcow2Clusters {
  const { clusterBits, extendedL2, l1TableOffset } = header;
  const clusterSize = 2 ** clusterBits;
  const l2EntrySize = extendedL2 ? 16 : 8;
  const l2Entries = clusterSize / l2EntrySize;
  const granule = extendedL2 ? clusterSize / subclusters : clusterSize;

  function wordAt(at: number): bigint {
    return file.read(at, 8).readBigUInt64BE(0);
  }

  function setWord(at: number, word: bigint): void {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64BE(word);
    file.write(at, bytes);
  }

  /** A file may end within its last cluster. */
  function put(at: number, bytes: Buffer): void {
    file.grow(at + bytes.length);
    file.write(at, bytes);
  }

  function l2Table(index: number): number {
    const at = l1TableOffset + index * l1EntrySize;
    const word = wordAt(at);
    const known = hostOffsetOf(word);
    if (known === 0) {
      const table = refcounts.allocateTable();
      setWord(at, BigInt(table) | copiedFlag);
      return table;
    }
    if (refcounts.countAt(known) !== 1) throw damaged(`L2 table ${index} is not used just once: ${repair}`);
    if ((word & copiedFlag) === 0n) setWord(at, word | copiedFlag);
    return known;
  }

  function entryOf(cluster: number): L2Entry {
    const at = l2Table(Math.floor(cluster / l2Entries)) + (cluster % l2Entries) * l2EntrySize;
    const bytes = file.read(at, l2EntrySize);
    const word = bytes.readBigUInt64BE(0);
    if (!extendedL2) return { at, word, present: 0, zero: 0 };
    return { at, word, zero: bytes.readUInt32BE(8), present: bytes.readUInt32BE(12) };
  }

  /** The cluster of the file that an entry names and that is its alone. */
  function ownCluster({ word }: L2Entry, cluster: number): number | undefined {
    const host = hostOffsetOf(word);
    if ((word & compressedFlag) !== 0n || host === 0) return undefined;
    if (host % clusterSize !== 0 || host + clusterSize > Math.ceil(file.size / clusterSize) * clusterSize)
      throw damaged(`cluster ${cluster} at ${host} is not aligned, or lies past the end of the file`);
    if (refcounts.isTable(host)) throw damaged(`cluster ${cluster} at ${host} lies over a table: ${repair}`);
    const uses = refcounts.countAt(host);
    if (uses === 0 || (uses > 1 && (word & copiedFlag) !== 0n))
      throw damaged(`cluster ${cluster} at ${host} has the reference count ${uses}: ${repair}`);
    return uses === 1 ? host : undefined;
  }

  /** What the entry named is not used by it any more. */
  function releaseOld({ word }: L2Entry): void {
    if ((word & compressedFlag) === 0n) {
      const host = hostOffsetOf(word);
      if (host !== 0) refcounts.release(host);
      return;
    }
    const place = compressedPlace(Number(word >> 32n), Number(word & 0xffff_ffffn), clusterBits);
    const end = place.offset + place.length;
    for (let host = place.offset - (place.offset % clusterSize); host < end; host += clusterSize) {
      refcounts.release(host);
    }
  }

  /** What the disk holds from one offset in a cluster to another, with the bytes that are written. */
  function filledUp(start: number, end: number, offset: number, bytes: Buffer): Buffer {
    const content = Buffer.alloc(end - start);
    read(start, Math.min(end, header.size) - start).copy(content);
    bytes.copy(content, offset - start);
    return content;
  }

  function writeStandard(entry: L2Entry, cluster: number, offset: number, bytes: Buffer): void {
    const own = ownCluster(entry, cluster);
    const start = cluster * clusterSize;
    const zeros = (entry.word & zeroFlag) !== 0n;
    if (own !== undefined && !zeros) {
      put(own + offset - start, bytes);
      if ((entry.word & copiedFlag) === 0n) setWord(entry.at, entry.word | copiedFlag);
      return;
    }
    const content = filledUp(start, start + clusterSize, offset, bytes);
    const host = own ?? refcounts.allocate();
    put(host, content);
    setWord(entry.at, BigInt(host) | copiedFlag);
    if (own === undefined) releaseOld(entry);
  }

  function writeExtended(entry: L2Entry, cluster: number, offset: number, bytes: Buffer): void {
    const own = ownCluster(entry, cluster);
    const start = cluster * clusterSize;
    // A cluster that is compressed or another's as well is copied whole.
    const compressed = (entry.word & compressedFlag) !== 0n;
    const whole = own === undefined && (compressed || hostOffsetOf(entry.word) !== 0);
    const first = whole ? 0 : Math.floor((offset - start) / granule);
    const last = whole ? subclusters - 1 : Math.floor((offset - start + bytes.length - 1) / granule);
    const from = start + first * granule;
    const content = filledUp(from, start + (last + 1) * granule, offset, bytes);
    const host = own ?? refcounts.allocate();
    put(host + from - start, content);
    const touched = whole ? allSubclusters : (allSubclusters >>> (31 - last + first)) << first;
    const bitmaps = Buffer.alloc(8);
    bitmaps.writeUInt32BE(whole ? 0 : (entry.zero & ~touched) >>> 0, 0);
    bitmaps.writeUInt32BE((entry.present | touched) >>> 0, 4);
    setWord(entry.at, BigInt(host) | copiedFlag);
    file.write(entry.at + 8, bitmaps);
    if (own === undefined) releaseOld(entry);
  }

  return {
    write(offset, bytes) {
      const cluster = Math.floor(offset / clusterSize);
      const entry = entryOf(cluster);
      if (extendedL2) writeExtended(entry, cluster, offset, bytes);
      else writeStandard(entry, cluster, offset, bytes);
    },
  };
}
