import { damaged, FormatError } from '../errors.ts';
import type { EditCells } from './edit-cells.ts';
import { nameSize, requireValueName, storeName } from './edit-names.ts';
import type { KeyNode } from './key-node.ts';
import { bigData, cell, cellSignature, keyFlag, keyNode, keyValue, valueFlag } from './layout.ts';
import { quoteName, upperCaseName } from './names.ts';
import type { Value } from './value.ts';

/** What a value is to hold. */
export interface ValueContent {
  /** 32 bits, unsigned; `registryType` has the usual ones. */
  readonly type: number;
  readonly data: Buffer;
}

const inlineFlag = 0x8000_0000;
const inlineSize = 4;
const referenceSize = 4;
/** In bytes. Windows' own limit before big data; with it there is none, and this is the reader's. */
const mostData = { inOneCell: 2 ** 20, inSegments: 64 * 2 ** 20 } as const;
/**
 * Windows gives every segment the same cell, the last one too (measured on 16 values of three hives); hivex takes a
 * segment without bytes to spare for a shorter one.
 */
const segmentRoom: number = bigData.segmentSize + 4;
/** Lists that grow take half as much again, so that not each value moves them. */
const headroom = 1.5;

/** A value of a key and where it is. */
interface ListedValue {
  readonly index: number;
  readonly offset: number;
  readonly value: Value;
}

/** Gives a key's value this type and data; whether that changed anything. Throws `FormatError`. */
export function setValue(cells: EditCells, key: KeyNode, name: string, content: ValueContent): boolean {
  requireValueName(name);
  requireDataSize(cells, name, content.data.length);
  const known = findValue(cells, key, name);
  if (known && known.value.type === content.type && known.value.data().equals(content.data)) return false;
  const offset = known?.offset ?? addValue(cells, key, name);
  cells.setWord(offset, keyValue.type, content.type);
  storeData(cells, offset, content.data);
  cells.raise(key.offset, keyNode.largestValueName, nameSize(name));
  cells.raise(key.offset, keyNode.largestValueData, content.data.length);
  cells.touch(key.offset);
  return true;
}

/** Takes a value from a key; whether there was one. Throws `FormatError`. */
export function deleteValue(cells: EditCells, key: KeyNode, name: string): boolean {
  const known = findValue(cells, key, name);
  if (!known) return false;
  for (const used of cellsOfValue(cells, known.offset)) cells.free(used);
  unlist(cells, key, known.index);
  cells.touch(key.offset);
  return true;
}

/** All cells that a key's values and their list take. Throws `FormatError`. */
export function cellsOfValues(cells: EditCells, key: KeyNode): number[] {
  const listed = listValues(cells, key);
  if (listed.length === 0) return [];
  return [
    cells.word(key.offset, keyNode.valueList),
    ...listed.flatMap(({ offset }) => cellsOfValue(cells, offset)),
  ];
}

function requireDataSize(cells: EditCells, name: string, size: number): void {
  const limit = hasBigData(cells) ? mostData.inSegments : mostData.inOneCell;
  if (size <= limit) return;
  throw new FormatError(
    'unsupported',
    `value ${quoteName(name)} is to hold ${size} bytes where a hive of this version holds ${limit}`,
  );
}

function hasBigData(cells: EditCells): boolean {
  return cells.minorVersion >= bigData.firstMinorVersion;
}

function findValue(cells: EditCells, key: KeyNode, name: string): ListedValue | undefined {
  const upperName = upperCaseName(name);
  return listValues(cells, key).find(({ value }) => upperCaseName(value.name) === upperName);
}

/** A key whose values cannot all be read is refused: the one that is looked for may be among them. */
function listValues(cells: EditCells, key: KeyNode): ListedValue[] {
  if ((cells.half(key.offset, keyNode.flags) & keyFlag.predefinedHandle) !== 0) {
    throw new FormatError('unsupported', `key ${quoteName(key.name)} stands for a handle and has no values`);
  }
  const values = key.values();
  if (values.length === 0) return [];
  const list = cells.word(key.offset, keyNode.valueList);
  return values.map((value, index) => ({ index, offset: cells.word(list, index * referenceSize), value }));
}

/** A value without type and data, listed as the last one of its key. */
function addValue(cells: EditCells, key: KeyNode, name: string): number {
  const stored = storeName(name);
  const content = Buffer.alloc(keyValue.name + stored.bytes.length);
  content.writeUInt16LE(cellSignature.vk, keyValue.signature);
  content.writeUInt16LE(stored.bytes.length, keyValue.nameLength);
  content.writeUInt32LE(inlineFlag, keyValue.dataSize);
  content.writeUInt16LE(stored.isCompressed ? valueFlag.compressedName : 0, keyValue.flags);
  stored.bytes.copy(content, keyValue.name);
  const offset = cells.add(content);
  list(cells, key, offset);
  return offset;
}

