import { damaged, FormatError } from '../errors.ts';
import { hex } from './cells.ts';
import type { EditCells } from './edit-cells.ts';
import { compareNames, nameSize } from './edit-names.ts';
import type { KeyNode } from './key-node.ts';
import { cell, keyNode, subkeyList } from './layout.ts';
import { nameHash, quoteName, upperCaseName } from './names.ts';
import { elementOffset, type Leaf, readLeaves } from './subkey-leaves.ts';

type LeafKind = Leaf['kind'];

/** Up to here Windows keeps one list in a bin of 4096 bytes; then it begins an index root over two. */
const mostElements: Readonly<Record<LeafKind, number>> = { lf: 507, lh: 507, li: 1013 };
/** Windows fills the lists under an index root up to here before it splits one, whatever their kind. */
const mostUnderRoot = 1013;
const mostLists = 0xffff;
const hashLeavesFrom = 5;
const referenceSize = 4;
const headroom = 1.5;

/** A list of key nodes, and the cell that it is in. */
interface ListCell {
  readonly offset: number;
  readonly kind: LeafKind;
  readonly elements: readonly Element[];
}

interface Element {
  readonly key: number;
  readonly hint: number;
}

/** The lists of a key's subkeys. */
interface Lists {
  /** Of the index root, where there is one. */
  readonly root: number | undefined;
  readonly leaves: readonly ListCell[];
}

/** Lists the key node at `child` among the subkeys of `parent`, which has none of this name. Throws `FormatError`. */
export function listSubkey(cells: EditCells, parent: KeyNode, child: number, name: string): void {
  const count = parent.subkeyCount;
  const lists = count === 0 ? undefined : readLists(cells, parent);
  const list = lists
    ? insert(cells, lists, countBefore(cells, parent, lists, name), child, name)
    : addFirst(cells, child, name);
  cells.setWord(parent.offset, keyNode.subkeyList, list);
  cells.setWord(parent.offset, keyNode.subkeyCount, count + 1);
  // The upper half of this word has flags of its own.
  if (cells.half(parent.offset, keyNode.largestSubkeyName) < nameSize(name))
    cells.setHalf(parent.offset, keyNode.largestSubkeyName, nameSize(name));
  cells.touch(parent.offset);
}

/** Takes the key node at `child` from the lists of `parent`. Throws `FormatError`. */
export function unlistSubkey(cells: EditCells, parent: KeyNode, child: number): void {
  const { root, leaves } = readLists(cells, parent);
  const leaf = leaves.find(({ elements }) => elements.some(({ key }) => key === child));
  if (!leaf) throw damaged(`key at ${hex(child)} is in no list of its parent`);
  const left = leaf.elements.filter(({ key }) => key !== child);
  if (left.length > 0) cells.write(leaf.offset, 0, encodeLeaf(leaf.kind, left));
  else dropLeaf(cells, parent, root, leaves, leaf);
  const count = parent.subkeyCount - 1;
  cells.setWord(parent.offset, keyNode.subkeyCount, count);
  if (count === 0) {
    cells.setHalf(parent.offset, keyNode.largestSubkeyName, 0);
    cells.setWord(parent.offset, keyNode.largestSubkeyClass, 0);
  }
  cells.touch(parent.offset);
}

/** All cells that the lists of a key's subkeys take. Throws `FormatError`. */
export function cellsOfLists(cells: EditCells, key: KeyNode): number[] {
  if (key.subkeyCount === 0) return [];
  const { root, leaves } = readLists(cells, key);
  const offsets = leaves.map(({ offset }) => offset);
  return root === undefined ? offsets : [root, ...offsets];
}

/** How many of the subkeys come before this name. Throws `FormatError` (damaged) where they are in no order there. */
function countBefore(cells: EditCells, parent: KeyNode, { leaves }: Lists, name: string): number {
  const offsets = leaves.flatMap(({ elements }) => elements.map(({ key }) => key));
  const nameAt = (index: number): string => nameOf(cells, parent, offsets[index] ?? cell.none);
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareNames(nameAt(middle), name) < 0) low = middle + 1;
    else high = middle;
  }
  const around = offsets.slice(Math.max(0, low - 2), low + 2).map((offset) => nameOf(cells, parent, offset));
  requireOrder(parent, around);
  return low;
}

