import type { Device } from '../../device.ts';
import { damaged } from '../../errors.ts';
import { notWritten } from '../written-disk.ts';
import { compressedPlace } from './compressed.ts';
import { readCount } from './counts.ts';
import type { Qcow2Header } from './header.ts';
import { hostOffsetOf } from './layout.ts';

const entrySize = 8;
const compressedFlag = 0x4000_0000;
/** An image of 4 TiB in clusters of 64 KiB. */
const mostClusters = 2 ** 26;
/** Uses beyond this are not told apart: no more than a cluster of 2 MiB with compressed ones in it has in practice. */
const mostUses = 255;

/**
 * That no cluster of the file is used oftener than its reference count says: then what is used once can be written in
 * place, and what is free is free. Every L2 table is read for it. Counts that are too high only waste room, and pass.
 * `tables` are the clusters that tables lie in. Throws `FormatError`.
 */
export function requireSoundClusters(file: Device, header: Qcow2Header, tables: ReadonlySet<number>): void {
  const clusterSize = 2 ** header.clusterBits;
  const clusters = Math.ceil(file.size / clusterSize);
  if (clusters > mostClusters)
    throw notWritten(
      `it has ${clusters} clusters`,
      'convert it to larger clusters with `qemu-img convert` first',
    );
  const uses = new Uint8Array(clusters);
  for (const cluster of tables) use(uses, cluster);
  countEntries(file, header, (cluster) => use(uses, cluster));
  requireCounted(file, header, uses);
}

function use(uses: Uint8Array, cluster: number): void {
  const before = uses[cluster];
  if (before === undefined) throw damaged(`cluster ${cluster} of the file is in use and lies past its end`);
  if (before < mostUses) uses[cluster] = before + 1;
}

function countEntries(file: Device, header: Qcow2Header, count: (cluster: number) => void): void {
  const { clusterBits, extendedL2, l1TableOffset, l1Size } = header;
  const clusterSize = 2 ** clusterBits;
  const l2EntrySize = extendedL2 ? 16 : 8;
  const l1 = file.read(l1TableOffset, l1Size * entrySize);
  for (let at = 0; at < l1.length; at += entrySize) {
    const offset = hostOffsetOf(l1.readBigUInt64BE(at));
    if (offset === 0) continue;
    const table = file.read(offset, clusterSize);
    for (let entry = 0; entry < clusterSize; entry += l2EntrySize) {
      const high = table.readUInt32BE(entry);
      const low = table.readUInt32BE(entry + 4);
      if ((high & compressedFlag) !== 0) countCompressed(high, low, clusterBits, count);
      else countHost(high, low, clusterSize, count);
    }
  }
}

function countHost(high: number, low: number, clusterSize: number, count: (cluster: number) => void): void {
  const host = (high & 0x00ff_ffff) * 2 ** 32 + ((low & 0xffff_fe00) >>> 0);
  if (host === 0) return;
  if (host % clusterSize !== 0) throw damaged(`a cluster at ${host} is not aligned`);
  count(host / clusterSize);
}

function countCompressed(
  high: number,
  low: number,
  clusterBits: number,
  count: (cluster: number) => void,
): void {
  const { offset, length } = compressedPlace(high, low, clusterBits);
  const last = Math.floor((offset + length - 1) / 2 ** clusterBits);
  for (let cluster = Math.floor(offset / 2 ** clusterBits); cluster <= last; cluster++) count(cluster);
}

function requireCounted(file: Device, header: Qcow2Header, uses: Uint8Array): void {
  const { clusterBits, allocation } = header;
  const { refcountTableOffset, refcountTableClusters, refcountOrder } = allocation;
  const clusterSize = 2 ** clusterBits;
  const countBits = 2 ** refcountOrder;
  const countsOfBlock = (clusterSize * 8) / countBits;
  const table = file.read(refcountTableOffset, refcountTableClusters * clusterSize);
  for (let first = 0; first < uses.length; first += countsOfBlock) {
    const at = (first / countsOfBlock) * entrySize;
    const offset = at < table.length ? hostOffsetOf(table.readBigUInt64BE(at)) : 0;
    const block = offset === 0 ? Buffer.alloc(clusterSize) : file.read(offset, clusterSize);
    const end = Math.min(countsOfBlock, uses.length - first);
    for (let i = 0; i < end; i++) {
      const used = uses[first + i] ?? 0;
      if (used > 0 && readCount(block, i, countBits) < used) {
        const place = (first + i) * clusterSize;
        throw damaged(
          `the cluster at ${place} of the file is used oftener than its reference count says: have it repaired with \`qemu-img check -r all\``,
        );
      }
    }
  }
}
