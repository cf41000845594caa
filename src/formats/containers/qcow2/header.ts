import { type Device, readSafeUInt64BE, type WritableDevice } from '../../device.ts';
import { damaged, FormatError } from '../../errors.ts';
import { requireInFile } from '../tables.ts';
import { readExtensions } from './extensions.ts';
import { type IncompatibleFeatures, incompatibleFeatures } from './features.ts';

/**
 * The header (QEMU, docs/interop/qcow2, "Header"); big-endian. Version 2 ends at 72, version 3 says where
 * it ends.
 *
 *   offset size name                          offset size name
 *        0    4 magic 'QFI' 0xfb                  56    4 refcount table clusters
 *        4    4 version                           60    4 number of snapshots
 *        8    8 backing file offset               64    8 snapshots offset
 *       16    4 backing file size                 72    8 incompatible features
 *       20    4 cluster bits                      80    8 compatible features
 *       24    8 size                              88    8 autoclear features
 *       32    4 encryption method                 96    4 refcount order
 *       36    4 L1 size, in entries              100    4 header length
 *       40    8 L1 table offset                  104    1 compression type
 *       48    8 refcount table offset
 */
const layout = {
  version: 4,
  backingFileOffset: 8,
  backingFileSize: 16,
  clusterBits: 20,
  size: 24,
  encryptionMethod: 32,
  l1Size: 36,
  l1TableOffset: 40,
  refcountTableOffset: 48,
  refcountTableClusters: 56,
  snapshotCount: 60,
  incompatibleFeatures: 72,
  autoclearFeatures: 88,
  refcountOrder: 96,
  headerLength: 100,
  compressionType: 104,
} as const;

const version2Length = 72;
const version3Length = 104;
/** The header and its extensions lie in the first cluster, and take no more of it than this in practice. */
const longestHeader = 65_536;
/** Version 2 counts references in 16 bits. */
const version2RefcountOrder = 4;
const longestBackingName = 1023;
/** QEMU's own bound: 32 MiB of L1 table. */
const mostL1Entries = 2 ** 22;

export interface Qcow2Header {
  readonly version: 2 | 3;
  readonly clusterBits: number;
  readonly extendedL2: boolean;
  readonly compression: 'deflate' | 'zstd';
  /** Of the virtual disk, in bytes. */
  readonly size: number;
  readonly l1TableOffset: number;
  readonly l1Size: number;
  /** What a writer must know beside; nothing of it was judged yet. */
  readonly allocation: Qcow2Allocation;
  readonly backing: { readonly path: string; readonly format: string | undefined } | undefined;
  readonly warnings: readonly string[];
}

/** How the file keeps account of its clusters, and in which state it was left. */
export interface Qcow2Allocation {
  /** May be more than a safe integer. */
  readonly refcountTableOffset: number;
  readonly refcountTableClusters: number;
  /** A count takes two to the power of this many bits. */
  readonly refcountOrder: number;
  readonly snapshots: number;
  readonly dirty: boolean;
  readonly corrupt: boolean;
  /** Bits of which a writer clears those that it does not know; bit 0: the bitmaps are right. */
  readonly autoclear: bigint;
}

/** Reads and judges the header. Throws `FormatError` (damaged, unsupported, encrypted). */
export function readQcow2Header(file: Device): Qcow2Header {
  const bytes = file.read(0, Math.min(longestHeader, file.size));
  if (bytes.length < version2Length) throw damaged('the qcow2 header is cut short');
  const version = requireVersion(bytes);
  const clusterBits = bytes.readUInt32BE(layout.clusterBits);
  if (clusterBits < 9 || clusterBits > 21) throw damaged(`clusters of 2^${clusterBits} bytes`);
  const headerLength = version === 2 ? version2Length : lengthOf(bytes);
  const extensions = readExtensions(bytes, headerLength, extensionsEnd(bytes, clusterBits));
  const incompatible = version === 2 ? 0n : bytes.readBigUInt64BE(layout.incompatibleFeatures);
  const features = incompatibleFeatures(incompatible, extensions);
  requirePlain(bytes.readUInt32BE(layout.encryptionMethod));
  if (features.extendedL2 && clusterBits < 14)
    throw damaged(`subclusters in clusters of 2^${clusterBits} bytes`);
  return {
    version,
    clusterBits,
    extendedL2: features.extendedL2,
    compression: compressionOf(bytes, headerLength),
    size: readSafeUInt64BE(bytes, layout.size, 'the size of the disk'),
    ...l1Table(file, bytes, clusterBits, features.extendedL2),
    allocation: allocationOf(bytes, version, features),
    backing: backingOf(file, bytes, extensions.backingFormat),
    warnings: warningsOf(features, bytes.readUInt32BE(layout.snapshotCount)),
  };
}

