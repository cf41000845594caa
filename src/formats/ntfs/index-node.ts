import { readSafeUInt64LE } from '../device.ts';
import { damaged } from '../errors.ts';

/*
 * A node:                                       An entry:
 *
 *   0x00  4  offset of the first entry            0x08  2  length of the entry
 *   0x04  4  end of the entries                   0x0A  2  length of the key
 *   0x0C  1  1: its entries have children         0x0C  2  1: has a child, 2: ends the node (no key)
 *                                                 0x10     key
 *                                                 last 8   VCN of the child
 */
const FIRST_ENTRY = 0x00;
const END_OF_ENTRIES = 0x04;
const NODE_FLAGS = 0x0c;
export const NODE_HEADER_SIZE = 0x10;
const ENTRY_LENGTH = 0x08;
const KEY_LENGTH = 0x0a;
const ENTRY_FLAGS = 0x0c;
const KEY = 0x10;

const HAS_CHILDREN = 0x01;
const HAS_CHILD = 0x01;
const ENDS_NODE = 0x02;

/** One entry of an index. What its first 8 bytes mean depends on the index. */
export interface IndexEntry {
  readonly bytes: Buffer;
  readonly key: Buffer;
}

export interface NodeEntry extends IndexEntry {
  /** Whether this is the node's end, which has no key. */
  readonly isEnd: boolean;
  readonly child: number | undefined;
}

/** The entries of a node, of which the last and no other is its end, and what its header says of them. */
export interface IndexNode {
  readonly entries: readonly NodeEntry[];
  /** The bytes behind the end entry that the node counts as its entries: none in a sound one. */
  readonly left: number;
  readonly hasChildren: boolean;
}

/** The keys that a node must lie between, where its parent has any on that side. */
export interface KeyBounds {
  readonly after: Buffer | undefined;
  readonly before: Buffer | undefined;
}

/** A node from its header on. Throws `FormatError` (damaged), naming `what`, where an entry leaves it. */
export function parseNode(node: Buffer, what: string): IndexNode {
  const end = node.readUInt32LE(END_OF_ENTRIES);
  let at = node.readUInt32LE(FIRST_ENTRY);
  if (end > node.length || at < NODE_HEADER_SIZE) {
    throw damaged(`${what} has an index node that leaves its block`);
  }
  const hasChildren = (node.readUInt8(NODE_FLAGS) & HAS_CHILDREN) !== 0;
  const entries: NodeEntry[] = [];
  for (;;) {
    const room = end - at;
    const length = room < KEY ? 0 : node.readUInt16LE(at + ENTRY_LENGTH);
    if (length < KEY || length > room) throw damaged(`${what} has an index entry of ${length} bytes`);
    const entry = parseEntry(node.subarray(at, at + length), what);
    entries.push(entry);
    at += length;
    if (entry.isEnd) return { entries, left: end - at, hasChildren };
  }
}

/**
 * The index of the first entry whose key does not lie before what `compare` seeks; a node's end lies
 * behind every key.
 */
export function firstNotBefore(
  { entries }: IndexNode,
  compare: (key: Buffer) => number,
): { readonly index: number; readonly entry: NodeEntry } {
  let low = 0;
  let high = entries.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare((entries[middle] as NodeEntry).key) > 0) low = middle + 1;
    else high = middle;
  }
  return { index: low, entry: entries[low] as NodeEntry };
}

/**
 * Throws `FormatError` (damaged), naming `what`, where a node does not prove that it lacks a key: where it
 * ends early, is of two minds about its children, or has keys out of order.
 */
export function requireSound(
  node: IndexNode,
  bounds: KeyBounds,
  compareKeys: (a: Buffer, b: Buffer) => number,
  what: string,
): void {
  if (node.left !== 0) throw damaged(`${what} has an index node that ends before its last entry`);
  if (node.entries.some(({ child }) => (child !== undefined) !== node.hasChildren)) {
    throw damaged(`${what} has an index node that contradicts itself on whether it has children`);
  }
  let before = bounds.after;
  for (const { isEnd, key } of node.entries) {
    const next = isEnd ? bounds.before : key;
    if (before !== undefined && next !== undefined && compareKeys(before, next) > 0) {
      throw damaged(`${what} has an index whose keys are out of order`);
    }
    before = next;
  }
}

function parseEntry(bytes: Buffer, what: string): NodeEntry {
  const flags = bytes.readUInt16LE(ENTRY_FLAGS);
  const isEnd = (flags & ENDS_NODE) !== 0;
  const hasChild = (flags & HAS_CHILD) !== 0;
  const keyEnd = KEY + (isEnd ? 0 : bytes.readUInt16LE(KEY_LENGTH));
  if (keyEnd + (hasChild ? 8 : 0) > bytes.length) {
    throw damaged(`${what} has an index entry that is cut short`);
  }
  const child = hasChild
    ? readSafeUInt64LE(bytes, bytes.length - 8, `${what}: child of an index entry`)
    : undefined;
  return { bytes, key: bytes.subarray(KEY, keyEnd), isEnd, child };
}
