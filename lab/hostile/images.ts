import { makeImage } from '../images/index.ts';
import { resealedVhd, resealedVhdx } from '../images/reseal.ts';

/** The table of a VHD and the dynamic header before it, where this lab's maker puts them. */
const vhd = { header: 512, entries: 512 + 28, table: 1536, size: 48, tableEntries: 4 } as const;

/** VHDs of a disk that lie about themselves, with checksums that are right. */
export function hostileVhds(disk: Buffer): Readonly<Record<string, Buffer>> {
  const broken = (change: (file: Buffer) => void, kind: 'vhd-fixed' | 'vhd-dynamic' = 'vhd-dynamic') => {
    const { file } = makeImage(kind, disk);
    change(file);
    return resealedVhd(file);
  };
  const setSize = (file: Buffer, size: bigint) => {
    file.writeBigUInt64BE(size, file.length - 512 + vhd.size);
    if (file.toString('latin1', 0, 8) === 'conectix') file.writeBigUInt64BE(size, vhd.size);
  };
  return {
    'a fixed VHD of nearly 2^64 bytes': broken((file) => setSize(file, 2n ** 64n - 512n), 'vhd-fixed'),
    'a VHD of nearly 2^64 bytes': broken((file) => setSize(file, 2n ** 64n - 512n)),
    'a VHD of nearly 2^53 bytes': broken((file) => setSize(file, 2n ** 53n - 512n)),
    'a VHD of nearly 2^53 bytes with 2^32 blocks': broken((file) => {
      setSize(file, 2n ** 53n - 512n);
      file.writeUInt32BE(0xffff_ffff, vhd.entries);
    }),
    'a VHD with a table past its end': broken((file) => {
      file.writeBigUInt64BE(2n ** 40n, vhd.header + 16);
    }),
    'a VHD with blocks past its end': broken((file) => {
      file.fill(0xfe, vhd.table, vhd.table + vhd.tableEntries);
    }),
    'a VHD with blocks of 4 GiB': broken((file) => file.writeUInt32BE(0x8000_0000, vhd.header + 32)),
  };
}

const megabyte = 0x10_0000;
const logSector = 4096;
/** What this lab's maker makes of a VHDX: two headers, two region tables, log, metadata, table of blocks. */
const vhdx = { headers: [0x1_0000, 0x2_0000], regions: [0x3_0000, 0x4_0000], log: megabyte } as const;

/** VHDX files of a disk that lie about themselves, with checksums that are right. */
export function hostileVhdxs(disk: Buffer): Readonly<Record<string, Buffer>> {
  const broken = (change: (file: Buffer) => void, log: 'empty' | 'pending' = 'empty') => {
    const { file } = makeImage('vhdx-dynamic', disk, { log });
    change(file);
    return resealedVhdx(file);
  };
  const inBoth = (places: readonly number[], change: (at: number) => void) => places.forEach(change);
  const damaged = makeImage('vhdx-dynamic', disk).file;
  for (const at of vhdx.headers) damaged.fill(0xa5, at + 8, at + 64);
  return {
    'a VHDX without a sound header': damaged,
    'a VHDX with a region table of 2^32 entries': broken((file) =>
      inBoth(vhdx.regions, (at) => file.writeUInt32LE(0xffff_ffff, at + 8)),
    ),
    'a VHDX with regions past its end': broken((file) =>
      inBoth(vhdx.regions, (at) => {
        for (const entry of [16, 48]) file.writeBigUInt64LE(2n ** 52n, at + entry + 16);
      }),
    ),
    'a VHDX with a log of 4 GiB': broken(
      (file) => inBoth(vhdx.headers, (at) => file.writeUInt32LE(0xffff_f000, at + 68)),
      'pending',
    ),
    'a VHDX whose log goes round': broken((file) => fillWithEntries(file, 'circle'), 'pending'),
    'a VHDX whose log entries lie over each other': broken(
      (file) => fillWithEntries(file, 'pile'),
      'pending',
    ),
    'a VHDX with a disk of 2^63 bytes': broken((file) => {
      const at = file.indexOf(sizeOf(disk), 2 * megabyte);
      file.writeBigUInt64LE(2n ** 63n, at);
    }),
  };
}

function sizeOf(disk: Buffer): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(disk.length));
  return bytes;
}

/**
 * A log that is full of entries without changes. `circle`: each points back at the next one as the oldest that it
 * needs. `pile`: each claims all of the log for itself.
 */
function fillWithEntries(file: Buffer, how: 'circle' | 'pile'): void {
  const guid = Buffer.from(file.subarray((vhdx.headers[0] ?? 0) + 48, (vhdx.headers[0] ?? 0) + 64));
  for (let at = 0; at < megabyte; at += logSector) {
    const entry = file.subarray(vhdx.log + at, vhdx.log + at + logSector);
    entry.fill(0);
    entry.write('loge', 0, 'latin1');
    entry.writeUInt32LE(how === 'circle' ? logSector : megabyte, 8);
    entry.writeUInt32LE((at + logSector) % megabyte, 12);
    entry.writeBigUInt64LE(BigInt(at / logSector + 1), 16);
    guid.copy(entry, 32);
  }
}

/** A qcow2 image of a disk whose table of tables names itself as the first table. */
export function selfReferringQcow2(disk: Buffer): Buffer {
  const { file } = makeImage('qcow2', disk, { clusterBits: 12 });
  const l1 = Number(file.readBigUInt64BE(40));
  file.writeBigUInt64BE(BigInt(l1) | (1n << 63n), l1);
  return file;
}

/** A qcow2 image of nothing but what its backing file has. */
export function qcow2Over(path: string, format?: string): Buffer {
  const disk = Buffer.alloc(2 ** 20);
  const backing = format === undefined ? { path, disk } : { path, format, disk };
  return makeImage('qcow2', disk, { clusterBits: 12, backing }).file;
}
