import type { Device } from '../device.ts';
import { damaged } from '../errors.ts';
import { withoutFixups } from './fixups.ts';
import {
  firstNotBefore,
  type IndexEntry,
  type IndexNode,
  type KeyBounds,
  NODE_HEADER_SIZE,
  parseNode,
  requireSound,
} from './index-node.ts';

/*
 * $INDEX_ROOT:                                  An index block (INDX) in $INDEX_ALLOCATION:
 *
 *   0x08  4  size of an index block               0x10  8  its own VCN
 *   0x10     node                                 0x18     node
 */
const ROOT_BLOCK_SIZE = 0x08;
const ROOT_NODE = 0x10;
const BLOCK_VCN = 0x10;
const BLOCK_NODE = 0x18;

/** The unit of a block's VCN where a cluster is larger than a block. */
const SMALL_UNIT = 512;
const MAX_BLOCK_SIZE = 64 * 1024;
const MAX_DEPTH = 32;

/** What an index's keys are and where its blocks lie. */
export interface IndexSource {
  readonly root: Buffer;
  readonly openAllocation: () => Device;
  readonly clusterSize: number;
  /** The order of two keys, by the index's collation. */
  readonly compareKeys: (a: Buffer, b: Buffer) => number;
  /** What errors call the file. */
  readonly what: string;
}

/**
 * A B+ tree of keys in order. An entry that is found is believed. That one is not there, and that a list of
 * them is complete, is said only where every node on the way is sound; else `FormatError` (damaged).
 */
export interface IndexTree {
  /** The entry for which `compare` answers 0; it tells whether the key sought lies before or behind one. */
  find(compare: (key: Buffer) => number): IndexEntry | undefined;
  /** The entries for which `compare` answers 0, in order; they lie together. */
  range(compare: (key: Buffer) => number): Generator<IndexEntry>;
}

interface Visit {
  readonly node: IndexNode;
  readonly bounds: KeyBounds;
  readonly depth: number;
}

/** An index from its $INDEX_ROOT and, where it has one, $INDEX_ALLOCATION. Throws `FormatError` (damaged). */
export function indexTree({ root, openAllocation, clusterSize, compareKeys, what }: IndexSource): IndexTree {
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

  function top(): Visit {
    const node = parseNode(root.subarray(ROOT_NODE), what);
    return { node, bounds: { after: undefined, before: undefined }, depth: 0 };
  }

  /** The node below an entry, whose keys lie between that entry's and the one's before it. */
  function below({ node, bounds, depth }: Visit, index: number, seen: Set<number>): Visit | undefined {
    const entry = node.entries[index];
    if (entry?.child === undefined) return undefined;
    if (seen.has(entry.child)) throw damaged(`${what} has an index that runs in a circle`);
    if (depth === MAX_DEPTH) throw damaged(`${what} has an index more than ${MAX_DEPTH} levels deep`);
    seen.add(entry.child);
    const after = node.entries[index - 1]?.key ?? bounds.after;
    const before = entry.isEnd ? bounds.before : entry.key;
    return { node: parseNode(block(entry.child), what), bounds: { after, before }, depth: depth + 1 };
  }

  function find(compare: (key: Buffer) => number): IndexEntry | undefined {
    const seen = new Set<number>();
    const visits: Visit[] = [];
    for (let visit: Visit | undefined = top(); visit !== undefined; ) {
      visits.push(visit);
      const { index, entry } = firstNotBefore(visit.node, compare);
      if (!entry.isEnd && compare(entry.key) === 0) return entry;
      visit = below(visit, index, seen);
    }
    for (const { node, bounds } of visits) requireSound(node, bounds, compareKeys, what);
    return undefined;
  }

  function* walk(visit: Visit, compare: (key: Buffer) => number, seen: Set<number>): Generator<IndexEntry> {
    const { node, bounds } = visit;
    requireSound(node, bounds, compareKeys, what);
    for (let { index } = firstNotBefore(node, compare); index < node.entries.length; index++) {
      const child = below(visit, index, seen);
      if (child !== undefined) yield* walk(child, compare, seen);
      const entry = node.entries[index];
      if (entry === undefined || entry.isEnd || compare(entry.key) !== 0) return;
      yield entry;
    }
  }

  return { find, range: (compare) => walk(top(), compare, new Set()) };
}