function nameOf(cells: EditCells, parent: KeyNode, offset: number): string {
  const key = cells.key(offset, 1);
  if (key.parent === parent.offset) return key.name;
  throw damaged(
    `key ${quoteName(parent.name)} lists the key at ${hex(offset)}, which is none of its subkeys`,
  );
}

function requireOrder(parent: KeyNode, names: readonly string[]): void {
  for (const [i, name] of names.entries()) {
    const next = names[i + 1];
    if (next !== undefined && isAscii(name) && isAscii(next) && compareNames(name, next) >= 0)
      throw damaged(`the subkeys of key ${quoteName(parent.name)} are not in order`);
  }
}

/** Others are upper-cased by tables that differ. */
function isAscii(name: string): boolean {
  return !/[^\0-\x7f]/.test(name);
}

function readLists(cells: EditCells, key: KeyNode): Lists {
  const list = cells.word(key.offset, keyNode.subkeyList);
  const header = cells.reader.read(list, () => 'subkey list', subkeyList.elements, subkeyList.elements);
  const isRoot = header.toString('latin1', 0, 2) === 'ri';
  const offsets = isRoot ? leafOffsets(cells, list, header.readUInt16LE(subkeyList.count)) : [list];
  const leaves = offsets.map((offset) => readLeaf(cells, offset, key.subkeyCount));
  const listed = new Set(leaves.flatMap(({ elements }) => elements.map((element) => element.key)));
  const count = leaves.reduce((sum, { elements }) => sum + elements.length, 0);
  if (listed.size !== count || count !== key.subkeyCount || new Set(offsets).size !== offsets.length)
    throw damaged(`key ${quoteName(key.name)} lists ${listed.size} of its ${key.subkeyCount} subkeys`);
  return { root: isRoot ? list : undefined, leaves };
}

function leafOffsets(cells: EditCells, root: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => cells.word(root, subkeyList.elements + i * referenceSize));
}

function readLeaf(cells: EditCells, offset: number, limit: number): ListCell {
  const [leaf] = readLeaves(cells.reader, offset, limit);
  if (!leaf) throw damaged(`cell at ${hex(offset)} is not a list of subkeys`);
  const hintAt = (i: number) => i * leaf.elementSize + referenceSize;
  const elements = Array.from({ length: leaf.count }, (_, i) => ({
    key: elementOffset(leaf, i),
    hint: leaf.kind === 'li' ? 0 : leaf.elements.readUInt32LE(hintAt(i)),
  }));
  return { offset, kind: leaf.kind, elements };
}

function addFirst(cells: EditCells, child: number, name: string): number {
  const kind = cells.minorVersion >= hashLeavesFrom ? 'lh' : 'lf';
  return cells.add(encodeLeaf(kind, [elementFor(kind, child, name)]));
}

/** The cell that the key names as its list afterwards. */
function insert(
  cells: EditCells,
  { root, leaves }: Lists,
  before: number,
  child: number,
  name: string,
): number {
  let index = 0;
  let at = before;
  for (const [i, { elements }] of leaves.entries()) {
    index = i;
    if (at <= elements.length) break;
    at -= elements.length;
  }
  const leaf = leaves[index];
  if (!leaf) throw damaged('an index root of subkeys has no lists');
  const added = leaf.elements.toSpliced(at, 0, elementFor(leaf.kind, child, name));
  if (root !== undefined) return insertUnderRoot(cells, root, leaves, index, { ...leaf, elements: added });
  if (added.length <= mostElements[leaf.kind]) return rewrite(cells, leaf, added);
  return outgrow(cells, { ...leaf, elements: added });
}

/** A list of its own that is full: one of another kind where that holds more, else two under an index root. */
function outgrow(cells: EditCells, leaf: ListCell): number {
  const kind = leaf.kind === 'lf' ? 'li' : leaf.kind;
  // Windows takes lists under a root for hash leaves from this version on, and for index leaves before.
  const lasting = cells.minorVersion >= hashLeavesFrom ? hashed(cells, leaf) : { ...leaf, kind };
  if (lasting.elements.length <= mostElements[lasting.kind]) return rewrite(cells, lasting, lasting.elements);
  const [first, second] = split(cells, lasting);
  return cells.add(encodeRoot([first, second]));
}

