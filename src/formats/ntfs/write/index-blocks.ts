import { damaged } from '../../errors.ts';
import { INDEX_ALLOCATION, INDEX_ROOT } from '../attribute.ts';
import { withNextFixups, withoutFixups } from '../fixups.ts';
import { NODE_HEADER_SIZE } from '../index-node.ts';
import { type AttributePlace, addAttribute, freeBytes, replaceAttribute } from './attribute-places.ts';
import type { FileEdit, VolumeEdit } from './file-edit.ts';
import { refused } from './refused.ts';
import { type StreamEdit, streamEdit } from './stream-edit.ts';
import { clusterAttribute, residentAttribute, withValue } from './stream-layout.ts';

/*
 * $INDEX_ROOT:                                  An index block (INDX) in $INDEX_ALLOCATION:
 *
 *   0x08  4  size of an index block               0x04  2  offset of the update sequence array
 *   0x10     node                                 0x06  2  its words
 *                                                 0x10  8  its own VCN
 *                                                 0x18     node
 *
 * A node: 0x00 4 offset of the first entry, 0x04 4 end of the entries, 0x08 4 allocated, 0x0C 1 1: has children.
 */
const ROOT_BLOCK_SIZE = 0x08;
const ROOT_NODE = 0x10;
const BLOCK_ARRAY_OFFSET = 0x04;
const BLOCK_ARRAY_COUNT = 0x06;
const BLOCK_VCN = 0x10;
const BLOCK_NODE = 0x18;
const BLOCK_ARRAY = 0x28;
const FIRST_ENTRY = 0x00;
const END_OF_ENTRIES = 0x04;
const NODE_ALLOCATED = 0x08;
const NODE_FLAGS = 0x0c;
const ENTRY_FLAGS = 0x0c;
const HAS_CHILD = 0x01;

const BITMAP = 0xb0;
const FIXUP_STRIDE = 512;
const MAX_BLOCK_SIZE = 64 * 1024;
/** Of a bitmap of blocks, by which it grows. */
const BITMAP_UNIT = 8;

/** A node of an index, to be changed; `node` begins at its header. */
export interface EditableNode {
  /** `undefined` for the root. */
  readonly vcn: number | undefined;
  readonly node: Buffer;
}

/** The nodes of an index: where they lie, how much they take, and how there come to be more of them. */
export interface IndexBlocks {
  readonly root: EditableNode;
  /** The same object each time. Throws `FormatError` (damaged). */
  block(vcn: number): EditableNode;
  /** A block that no node uses; `inUse` are those that the tree leads to. */
  addBlock(inUse: ReadonlySet<number>): EditableNode;
  /** Whether a node can take entries of so many bytes. */
  hasRoomFor(node: EditableNode, length: number): boolean;
  /** Puts these entries, the end entry among them, into a node. */
  setEntries(node: EditableNode, entries: readonly Buffer[]): void;
  /** Writes the blocks that have changed. */
  save(): void;
}

/** The nodes of an index of a file. Throws `FormatError` (damaged). */
export function indexBlocks(volume: VolumeEdit, file: FileEdit, name: string): IndexBlocks {
  const rootPlace = () => placeOfRoot(file, name);
  const blockSize = blockSizeIn(rootPlace(), file.what);
  const { clusterSize } = volume.boot;
  const unit = blockSize < clusterSize ? FIXUP_STRIDE : clusterSize;
  const blocks = new Map<number, { readonly bytes: Buffer; readonly before: Buffer }>();
  const hasAllocation = () => file.places(INDEX_ALLOCATION, name).length > 0;
  const allocation = () => streamEdit(volume, file, { type: INDEX_ALLOCATION, name });

  function block(vcn: number): EditableNode {
    const what = `${file.what}: index block ${vcn}`;
    const known = blocks.get(vcn)?.bytes;
    if (known !== undefined) return { vcn, node: known.subarray(BLOCK_NODE) };
    if (!hasAllocation() || vcn * unit + blockSize > allocation().size) throw damaged(`${what} is not there`);
    const bytes = withoutFixups(allocation().read(vcn * unit, blockSize), 'INDX', what);
    if (bytes.readUIntLE(BLOCK_VCN, 6) !== vcn) throw damaged(`${what} is another`);
    blocks.set(vcn, { bytes, before: Buffer.from(bytes) });
    return { vcn, node: bytes.subarray(BLOCK_NODE) };
  }

  function addBlock(inUse: ReadonlySet<number>): EditableNode {
    if (!hasAllocation()) addAllocation(file, name);
    const stream = allocation();
    const bitmap = streamEdit(volume, file, { type: BITMAP, name });
    const number = freeBlock(bitmap, (index) => inUse.has((index * blockSize) / unit));
    stream.grow((number + 1) * blockSize);
    setBit(bitmap, number);
    const vcn = (number * blockSize) / unit;
    const bytes = emptyBlock(blockSize, vcn);
    blocks.set(vcn, { bytes, before: Buffer.alloc(0) });
    return { vcn, node: bytes.subarray(BLOCK_NODE) };
  }

  return {
    get root() {
      const { attribute } = rootPlace();
      return { vcn: undefined, node: rootValue(attribute, file.what).subarray(ROOT_NODE) };
    },
    block,
    addBlock,
    hasRoomFor({ vcn, node }, length) {
      const end = node.readUInt32LE(FIRST_ENTRY) + length;
      if (vcn !== undefined) return end <= Math.min(node.length, node.readUInt32LE(NODE_ALLOCATED));
      const place = rootPlace();
      const value = ROOT_NODE + end;
      return (
        value <= 0xffff &&
        withValue(place, Buffer.alloc(value)).length <= place.length + freeBytes(place.record)
      );
    },
    setEntries({ vcn, node }, entries) {
      if (vcn !== undefined) putEntries(node, entries);
      else setRoot(rootPlace(), entries, file.what);
    },
    save() {
      for (const [vcn, { bytes, before }] of blocks) {
        if (!bytes.equals(before)) allocation().write(vcn * unit, withNextFixups(bytes));
      }
    },
  };
}

