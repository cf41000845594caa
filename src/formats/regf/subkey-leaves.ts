import { damaged } from '../errors.ts';
import { type Cells, hex } from './cells.ts';
import { subkeyList } from './layout.ts';
import { nameHash } from './names.ts';

type LeafKind = 'li' | 'lf' | 'lh';

/** One list of references to key nodes. */
export interface Leaf {
  readonly kind: LeafKind;
  readonly count: number;
  /** The elements alone. */
  readonly elements: Buffer;
  /** Of one element, in bytes: with a hint (lf: start of the name; lh: its hash) or without. */
  readonly elementSize: number;
}

const elementSizes: Readonly<Record<string, number>> = { li: 4, lf: 8, lh: 8 };
const rootElementSize = 4;
/** A list that Windows writes fits into one bin of 4096 bytes: one with more keys is split by an index root. */
const usualListSize = 4096;

/**
 * The leaves that a key's list of subkeys consists of: the list itself, or those of an index root ('ri').
 * Together they hold at most `limit` elements, and no leaf counts twice. Throws `FormatError`.
 */
export function readLeaves(cells: Cells, offset: number, limit: number): Leaf[] {
  const list = readList(cells, offset, limit);
  if (list.signature !== 'ri') return [requireLeaf(list, offset, limit)];
  const offsets = leafOffsets(list, offset, limit);
  const leaves: Leaf[] = [];
  let left = limit;
  for (const at of offsets) {
    const leaf = requireLeaf(readList(cells, at, left), at, left);
    leaves.push(leaf);
    left -= leaf.count;
  }
  return leaves;
}

/** Judged before any leaf is read: each has at least one element of its own. */
function leafOffsets(list: List, offset: number, limit: number): Set<number> {
  if (list.count > limit) {
    throw damaged(`index root at ${hex(offset)} has ${list.count} leaves for ${limit} subkeys`);
  }
  const offsets = new Set<number>();
  for (let i = 0; i < list.count; i++) {
    const at = list.elements.readUInt32LE(i * rootElementSize);
    if (offsets.has(at)) throw damaged(`index root at ${hex(offset)} names the leaf at ${hex(at)} twice`);
    offsets.add(at);
  }
  return offsets;
}

interface List {
  readonly signature: string;
  readonly count: number;
  readonly elements: Buffer;
}

/** A list of about `guess` elements. What it keeps is a copy: no view of the larger piece that was read. */
function readList(cells: Cells, offset: number, guess: number): List {
  const what = () => 'subkey list';
  const guessed = Math.min(subkeyList.elements + guess * 8, usualListSize);
  let bytes = cells.read(offset, what, guessed, guessed);
  const signature = bytes.toString('latin1', 0, 2);
  const elementSize = signature === 'ri' ? rootElementSize : elementSizes[signature];
  if (elementSize === undefined) throw damaged(`cell at ${hex(offset)} is not a list of subkeys`);
  const count = bytes.readUInt16LE(subkeyList.count);
  const end = subkeyList.elements + count * elementSize;
  if (end > bytes.length && bytes.length === guessed) bytes = cells.read(offset, what, end, end);
  if (end > bytes.length) throw damaged(`subkey list at ${hex(offset)} is longer than its cell`);
  return { signature, count, elements: Buffer.from(bytes.subarray(subkeyList.elements, end)) };
}

function requireLeaf(list: List, offset: number, limit: number): Leaf {
  const { signature, count, elements } = list;
  if (signature !== 'li' && signature !== 'lf' && signature !== 'lh') {
    throw damaged(`subkey list at ${hex(offset)} is an index root within an index root`);
  }
  if (count === 0 || count > limit) {
    throw damaged(`subkey list at ${hex(offset)} has ${count} elements where 1 to ${limit} are left`);
  }
  return { kind: signature, count, elements, elementSize: elementSizes[signature] ?? rootElementSize };
}

/** Where the key node of element `index` is. */
export function elementOffset(leaf: Leaf, index: number): number {
  return leaf.elements.readUInt32LE(index * leaf.elementSize);
}

/** Whether element `index` can be a key of this name, going by what the list itself says of it. */
export function elementMayBe(leaf: Leaf, index: number, upperName: string, hash: number): boolean {
  const hint = index * leaf.elementSize + 4;
  if (leaf.kind === 'li') return true;
  if (leaf.kind === 'lh') return leaf.elements.readUInt32LE(hint) === hash;
  return nameHintMatches(leaf.elements, hint, upperName);
}

/** A hint is the name's first four characters, ASCII, filled up with NULs; all NUL says nothing. */
function nameHintMatches(elements: Buffer, at: number, upperName: string): boolean {
  if (elements[at] === 0) return true;
  for (let i = 0; i < 4; i++) {
    const code = elements[at + i] ?? 0;
    const upper = code >= 0x61 && code <= 0x7a ? code - 0x20 : code;
    const expected = i < upperName.length ? upperName.charCodeAt(i) : 0;
    // What lies outside ASCII is upper-cased and cut in ways of its own: no evidence against the key.
    if (upper < 0x80 && expected < 0x80 && upper !== expected) return false;
  }
  return true;
}

/** `elementMayBe` for the name that the key node itself has: `false` shows the writer's hints to be odd. */
export function hintFits(leaf: Leaf, index: number, upperName: string): boolean {
  return elementMayBe(leaf, index, upperName, nameHash(upperName));
}
