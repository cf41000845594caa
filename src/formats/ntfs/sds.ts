import { type Device, readSafeUInt64LE } from '../device.ts';
import { damaged, FormatError } from '../errors.ts';

/*
 * $Secure:$SDS, every security descriptor of a volume once. In blocks of 256 KiB, each followed by a copy
 * of itself. An entry, at a multiple of 16 and never across two blocks:
 *
 *   offset size
 *   0x00      4  hash of the descriptor
 *   0x04      4  security id
 *   0x08      8  offset of this entry in the stream, in the copy as well that of the first
 *   0x10      4  length of the entry
 *   0x14         self-relative security descriptor
 */
const HASH = 0x00;
const ID = 0x04;
const OFFSET = 0x08;
const LENGTH = 0x10;
const DESCRIPTOR = 0x14;

const ALIGNMENT = 16;
const BLOCK_SIZE = 256 * 1024;
/** Of one self-relative descriptor. */
export const MAX_DESCRIPTOR_SIZE: number = 64 * 1024;
const MAX_ENTRY_SIZE = DESCRIPTOR + MAX_DESCRIPTOR_SIZE;
const MAX_STREAM_SIZE = 1024 * 1024 * 1024;

/** A security descriptor as $SDS keeps it. */
export interface SdsEntry {
  readonly id: number;
  readonly hash: number;
  /** In the stream, in bytes. */
  readonly offset: number;
  readonly descriptor: Buffer;
}

/** What the index $SII knows of an entry. */
export interface SdsReference {
  readonly id: number;
  readonly hash: number;
  readonly offset: number;
  /** Of the entry with its header, in bytes. */
  readonly length: number;
}

/** The hash that $SDS, $SII and $SDH know a descriptor by: over its 32-bit words, rotate left by 3 and add. */
export function descriptorHash(descriptor: Buffer): number {
  let hash = 0;
  for (let at = 0; at + 4 <= descriptor.length; at += 4) {
    hash = (((hash << 3) | (hash >>> 29)) + descriptor.readUInt32LE(at)) >>> 0;
  }
  return hash;
}

/**
 * Every descriptor of a whole $SDS stream, in its order; where one does not keep its hash, its copy. One
 * that is bad in both places is left out. Throws `FormatError` (damaged) for a stream of absurd size.
 */
export function* sdsEntries(stream: Device): Generator<SdsEntry> {
  if (stream.size > MAX_STREAM_SIZE) throw damaged(`$SDS has ${stream.size} bytes`);
  for (let start = 0; start < stream.size; start += 2 * BLOCK_SIZE) {
    const block = stream.read(start, Math.min(BLOCK_SIZE, stream.size - start));
    const copyStart = start + BLOCK_SIZE;
    let copy: Buffer | undefined;
    for (let at = 0; at + DESCRIPTOR <= block.length; ) {
      let entry = entryAt(block, at, start);
      if (entry === undefined || !keepsHash(entry)) {
        copy ??= stream.read(Math.min(copyStart, stream.size), copyLength(stream, copyStart));
        const other = entryAt(copy, at, start);
        entry = other !== undefined && keepsHash(other) ? other : undefined;
      }
      if (entry !== undefined) yield entry;
      at += entry === undefined ? ALIGNMENT : aligned(DESCRIPTOR + entry.descriptor.length);
    }
  }
}

/**
 * The descriptor that $SII refers to, from $SDS or, where it is bad there, from its copy.
 * Throws `FormatError` (damaged) where neither is what the reference says.
 */
export function readDescriptor(stream: Device, reference: SdsReference): Buffer {
  const { id, offset, length } = reference;
  if (length < DESCRIPTOR || length > MAX_ENTRY_SIZE) {
    throw damaged(`security descriptor ${id} has ${length} bytes`);
  }
  for (const start of [offset, offset + BLOCK_SIZE]) {
    const descriptor = descriptorIfGood(stream, start, reference);
    if (descriptor !== undefined) return descriptor;
  }
  throw damaged(`security descriptor ${id} is bad in $SDS at ${offset} and in its copy`);
}

/** `undefined` also where the place cannot be read, so that the copy gets its chance. */
function descriptorIfGood(stream: Device, start: number, reference: SdsReference): Buffer | undefined {
  let bytes: Buffer;
  try {
    bytes = stream.read(start, reference.length);
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
  const descriptor = bytes.subarray(DESCRIPTOR);
  const isTheOne =
    bytes.readUInt32LE(ID) === reference.id &&
    bytes.readUInt32LE(HASH) === reference.hash &&
    bytes.readUInt32LE(LENGTH) === reference.length;
  return isTheOne && descriptorHash(descriptor) === reference.hash ? Buffer.from(descriptor) : undefined;
}

/** The entry at `at` of a block that begins at `start` of the stream, if one is there. */
function entryAt(block: Buffer, at: number, start: number): SdsEntry | undefined {
  if (at + DESCRIPTOR > block.length) return undefined;
  const length = block.readUInt32LE(at + LENGTH);
  if (length <= DESCRIPTOR || length > MAX_ENTRY_SIZE || at + length > block.length) return undefined;
  if (block.readUInt32LE(at + OFFSET + 4) > 0x1f_ffff) return undefined;
  const offset = readSafeUInt64LE(block, at + OFFSET, 'offset in $SDS');
  if (offset !== start + at) return undefined;
  return {
    id: block.readUInt32LE(at + ID),
    hash: block.readUInt32LE(at + HASH),
    offset,
    descriptor: block.subarray(at + DESCRIPTOR, at + length),
  };
}

function keepsHash(entry: SdsEntry): boolean {
  return descriptorHash(entry.descriptor) === entry.hash;
}

function copyLength(stream: Device, copyStart: number): number {
  return Math.max(0, Math.min(BLOCK_SIZE, stream.size - copyStart));
}

function aligned(length: number): number {
  return Math.ceil(length / ALIGNMENT) * ALIGNMENT;
}
