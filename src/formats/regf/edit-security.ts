import { damaged, FormatError } from '../errors.ts';
import { parseSecurityDescriptor } from '../security-descriptor/index.ts';
import { hex } from './cells.ts';
import type { EditCells } from './edit-cells.ts';
import type { KeyNode } from './key-node.ts';
import { cell, cellSignature, keyNode, keySecurity } from './layout.ts';

/** In bytes: what the reader believes of a descriptor. */
const largestDescriptor = 0x1_0000;
const mostReferences = 0xffff_ffff;

/**
 * Gives a key this descriptor: a cell of the hive that has it already, or a new one. Whether that changed anything.
 * Throws `FormatError`: 'damaged' for bytes that are no self-relative descriptor with an owner, which Windows would
 * take for damage of the hive.
 */
export function setSecurity(cells: EditCells, key: KeyNode, descriptor: Buffer): boolean {
  requireDescriptor(descriptor);
  if (key.securityDescriptor()?.equals(descriptor)) return false;
  const old = cells.word(key.offset, keyNode.security);
  const ring = listRing(cells, anchorOf(cells, key));
  const equal = ring.find((offset) => descriptorIn(cells, offset).equals(descriptor));
  const offset = equal ?? addSecurity(cells, descriptor, ring[0]);
  referToSecurity(cells, offset);
  cells.setWord(key.offset, keyNode.security, offset);
  if (old !== cell.none) releaseSecurity(cells, old, 1);
  cells.touch(key.offset);
  return true;
}

/** Counts one key more that names this cell. */
export function referToSecurity(cells: EditCells, offset: number): void {
  requireSecurity(cells, offset);
  const count = cells.word(offset, keySecurity.referenceCount);
  if (count === mostReferences) throw new FormatError('unsupported', 'too many keys share one descriptor');
  cells.setWord(offset, keySecurity.referenceCount, count + 1);
}

/**
 * Counts keys less that name this cell, which they no longer do, and frees it after the last of them. Throws
 * `FormatError` (damaged) where the count is not true: freed, the cell would be missing for another key.
 */
export function releaseSecurity(cells: EditCells, offset: number, keys: number): void {
  requireSecurity(cells, offset);
  const left = cells.word(offset, keySecurity.referenceCount) - keys;
  const isTrue = left > 0 || (left === 0 && !isNamed(cells, offset));
  if (!isTrue) throw damaged(`security at ${hex(offset)} is named by more keys than it counts`);
  cells.setWord(offset, keySecurity.referenceCount, left);
  if (left > 0) return;
  unlink(cells, offset);
  cells.free(offset);
}

function requireDescriptor(descriptor: Buffer): void {
  if (descriptor.length > largestDescriptor)
    throw new FormatError('unsupported', `the security descriptor has ${descriptor.length} bytes, too many`);
  if (parseSecurityDescriptor(descriptor).owner === undefined)
    throw damaged('the security descriptor names no owner');
}

/** A cell of the ring that a new descriptor joins; `undefined` in a hive that has none. */
function anchorOf(cells: EditCells, key: KeyNode): number | undefined {
  const own = cells.word(key.offset, keyNode.security);
  if (own !== cell.none) return own;
  const ofRoot = cells.word(cells.rootCell, keyNode.security);
  return ofRoot === cell.none ? undefined : ofRoot;
}

/** The whole ring, beginning with `anchor`. Throws `FormatError` (damaged) for one that does not close. */
function listRing(cells: EditCells, anchor: number | undefined): number[] {
  if (anchor === undefined) return [];
  const ring = new Set<number>();
  for (let at = anchor; ; ) {
    requireSecurity(cells, at);
    ring.add(at);
    const next = cells.word(at, keySecurity.next);
    requireSecurity(cells, next);
    if (cells.word(next, keySecurity.previous) !== at)
      throw damaged(`the ring of security cells is broken at ${hex(next)}`);
    if (next === anchor) return [...ring];
    if (ring.has(next)) throw damaged(`the ring of security cells does not close at ${hex(next)}`);
    at = next;
  }
}

function addSecurity(cells: EditCells, descriptor: Buffer, before: number | undefined): number {
  const content = Buffer.alloc(keySecurity.descriptor + descriptor.length);
  content.writeUInt16LE(cellSignature.sk, keySecurity.signature);
  content.writeUInt32LE(descriptor.length, keySecurity.descriptorSize);
  descriptor.copy(content, keySecurity.descriptor);
  const offset = cells.add(content);
  const previous = before ?? offset;
  const next = before === undefined ? offset : cells.word(before, keySecurity.next);
  link(cells, offset, next);
  link(cells, previous, offset);
  return offset;
}

function link(cells: EditCells, previous: number, next: number): void {
  cells.setWord(previous, keySecurity.next, next);
  cells.setWord(next, keySecurity.previous, previous);
}

function unlink(cells: EditCells, offset: number): void {
  const ring = listRing(cells, offset);
  if (ring.length === 1) return;
  link(cells, cells.word(offset, keySecurity.previous), cells.word(offset, keySecurity.next));
}

/** By any cell that may be a key, reachable or not: rather one too many. */
function isNamed(cells: EditCells, offset: number): boolean {
  for (const key of cells.withSignature(cellSignature.nk)) {
    if (cells.word(key, keyNode.security) === offset) return true;
  }
  return false;
}

function requireSecurity(cells: EditCells, offset: number): void {
  if (cells.half(offset, keySecurity.signature) === cellSignature.sk) return;
  throw damaged(`security at ${hex(offset)} is another kind of cell`);
}

function descriptorIn(cells: EditCells, offset: number): Buffer {
  const size = cells.word(offset, keySecurity.descriptorSize);
  const content = cells.reader.read(
    offset,
    () => 'security',
    keySecurity.descriptor + largestDescriptor,
    keySecurity.descriptor + largestDescriptor,
  );
  return content.subarray(keySecurity.descriptor, keySecurity.descriptor + size);
}