function list(cells: EditCells, key: KeyNode, value: number): void {
  const count = key.valueCount;
  const length = (count + 1) * referenceSize;
  const old = count === 0 ? undefined : cells.word(key.offset, keyNode.valueList);
  let at = old;
  if (at === undefined || cells.capacity(at) < length) {
    const before = old === undefined ? Buffer.alloc(0) : readWhole(cells, old, count * referenceSize);
    at = cells.add(before, old === undefined ? length : Math.ceil(length * headroom));
    if (old !== undefined) cells.free(old);
    cells.setWord(key.offset, keyNode.valueList, at);
  }
  cells.setWord(at, count * referenceSize, value);
  cells.setWord(key.offset, keyNode.valueCount, count + 1);
}

function unlist(cells: EditCells, key: KeyNode, index: number): void {
  const at = cells.word(key.offset, keyNode.valueList);
  const count = key.valueCount - 1;
  cells.setWord(key.offset, keyNode.valueCount, count);
  if (count > 0) {
    const behind = readWhole(cells, at, (count + 1) * referenceSize).subarray((index + 1) * referenceSize);
    cells.write(at, index * referenceSize, behind);
    return;
  }
  cells.free(at);
  cells.setWord(key.offset, keyNode.valueList, cell.none);
  cells.setWord(key.offset, keyNode.largestValueName, 0);
  cells.setWord(key.offset, keyNode.largestValueData, 0);
}

/** In place where it fits: in the value itself, or in the cells that hold its data now. */
function storeData(cells: EditCells, value: number, data: Buffer): void {
  const old = cellsOfData(cells, value);
  if (data.length > inlineSize && overwrite(cells, old, data)) {
    cells.setWord(value, keyValue.dataSize, data.length);
    return;
  }
  for (const used of old.all) cells.free(used);
  if (data.length <= inlineSize) {
    const field = Buffer.alloc(inlineSize);
    data.copy(field);
    cells.write(value, keyValue.data, field);
    cells.setWord(value, keyValue.dataSize, inlineFlag + data.length);
    return;
  }
  const isBig = hasBigData(cells) && data.length > bigData.segmentSize;
  cells.setWord(value, keyValue.data, isBig ? addBigData(cells, data) : cells.add(data));
  cells.setWord(value, keyValue.dataSize, data.length);
}

function overwrite(cells: EditCells, old: DataCells, data: Buffer): boolean {
  const isBig = hasBigData(cells) && data.length > bigData.segmentSize;
  const pieces = isBig ? segmentsOf(data) : [data];
  const fits = ({ length }: Buffer, i: number) => cells.capacity(old.pieces[i] ?? cell.none) >= length;
  if (isBig !== old.isBig || pieces.length !== old.pieces.length || !pieces.every(fits)) return false;
  for (const [i, piece] of pieces.entries()) cells.write(old.pieces[i] ?? cell.none, 0, piece);
  return true;
}

function segmentsOf(data: Buffer): Buffer[] {
  const segments: Buffer[] = [];
  for (let at = 0; at < data.length; at += bigData.segmentSize) {
    segments.push(data.subarray(at, at + bigData.segmentSize));
  }
  return segments;
}

function addBigData(cells: EditCells, data: Buffer): number {
  const segments = segmentsOf(data).map((segment) => cells.add(segment, segmentRoom));
  const references = Buffer.alloc(segments.length * referenceSize);
  for (const [i, segment] of segments.entries()) references.writeUInt32LE(segment, i * referenceSize);
  const header = Buffer.alloc(bigData.headerSize);
  header.writeUInt16LE(cellSignature.db, bigData.signature);
  header.writeUInt16LE(segments.length, bigData.segmentCount);
  header.writeUInt32LE(cells.add(references), bigData.segmentList);
  return cells.add(header);
}

function cellsOfValue(cells: EditCells, value: number): number[] {
  return [value, ...cellsOfData(cells, value).all];
}

/** Where a value's data lies. */
interface DataCells {
  readonly isBig: boolean;
  /** The cells with the bytes, in order. */
  readonly pieces: readonly number[];
  /** Those and what names them. */
  readonly all: readonly number[];
}

function cellsOfData(cells: EditCells, value: number): DataCells {
  const size = cells.word(value, keyValue.dataSize);
  if (size === 0 || size >= inlineFlag) return { isBig: false, pieces: [], all: [] };
  const data = cells.word(value, keyValue.data);
  const holdsAll = cells.capacity(data) >= size;
  if (holdsAll) return { isBig: false, pieces: [data], all: [data] };
  if (!hasBigData(cells) || cells.half(data, bigData.signature) !== cellSignature.db) {
    throw damaged(`the cell of a value's data has ${cells.capacity(data)} of ${size} bytes`);
  }
  const references = cells.word(data, bigData.segmentList);
  const count = cells.half(data, bigData.segmentCount);
  const pieces = Array.from({ length: count }, (_, i) => cells.word(references, i * referenceSize));
  return { isBig: true, pieces, all: [data, references, ...pieces] };
}

function readWhole(cells: EditCells, offset: number, length: number): Buffer {
  return Buffer.from(cells.reader.read(offset, () => 'value list', length, length));
}