function placeOfRoot(file: FileEdit, name: string): AttributePlace {
  const [place] = file.places(INDEX_ROOT, name);
  if (place === undefined) throw damaged(`${file.what} has no index ${name}`);
  return place;
}

function rootValue(attribute: AttributePlace['attribute'], what: string): Buffer {
  if (!attribute.resident) throw damaged(`${what} keeps an index root outside its record`);
  if (attribute.value.length < ROOT_NODE + NODE_HEADER_SIZE)
    throw damaged(`${what} has an index root that is cut short`);
  return attribute.value;
}

function blockSizeIn({ attribute }: AttributePlace, what: string): number {
  const size = rootValue(attribute, what).readUInt32LE(ROOT_BLOCK_SIZE);
  if (size < FIXUP_STRIDE || size > MAX_BLOCK_SIZE || !Number.isInteger(Math.log2(size))) {
    throw damaged(`${what} has index blocks of ${size} bytes`);
  }
  return size;
}

function putEntries(node: Buffer, entries: readonly Buffer[]): void {
  let at = node.readUInt32LE(FIRST_ENTRY);
  for (const entry of entries) at += entry.copy(node, at);
  node.writeUInt32LE(at, END_OF_ENTRIES);
  const hasChildren = ((entries[0]?.readUInt16LE(ENTRY_FLAGS) ?? 0) & HAS_CHILD) !== 0;
  node.writeUInt8((node.readUInt8(NODE_FLAGS) & ~HAS_CHILD) | (hasChildren ? HAS_CHILD : 0), NODE_FLAGS);
}

/** A root has no slack: what it may hold is what it holds. */
function setRoot(place: AttributePlace, entries: readonly Buffer[], what: string): void {
  const before = rootValue(place.attribute, what);
  const start = ROOT_NODE + before.readUInt32LE(ROOT_NODE + FIRST_ENTRY);
  const length = entries.reduce((sum, entry) => sum + entry.length, start);
  const value = Buffer.alloc(length);
  before.copy(value, 0, 0, start);
  putEntries(value.subarray(ROOT_NODE), entries);
  value.writeUInt32LE(length - ROOT_NODE, ROOT_NODE + NODE_ALLOCATED);
  replaceAttribute(place, withValue(place, value));
}

function emptyBlock(size: number, vcn: number): Buffer {
  const bytes = Buffer.alloc(size);
  const words = size / FIXUP_STRIDE + 1;
  bytes.write('INDX', 'latin1');
  bytes.writeUInt16LE(BLOCK_ARRAY, BLOCK_ARRAY_OFFSET);
  bytes.writeUInt16LE(words, BLOCK_ARRAY_COUNT);
  bytes.writeBigUInt64LE(BigInt(vcn), BLOCK_VCN);
  bytes.writeUInt32LE(Math.ceil((BLOCK_ARRAY + 2 * words) / 8) * 8 - BLOCK_NODE, BLOCK_NODE + FIRST_ENTRY);
  bytes.writeUInt32LE(size - BLOCK_NODE, BLOCK_NODE + NODE_ALLOCATED);
  return bytes;
}

/** The first block that neither the bitmap nor the tree has: after a crash the two may disagree. */
function freeBlock(bitmap: StreamEdit, isInTree: (number: number) => boolean): number {
  const bits = bitmap.read(0, bitmap.size);
  const isSet = (number: number) => (((bits[number >> 3] ?? 0) >> (number & 7)) & 1) !== 0;
  let number = 0;
  while (isSet(number) || isInTree(number)) number++;
  return number;
}

function setBit(bitmap: StreamEdit, number: number): void {
  const at = number >> 3;
  if (at >= bitmap.size) bitmap.grow((Math.floor(at / BITMAP_UNIT) + 1) * BITMAP_UNIT);
  bitmap.write(at, Buffer.of(bitmap.read(at, 1).readUInt8(0) | (1 << (number & 7))));
}

/** An index that has outgrown its root gets $INDEX_ALLOCATION and $BITMAP, without a block so far. */
function addAllocation(file: FileEdit, name: string): void {
  if (file.hasAttributeList) {
    throw refused(
      `${file.what} is in several records and its index ${name} would need more; run chkdsk /f in Windows`,
    );
  }
  const sizes = { allocated: 0, size: 0, valid: 0 };
  const attribute = clusterAttribute({ type: INDEX_ALLOCATION, name, id: 0 }, [], sizes);
  addAttribute(file.base, attribute, { type: INDEX_ALLOCATION, name });
  const bitmap = residentAttribute(BITMAP, name, Buffer.alloc(BITMAP_UNIT));
  addAttribute(file.base, bitmap, { type: BITMAP, name });
}