function requireVersion(bytes: Buffer): 2 | 3 {
  const version = bytes.readUInt32BE(layout.version);
  if (version !== 2 && version !== 3)
    throw new FormatError('unsupported', `a qcow2 image of version ${version}`);
  return version;
}

function lengthOf(bytes: Buffer): number {
  if (bytes.length < version3Length) throw damaged('the qcow2 header is cut short');
  const length = bytes.readUInt32BE(layout.headerLength);
  if (length < version3Length || length > bytes.length)
    throw damaged(`a qcow2 header length of ${length} bytes`);
  return length;
}

/** The extensions end where the backing file's name begins, else with the first cluster. */
function extensionsEnd(bytes: Buffer, clusterBits: number): number {
  const name = bytes.readBigUInt64BE(layout.backingFileOffset);
  const end = Math.min(bytes.length, 2 ** clusterBits);
  return name > 0n && name < BigInt(end) ? Number(name) : end;
}

function requirePlain(method: number): void {
  const methods = ['', 'AES', 'LUKS'];
  if (method === 0) return;
  throw new FormatError(
    'encrypted',
    `the qcow2 image is encrypted (${methods[method] ?? `method ${method}`})`,
  );
}

function compressionOf(bytes: Buffer, headerLength: number): 'deflate' | 'zstd' {
  const type = headerLength > layout.compressionType ? bytes.readUInt8(layout.compressionType) : 0;
  if (type > 1) throw new FormatError('unsupported', `qcow2 compression of type ${type}`);
  return type === 1 ? 'zstd' : 'deflate';
}

function l1Table(file: Device, bytes: Buffer, clusterBits: number, extendedL2: boolean) {
  const size = readSafeUInt64BE(bytes, layout.size, 'the size of the disk');
  const l1Size = bytes.readUInt32BE(layout.l1Size);
  const l1TableOffset = readSafeUInt64BE(bytes, layout.l1TableOffset, 'the offset of the L1 table');
  const covered = 2 ** (clusterBits * 2 - (extendedL2 ? 4 : 3));
  if (l1Size > mostL1Entries) throw damaged(`an L1 table of ${l1Size} entries`);
  if (l1Size < Math.ceil(size / covered)) throw damaged(`an L1 table of ${l1Size} entries for ${size} bytes`);
  if (l1TableOffset % 2 ** clusterBits !== 0)
    throw damaged(`the L1 table at ${l1TableOffset} is not aligned`);
  requireInFile(file, l1TableOffset, l1Size * 8, 'the L1 table');
  return { l1TableOffset, l1Size };
}

function allocationOf(bytes: Buffer, version: 2 | 3, features: IncompatibleFeatures): Qcow2Allocation {
  return {
    refcountTableOffset: Number(bytes.readBigUInt64BE(layout.refcountTableOffset)),
    refcountTableClusters: bytes.readUInt32BE(layout.refcountTableClusters),
    refcountOrder: version === 2 ? version2RefcountOrder : bytes.readUInt32BE(layout.refcountOrder),
    snapshots: bytes.readUInt32BE(layout.snapshotCount),
    dirty: features.dirty,
    corrupt: features.corrupt,
    autoclear: version === 2 ? 0n : bytes.readBigUInt64BE(layout.autoclearFeatures),
  };
}

/** Says that the refcount table lies elsewhere now. */
export function writeRefcountTablePlace(file: WritableDevice, offset: number, clusters: number): void {
  const bytes = Buffer.alloc(layout.refcountTableClusters + 4 - layout.refcountTableOffset);
  bytes.writeBigUInt64BE(BigInt(offset), 0);
  bytes.writeUInt32BE(clusters, layout.refcountTableClusters - layout.refcountTableOffset);
  file.write(layout.refcountTableOffset, bytes);
}

/** Clears all autoclear features of an image of version 3, as whoever knows none of them must before writing. */
export function clearAutoclearFeatures(file: WritableDevice): void {
  file.write(layout.autoclearFeatures, Buffer.alloc(8));
}

function backingOf(file: Device, bytes: Buffer, format: string | undefined): Qcow2Header['backing'] {
  const offset = readSafeUInt64BE(bytes, layout.backingFileOffset, 'the offset of the backing file name');
  const length = bytes.readUInt32BE(layout.backingFileSize);
  if (offset === 0 || length === 0) return undefined;
  if (length > longestBackingName) throw damaged(`a backing file name of ${length} bytes`);
  requireInFile(file, offset, length, 'the name of the backing file');
  return { path: file.read(offset, length).toString('utf8'), format };
}

function warningsOf(features: IncompatibleFeatures, snapshots: number): string[] {
  const warnings: string[] = [];
  if (features.dirty) warnings.push('the dirty flag is set: the file was not closed cleanly');
  if (features.corrupt) warnings.push('the corrupt flag is set: its writer found the file damaged');
  if (snapshots > 0)
    warnings.push(`the file holds internal snapshots (${snapshots}): the current state is read`);
  return warnings;
}
