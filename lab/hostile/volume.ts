import type { BuiltFile } from '../ntfs/index.ts';
import type { BuiltWindows } from './windows.ts';

/** A volume that can be broken at any one place while its update sequences stay right. */
export interface VolumePatient {
  readonly image: Buffer;
  readonly clusterSize: number;
  file(path: string): BuiltFile;
  /** Changes a file record as it is in memory; the records that $MFTMirr holds are changed there too. */
  editRecord(number: number, edit: (record: Buffer) => void): void;
  /** How many blocks the index of a folder has beside its root. */
  indexBlocks(path: string): number;
  /** The same as `editRecord` for one of them, by its number in the file. */
  editIndexBlock(path: string, index: number, edit: (block: Buffer) => void): void;
}

const sector = 512;
const indexBlockSize = 4096;
const mirroredRecords = 4;
const attributeType = { list: 0x20, data: 0x80, indexRoot: 0x90, indexAllocation: 0xa0 } as const;
const endOfAttributes = 0xffff_ffff;

export function volumePatient(built: BuiltWindows): VolumePatient {
  const { image, clusterSize, recordSize } = built;

  function file(path: string): BuiltFile {
    const found = built.files.get(path);
    if (!found) throw new Error(`the volume has no ${path}`);
    return found;
  }

  function runOf(path: string, type: number): { readonly lcn: number; readonly clusters: number } {
    const [run] = file(path).attributes.find((attribute) => attribute.type === type)?.runs ?? [];
    if (typeof run?.lcn !== 'number') throw new Error(`${path} has no clusters`);
    return { lcn: run.lcn, clusters: run.clusters };
  }

  function startOf(path: string, type: number): number {
    return runOf(path, type).lcn * clusterSize;
  }

  return {
    image,
    clusterSize,
    file,
    editRecord(number, edit) {
      editProtected(image, built.recordOffset(number), recordSize, edit);
      if (number >= mirroredRecords) return;
      editProtected(image, startOf('$MFTMirr', attributeType.data) + number * recordSize, recordSize, edit);
    },
    indexBlocks: (path) =>
      (runOf(path, attributeType.indexAllocation).clusters * clusterSize) / indexBlockSize,
    editIndexBlock(path, index, edit) {
      const start = startOf(path, attributeType.indexAllocation);
      editProtected(image, start + index * indexBlockSize, indexBlockSize, edit);
    },
  };
}

/** Takes the update sequence off, edits, and puts it on again. */
function editProtected(image: Buffer, offset: number, length: number, edit: (bytes: Buffer) => void): void {
  const bytes = image.subarray(offset, offset + length);
  const array = bytes.readUInt16LE(4);
  const strides = length / sector;
  for (let i = 1; i <= strides; i++) bytes.copy(bytes, i * sector - 2, array + 2 * i, array + 2 * i + 2);
  edit(bytes);
  for (let i = 1; i <= strides; i++) {
    bytes.copy(bytes, array + 2 * i, i * sector - 2, i * sector);
    bytes.copy(bytes, i * sector - 2, array, array + 2);
  }
}

/** Where the first attribute of a type begins in a file record. */
export function attributeAt(record: Buffer, type: number): number {
  for (let at = record.readUInt16LE(0x14); at + 4 <= record.length; at += record.readUInt32LE(at + 4)) {
    const found = record.readUInt32LE(at);
    if (found === type) return at;
    if (found === endOfAttributes) break;
  }
  throw new Error(`the record has no attribute of type ${type}`);
}

/** A piece of a stream; without a cluster it is a hole. */
export interface HostileRun {
  readonly clusters: number;
  readonly lcn: number | undefined;
}

/** Puts a stream of this size and these runs in the place of a file's data, which must be its last attribute. */
export function replaceData(record: Buffer, size: number, runs: readonly HostileRun[]): void {
  const at = attributeAt(record, attributeType.data);
  const pairs = mappingPairs(runs);
  const length = Math.ceil((0x40 + pairs.length) / 8) * 8;
  const clusters = runs.reduce((sum, run) => sum + run.clusters, 0);
  const attribute = Buffer.alloc(length + 8);
  attribute.writeUInt32LE(attributeType.data, 0);
  attribute.writeUInt32LE(length, 4);
  attribute.writeUInt8(1, 8);
  attribute.writeUInt16LE(0x40, 0x0a);
  attribute.writeUInt16LE(record.readUInt16LE(at + 0x0e), 0x0e);
  attribute.writeBigUInt64LE(BigInt(Math.max(0, clusters - 1)), 0x18);
  attribute.writeUInt16LE(0x40, 0x20);
  for (const field of [0x28, 0x30, 0x38]) attribute.writeBigUInt64LE(BigInt(size), field);
  pairs.copy(attribute, 0x40);
  attribute.writeUInt32LE(endOfAttributes, length);
  attribute.copy(record, at);
  record.writeUInt32LE(at + length + 8, 0x18);
}

function mappingPairs(runs: readonly HostileRun[]): Buffer {
  let before = 0;
  const pairs = runs.map(({ clusters, lcn }) => {
    if (lcn === undefined) return Buffer.concat([Buffer.of(0x06), number48(clusters)]);
    const step = lcn - before;
    before = lcn;
    return Buffer.concat([Buffer.of(0x66), number48(clusters), number48(step)]);
  });
  return Buffer.concat([...pairs, Buffer.of(0)]);
}

function number48(value: number): Buffer {
  const bytes = Buffer.alloc(6);
  bytes.writeIntLE(value, 0, 6);
  return bytes;
}
