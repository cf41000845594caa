import { type Device, readSafeUInt64LE } from '../device.ts';
import { damaged } from '../errors.ts';
import { withoutFixups } from './fixups.ts';

/*
 * $INDEX_ROOT:                                  An index block (INDX) in $INDEX_ALLOCATION:
 *
 *   0x08  4  size of an index block               0x10  8  its own VCN
 *   0x10     node                                 0x18     node
 *
 * A node:                                       An entry:
 *
 *   0x00  4  offset of the first entry            0x08  2  length of the entry
 *   0x04  4  end of the entries                   0x0A  2  length of the key
 *   0x0C  1  1: its entries have children         0x0C  2  1: has a child, 2: ends the node (no key)
 *                                                 0x10     key
 *                                                 last 8   VCN of the child
 */
const ROOT_BLOCK_SIZE = 0x08;
const ROOT_NODE = 0x10;
const BLOCK_VCN = 0x10;
const BLOCK_NODE = 0x18;
const FIRST_ENTRY = 0x00;
const END_OF_ENTRIES = 0x04;
const NODE_HEADER_SIZE = 0x10;
const ENTRY_LENGTH = 0x08;
const KEY_LENGTH = 0x0a;
const ENTRY_FLAGS = 0x0c;
const KEY = 0x10;

const HAS_CHILD = 0x01;
const ENDS_NODE = 0x02;

/** The unit of a block's VCN where a cluster is larger than a block. */
const SMALL_UNIT = 512;
const MAX_BLOCK_SIZE = 64 * 1024;
const MAX_DEPTH = 32;

/** One entry of an index. What its first 8 bytes mean depends on the index. */
export interface IndexEntry {
  readonly bytes: Buffer;
  readonly key: Buffer;
}

interface NodeEntry extends IndexEntry {
  /** Whether this is the node's end, which has no key. */
  readonly isEnd: boolean;
  readonly child: number | undefined;
}

/** A B+ tree of keys in order. */
export interface IndexTree {
  /** The entry for which `compare` answers 0; it tells whether the key sought lies before or behind one. */
  find(compare: (key: Buffer) => number): IndexEntry | undefined;
  /** All entries in order. */
  entries(): Generator<IndexEntry>;
}

/** An index from its $INDEX_ROOT and, where it has one, $INDEX_ALLOCATION. Throws `FormatError`, naming `what`. */
export function indexTree(
  root: Buffer,
  openAllocation: () => Device,
  clusterSize: number,
  what: string,
): IndexTree {
  if (root.length < ROOT_NODE + NODE_HEADER_SIZE) {
    throw damaged(`${what} has an index root that is cut short`);
  }
  const blockSize = root.readUInt32LE(ROOT_BLOCK_SIZE);
  let allocation: Device | undefined;

  function block(vcn: number): Buffer {
    if (blockSize < SMALL_UNIT || blockSize > MAX_BLOCK_SIZE || blockSize % SMALL_UNIT !== 0) {
      throw damaged(`${what} has index blocks of ${blockSize} bytes`);
    }
    allocation ??= openAllocation();
    const at = vcn * (blockSize < clusterSize ? SMALL_UNIT : clusterSize);
    if (at + blockSize > allocation.size) throw damaged(`${what} has no index block ${vcn}`);
    const bytes = withoutFixups(allocation.read(at, blockSize), 'INDX', `${what}: index block ${vcn}`);
    if (bytes.readUIntLE(BLOCK_VCN, 6) !== vcn) {
      throw damaged(`${what} has another index block where ${vcn} should lie`);
    }
    return bytes.subarray(BLOCK_NODE);
  }

  function child(entry: NodeEntry, seen: Set<number>): NodeEntry[] | undefined {
    if (entry.child === undefined) return undefined;
    if (seen.has(entry.child)) throw damaged(`${what} has an index that runs in a circle`);
    seen.add(entry.child);
    return nodeEntries(block(entry.child), what);
  }

  function find(compare: (key: Buffer) => number): IndexEntry | undefined {
    const seen = new Set<number>();
    let node: NodeEntry[] | undefined = nodeEntries(root.subarray(ROOT_NODE), what);
    while (node !== undefined) {
      const at = firstNotBefore(node, compare);
      if (at.order === 0) return at.entry;
      node = child(at.entry, seen);
    }
    return undefined;
  }

  function* walk(node: NodeEntry[], seen: Set<number>, depth: number): Generator<IndexEntry> {
    if (depth > MAX_DEPTH) throw damaged(`${what} has an index more than ${MAX_DEPTH} levels deep`);
    for (const entry of node) {
      const below = child(entry, seen);
      if (below !== undefined) yield* walk(below, seen, depth + 1);
      if (!entry.isEnd) yield entry;
    }
  }

  return { find, entries: () => walk(nodeEntries(root.subarray(ROOT_NODE), what), new Set(), 0) };
}

/** The first entry whose key does not lie before the one sought; a node's end lies behind every key. */
function firstNotBefore(
  node: NodeEntry[],
  compare: (key: Buffer) => number,
): { entry: NodeEntry; order: number } {
  let low = 0;
  let high = node.length - 1;
  let order = -1;
  while (low < high) {
    const middle = (low + high) >> 1;
    order = compare((node[middle] as NodeEntry).key);
    if (order === 0) return { entry: node[middle] as NodeEntry, order };
    if (order > 0) low = middle + 1;
    else high = middle;
  }
  return { entry: node[low] as NodeEntry, order: -1 };
}

/** The entries of a node, of which the last and no other is its end. */
function nodeEntries(node: Buffer, what: string): NodeEntry[] {
  const end = node.readUInt32LE(END_OF_ENTRIES);
  let at = node.readUInt32LE(FIRST_ENTRY);
  if (end > node.length || at < NODE_HEADER_SIZE) {
    throw damaged(`${what} has an index node that leaves its block`);
  }
  const entries: NodeEntry[] = [];
  for (;;) {
    const room = end - at;
    const length = room < KEY ? 0 : node.readUInt16LE(at + ENTRY_LENGTH);
    if (length < KEY || length > room) throw damaged(`${what} has an index entry of ${length} bytes`);
    const entry = nodeEntry(node.subarray(at, at + length), what);
    entries.push(entry);
    if (entry.isEnd) return entries;
    at += length;
  }
}

function nodeEntry(bytes: Buffer, what: string): NodeEntry {
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
