import { damaged } from '../../errors.ts';
import { firstNotBefore, type KeyBounds, type NodeEntry, parseNode, requireSound } from '../index-node.ts';
import type { FileEdit, VolumeEdit } from './file-edit.ts';
import { type EditableNode, indexBlocks } from './index-blocks.ts';

/*
 * An entry: 0x08 2 length, 0x0A 2 length of the key, 0x0C 2 flags (1: has a child, 2: ends the node), 0x10 key;
 * the last 8 bytes are the VCN of the child.
 */
const ENTRY_LENGTH = 0x08;
const KEY_LENGTH = 0x0a;
const ENTRY_FLAGS = 0x0c;
const KEY = 0x10;
const END_ENTRY_SIZE = 0x10;
const CHILD_SIZE = 8;
const HAS_CHILD = 0x01;
const ENDS_NODE = 0x02;

const MAX_DEPTH = 32;

/** An index of a file, to be changed. */
export interface IndexEdit {
  /**
   * The entries for which `compare` answers 0, in order; it tells whether what is sought lies before or behind a key. Their
   * bytes are the index's own: what is written to them is written to it, and counts once `save` is called.
   */
  range(compare: (key: Buffer) => number): Generator<NodeEntry>;
  /** Adds a leaf's entry where it belongs. Throws `FormatError` (damaged) where its key is there already. */
  insert(entry: Buffer): void;
  save(): void;
}

/** A node on the way down, and the index of the entry that was followed or sought there. */
interface Step {
  readonly node: EditableNode;
  readonly index: number;
}

interface Visit {
  readonly node: EditableNode;
  readonly bounds: KeyBounds;
  readonly depth: number;
}

/** The index of a file by its name. Every node that is passed must be sound: else `FormatError` (damaged). */
export function indexEdit(
  volume: VolumeEdit,
  file: FileEdit,
  name: string,
  compareKeys: (a: Buffer, b: Buffer) => number,
): IndexEdit {
  const blocks = indexBlocks(volume, file, name);
  let inTree: ReadonlySet<number> | undefined;
  const top = (): Visit => ({ node: blocks.root, bounds: { after: undefined, before: undefined }, depth: 0 });

  function soundEntries({ node, bounds }: Visit): readonly NodeEntry[] {
    const parsed = parseNode(node.node, file.what);
    requireSound(parsed, bounds, compareKeys, file.what);
    return parsed.entries;
  }

  function below({ bounds, depth }: Visit, entries: readonly NodeEntry[], index: number): Visit | undefined {
    const entry = entries[index];
    if (entry?.child === undefined) return undefined;
    if (depth === MAX_DEPTH) throw damaged(`${file.what} has an index more than ${MAX_DEPTH} levels deep`);
    const after = entries[index - 1]?.key ?? bounds.after;
    const before = entry.isEnd ? bounds.before : entry.key;
    return { node: blocks.block(entry.child), bounds: { after, before }, depth: depth + 1 };
  }

  function* walk(visit: Visit, compare: (key: Buffer) => number): Generator<NodeEntry> {
    const entries = soundEntries(visit);
    const start = firstNotBefore({ entries, left: 0, hasChildren: false }, compare).index;
    for (let index = start; index < entries.length; index++) {
      const child = below(visit, entries, index);
      if (child !== undefined) yield* walk(child, compare);
      const entry = entries[index];
      if (entry === undefined || entry.isEnd || compare(entry.key) !== 0) return;
      yield entry;
    }
  }

  function pathTo(key: Buffer): Step[] {
    const path: Step[] = [];
    for (let visit: Visit | undefined = top(); visit !== undefined; ) {
      const entries = soundEntries(visit);
      const compare = (other: Buffer) => compareKeys(key, other);
      const { index, entry } = firstNotBefore({ entries, left: 0, hasChildren: false }, compare);
      if (!entry.isEnd && compare(entry.key) === 0)
        throw damaged(`${file.what} has a key in ${name} that is to be added`);
      path.push({ node: visit.node, index });
      visit = below(visit, entries, index);
    }
    return path;
  }

  /** Adds an entry to the last node of a path; what follows it gets another child, where its own was split. */
  function insertInto(path: readonly Step[], entry: Buffer, nextChild?: number): void {
    const step = path.at(-1);
    if (step === undefined) throw damaged(`${file.what} has no root of ${name}`);
    // The root moves within its record when other attributes there grow.
    const node = step.node.vcn === undefined ? blocks.root : step.node;
    const entries = copiesOf(node, file.what);
    if (nextChild !== undefined) setChild(entries[step.index], nextChild);
    entries.splice(step.index, 0, entry);
    if (blocks.hasRoomFor(node, lengthOf(entries))) blocks.setEntries(node, entries);
    else if (node.vcn === undefined) pushDown(entries);
    else split(path, node.vcn, entries);
  }

  /** The root's entries go into a block, and the root keeps only the way to it. */
  function pushDown(entries: readonly Buffer[]): void {
    const inUse = blocksInTree();
    blocks.setEntries(blocks.root, [endEntry(0)]);
    const block = blocks.addBlock(inUse);
    const vcn = block.vcn ?? 0;
    blocks.setEntries(blocks.root, [endEntry(vcn)]);
    if (blocks.hasRoomFor(block, lengthOf(entries))) blocks.setEntries(block, entries);
    else
      split(
        [
          { node: blocks.root, index: 0 },
          { node: block, index: 0 },
        ],
        vcn,
        entries,
      );
  }

  /** The entries before the middle one stay, those behind it go to a new block, and it goes up between the two. */
  function split(path: readonly Step[], vcn: number, entries: readonly Buffer[]): void {
    const middle = middleOf(entries);
    const median = entries[middle] as Buffer;
    const right = blocks.addBlock(blocksInTree());
    blocks.setEntries(right, entries.slice(middle + 1));
    blocks.setEntries(blocks.block(vcn), [...entries.slice(0, middle), endEntry(childOf(median))]);
    insertInto(path.slice(0, -1), withChild(median, vcn), right.vcn);
  }

  /** Every block that the tree leads to before anything is changed. */
  function blocksInTree(): ReadonlySet<number> {
    if (inTree !== undefined) return inTree;
    const found = new Set<number>();
    const visit = ({ node }: EditableNode) => {
      for (const { child } of parseNode(node, file.what).entries) {
        if (child === undefined) continue;
        if (found.has(child)) throw damaged(`${file.what} has an index that runs in a circle`);
        found.add(child);
        visit(blocks.block(child));
      }
    };
    visit(blocks.root);
    inTree = found;
    return found;
  }

  return {
    range: (compare) => walk(top(), compare),
    insert: (entry) => insertInto(pathTo(keyOf(entry)), entry),
    save: () => blocks.save(),
  };
}

