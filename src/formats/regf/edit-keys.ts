import { damaged, FormatError } from '../errors.ts';
import { hex } from './cells.ts';
import type { EditCells } from './edit-cells.ts';
import { requireKeyName, storeName } from './edit-names.ts';
import { referToSecurity, releaseSecurity } from './edit-security.ts';
import { cellsOfLists, listSubkey, unlistSubkey } from './edit-subkeys.ts';
import { cellsOfValues } from './edit-values.ts';
import { KeyNode } from './key-node.ts';
import { keyBelow, requireNoLink } from './key-path.ts';
import { cell, cellSignature, keyFlag, keyNode, virtualization } from './layout.ts';
import { quoteName } from './names.ts';

/** Windows opens no key that lies deeper. */
const deepestLevel = 512;
/** Its length is a field of 16 bits, of whole characters. */
const longestClassName = 0xfffe;

/** A key's name at each step from the root; '' and doubled separators lead nowhere. */
export function stepsOf(path: string): string[] {
  return path.split('\\').filter((name) => name !== '');
}

/** The key at a path, or `undefined`. Throws `FormatError`: 'unsupported' for a symbolic link on the way. */
export function findKey(cells: EditCells, steps: readonly string[]): KeyNode | undefined {
  let key: KeyNode | undefined = rootOf(cells);
  for (const name of steps) key = key && nodeBelow(key, name);
  return key;
}

/** The key at a path, made with what is missing on the way; `created` says whether something was. Throws `FormatError`. */
export function keyAt(cells: EditCells, steps: readonly string[]): { key: KeyNode; created: boolean } {
  let key = rootOf(cells);
  let created = false;
  for (const [depth, name] of steps.entries()) {
    const known = nodeBelow(key, name);
    key = known ?? createBelow(cells, key, name, depth + 1);
    created ||= !known;
  }
  return { key, created };
}

/** A new key without values; it names its parent's security. `depth` is its own: 1 below the root. */
export function createBelow(cells: EditCells, parent: KeyNode, name: string, depth: number): KeyNode {
  requireKeyName(name);
  if (depth > deepestLevel) {
    throw new FormatError(
      'unsupported',
      `a key more than ${deepestLevel} levels deep is opened by no Windows`,
    );
  }
  const security = cells.word(parent.offset, keyNode.security);
  const offset = cells.add(encodeKey(cells, parent, name, security));
  if (security !== cell.none) referToSecurity(cells, security);
  listSubkey(cells, parent, offset, name);
  return cells.key(offset, depth);
}

/** Deletes a key with all below it, from `parent`, which has it. Throws `FormatError`. */
export function deleteBelow(cells: EditCells, parent: KeyNode, key: KeyNode): void {
  const tree: Tree = { cells: new Set(), security: new Map() };
  collect(cells, key, tree);
  unlistSubkey(cells, parent, key.offset);
  for (const offset of tree.cells) cells.free(offset);
  for (const [offset, keys] of tree.security) releaseSecurity(cells, offset, keys);
}

/** Gives a key this class name, or none; whether that changed anything. Throws `FormatError`. */
export function setClassName(
  cells: EditCells,
  parent: KeyNode | undefined,
  key: KeyNode,
  className: string | undefined,
): boolean {
  if (key.className === className) return false;
  const [old] = cellsOfClassName(cells, key);
  if (old !== undefined) cells.free(old);
  const text = Buffer.from(className ?? '', 'utf16le');
  if (text.length > longestClassName)
    throw new FormatError('unsupported', `class name of key ${quoteName(key.name)} is too long`);
  cells.setWord(key.offset, keyNode.className, text.length > 0 ? cells.add(text) : cell.none);
  cells.setHalf(key.offset, keyNode.classNameLength, text.length);
  if (parent) cells.raise(parent.offset, keyNode.largestSubkeyClass, text.length);
  cells.touch(key.offset);
  return true;
}

function rootOf(cells: EditCells): KeyNode {
  const root = cells.key(cells.rootCell, 0);
  requireNoLink(root);
  return root;
}

function nodeBelow(key: KeyNode, name: string): KeyNode | undefined {
  const found = keyBelow(key, name);
  return found instanceof KeyNode ? found : undefined;
}

function encodeKey(cells: EditCells, parent: KeyNode, name: string, security: number): Buffer {
  const stored = storeName(name);
  const content = Buffer.alloc(keyNode.name + stored.bytes.length);
  content.writeUInt16LE(cellSignature.nk, keyNode.signature);
  content.writeUInt16LE(stored.isCompressed ? keyFlag.compressedName : 0, keyNode.flags);
  content.writeBigUInt64LE(cells.now, keyNode.lastWritten);
  content.writeUInt32LE(parent.offset, keyNode.parent);
  content.writeUInt32LE(security, keyNode.security);
  for (const list of [keyNode.subkeyList, keyNode.volatileSubkeyList, keyNode.valueList, keyNode.className]) {
    content.writeUInt32LE(cell.none, list);
  }
  const parentFlags = cells.word(parent.offset, keyNode.largestSubkeyName) & virtualization.mask;
  if ((parentFlags & virtualization.inherited) !== 0)
    content.writeUInt32LE(parentFlags, keyNode.largestSubkeyName);
  content.writeUInt16LE(stored.bytes.length, keyNode.nameLength);
  stored.bytes.copy(content, keyNode.name);
  return content;
}

/** What a key and all below it take. */
interface Tree {
  readonly cells: Set<number>;
  /** By the offset of each security cell: how many of the keys name it. */
  readonly security: Map<number, number>;
}

function collect(cells: EditCells, key: KeyNode, tree: Tree): void {
  if ((cells.half(key.offset, keyNode.flags) & keyFlag.noDelete) !== 0) {
    throw new FormatError('unsupported', `key ${quoteName(key.name)} is marked as never to be deleted`);
  }
  const subkeys = key.subkeys();
  const own = [
    key.offset,
    ...cellsOfClassName(cells, key),
    ...cellsOfLists(cells, key),
    ...cellsOfValues(cells, key),
  ];
  for (const offset of own) {
    if (tree.cells.has(offset)) throw damaged(`the cell at ${hex(offset)} belongs to two keys or values`);
    tree.cells.add(offset);
  }
  const security = cells.word(key.offset, keyNode.security);
  if (security !== cell.none) tree.security.set(security, (tree.security.get(security) ?? 0) + 1);
  for (const subkey of subkeys) if (subkey instanceof KeyNode) collect(cells, subkey, tree);
}

/** The cell of a key's class name, if it has one. Throws `FormatError`. */
export function cellsOfClassName(cells: EditCells, key: KeyNode): number[] {
  return key.className === undefined ? [] : [cells.word(key.offset, keyNode.className)];
}