function hashed(cells: EditCells, leaf: ListCell): ListCell {
  if (leaf.kind === 'lh') return leaf;
  const elements = leaf.elements.map(({ key }) => elementFor('lh', key, cells.key(key, 1).name));
  return { offset: leaf.offset, kind: 'lh', elements };
}

function insertUnderRoot(
  cells: EditCells,
  root: number,
  leaves: readonly ListCell[],
  index: number,
  leaf: ListCell,
): number {
  const { length } = encodeLeaf(leaf.kind, leaf.elements);
  const most = length <= cells.capacity(leaf.offset) ? mostUnderRoot : mostElements[leaf.kind];
  const offsets = leaves.map(({ offset }) => offset);
  const replaced = leaf.elements.length <= most ? [rewrite(cells, leaf, leaf.elements)] : split(cells, leaf);
  const names = offsets.toSpliced(index, 1, ...replaced);
  if (names.length > mostLists)
    throw new FormatError('unsupported', 'a key has too many subkeys for one more');
  return place(cells, root, encodeRoot(names), names.length * referenceSize);
}

/** Both halves; the first stays where the whole was. */
function split(cells: EditCells, leaf: ListCell): [number, number] {
  const middle = leaf.elements.length >>> 1;
  const first = rewrite(cells, leaf, leaf.elements.slice(0, middle));
  const second = cells.add(encodeLeaf(leaf.kind, leaf.elements.slice(middle)));
  return [first, second];
}

function rewrite(cells: EditCells, leaf: ListCell, elements: readonly Element[]): number {
  const content = encodeLeaf(leaf.kind, elements);
  const most = mostElements[leaf.kind] * elementSize(leaf.kind);
  const wanted = Math.min(Math.ceil(content.length * headroom), subkeyList.elements + most);
  return place(cells, leaf.offset, content, wanted);
}

/** In the same cell where that has room, else in another with room for `wanted` bytes. */
function place(cells: EditCells, offset: number, content: Buffer, wanted: number): number {
  if (content.length <= cells.capacity(offset)) {
    cells.write(offset, 0, content);
    return offset;
  }
  cells.free(offset);
  return cells.add(content, wanted);
}

function dropLeaf(
  cells: EditCells,
  parent: KeyNode,
  root: number | undefined,
  leaves: readonly ListCell[],
  leaf: ListCell,
): void {
  cells.free(leaf.offset);
  const left = leaves.filter(({ offset }) => offset !== leaf.offset).map(({ offset }) => offset);
  if (root !== undefined && left.length > 0) {
    cells.write(root, 0, encodeRoot(left));
    return;
  }
  if (root !== undefined) cells.free(root);
  cells.setWord(parent.offset, keyNode.subkeyList, cell.none);
}

function elementFor(kind: LeafKind, key: number, name: string): Element {
  if (kind === 'lh') return { key, hint: nameHash(upperCaseName(name)) };
  return { key, hint: kind === 'lf' ? nameHint(name) : 0 };
}

/** The first four characters as they are; none where one of them is beyond Latin-1. */
function nameHint(name: string): number {
  const start = name.slice(0, 4);
  const bytes = Buffer.alloc(4);
  if (/^[\0-\xff]*$/.test(start)) bytes.write(start, 'latin1');
  return bytes.readUInt32LE();
}

function elementSize(kind: LeafKind): number {
  return kind === 'li' ? 4 : 8;
}

function encodeLeaf(kind: LeafKind, elements: readonly Element[]): Buffer {
  const size = elementSize(kind);
  const bytes = encodeHeader(kind, elements.length, size);
  for (const [i, { key, hint }] of elements.entries()) {
    bytes.writeUInt32LE(key, subkeyList.elements + i * size);
    if (kind !== 'li') bytes.writeUInt32LE(hint, subkeyList.elements + i * size + referenceSize);
  }
  return bytes;
}

function encodeRoot(leaves: readonly number[]): Buffer {
  const bytes = encodeHeader('ri', leaves.length, referenceSize);
  for (const [i, leaf] of leaves.entries())
    bytes.writeUInt32LE(leaf, subkeyList.elements + i * referenceSize);
  return bytes;
}

function encodeHeader(signature: string, count: number, size: number): Buffer {
  const bytes = Buffer.alloc(subkeyList.elements + count * size);
  bytes.write(signature, subkeyList.signature, 'latin1');
  bytes.writeUInt16LE(count, subkeyList.count);
  return bytes;
}