function copiesOf(node: EditableNode, what: string): Buffer[] {
  return parseNode(node.node, what).entries.map(({ bytes }) => Buffer.from(bytes));
}

function keyOf(entry: Buffer): Buffer {
  return entry.subarray(KEY, KEY + entry.readUInt16LE(KEY_LENGTH));
}

function lengthOf(entries: readonly Buffer[]): number {
  return entries.reduce((sum, entry) => sum + entry.length, 0);
}

/** The index of the entry that halves the bytes, with one at least on either side and the end behind them. */
function middleOf(entries: readonly Buffer[]): number {
  const half = lengthOf(entries) / 2;
  let index = 0;
  for (let sum = 0; sum < half && index < entries.length; index++) sum += entries[index]?.length ?? 0;
  return Math.max(1, Math.min(index - 1, entries.length - 3));
}

function childOf(entry: Buffer): number | undefined {
  const hasChild = (entry.readUInt16LE(ENTRY_FLAGS) & HAS_CHILD) !== 0;
  return hasChild ? entry.readUIntLE(entry.length - CHILD_SIZE, 6) : undefined;
}

function setChild(entry: Buffer | undefined, vcn: number): void {
  entry?.writeBigUInt64LE(BigInt(vcn), entry.length - CHILD_SIZE);
}

/** An entry as one of a node with children has it. */
function withChild(entry: Buffer, vcn: number): Buffer {
  const length = childOf(entry) === undefined ? entry.length + CHILD_SIZE : entry.length;
  const bytes = Buffer.concat([entry], length);
  bytes.writeUInt16LE(length, ENTRY_LENGTH);
  bytes.writeUInt16LE(bytes.readUInt16LE(ENTRY_FLAGS) | HAS_CHILD, ENTRY_FLAGS);
  setChild(bytes, vcn);
  return bytes;
}

function endEntry(child: number | undefined): Buffer {
  const bytes = Buffer.alloc(END_ENTRY_SIZE);
  bytes.writeUInt16LE(END_ENTRY_SIZE, ENTRY_LENGTH);
  bytes.writeUInt16LE(ENDS_NODE, ENTRY_FLAGS);
  return child === undefined ? bytes : withChild(bytes, child);
}
