import { bufferDevice } from '../../src/formats/device.ts';
import { sealBaseBlock } from '../../src/formats/regf/hive.fixture.ts';
import { openHive } from '../../src/formats/regf/index.ts';
import { KeyNode } from '../../src/formats/regf/key-node.ts';
import { baseBlock, bin, keyNode } from '../../src/formats/regf/layout.ts';

/** Offsets of cells count from the start of the bins, those of fields from what the cell holds. */
export interface HivePatient {
  /** The cell of the key at a path below the root, which is ''. */
  key(path: string): number;
  word(cell: number, field: number): number;
  setWord(cell: number, field: number, word: number): void;
  setHalf(cell: number, field: number, half: number): void;
  /** Adds cells in a bin of their own; answers where they are. */
  append(...contents: readonly Buffer[]): number[];
  /** The whole file, its checksum right. */
  finish(): Buffer;
}

/** A hive that can be broken at any one place while all the rest of it stays right. */
export function hivePatient(hive: Buffer): HivePatient {
  let bytes = Buffer.from(hive);
  const at = (cell: number, field: number): number => baseBlock.size + cell + 4 + field;

  function append(...contents: readonly Buffer[]): number[] {
    const start = bytes.length - baseBlock.size;
    const cells = contents.map(cellOf);
    const used = cells.reduce<number>((sum, { length }) => sum + length, bin.headerSize);
    const added = Buffer.alloc(Math.ceil((used + 8) / bin.alignment) * bin.alignment);
    added.write('hbin', 0, 'latin1');
    added.writeUInt32LE(start, bin.offset);
    added.writeUInt32LE(added.length, bin.size);
    let next: number = bin.headerSize;
    const offsets = cells.map((cell) => {
      cell.copy(added, next);
      next += cell.length;
      return start + next - cell.length;
    });
    added.writeInt32LE(added.length - next, next);
    bytes = Buffer.concat([bytes, added]);
    bytes.writeUInt32LE(bytes.length - baseBlock.size, baseBlock.binsSize);
    return offsets;
  }

  return {
    key(path) {
      const key = openHive(bufferDevice(hive)).find(path);
      if (!(key instanceof KeyNode)) throw new Error(`the hive has no key ${path}`);
      return key.offset;
    },
    word: (cell, field) => bytes.readUInt32LE(at(cell, field)),
    setWord(cell, field, word) {
      bytes.writeUInt32LE(word >>> 0, at(cell, field));
    },
    setHalf(cell, field, half) {
      bytes.writeUInt16LE(half, at(cell, field));
    },
    append,
    finish: () => sealBaseBlock(Buffer.from(bytes)),
  };
}

/** A cell in use with its size before its content. */
function cellOf(content: Buffer): Buffer {
  const cell = Buffer.alloc(Math.ceil((content.length + 4) / 8) * 8);
  cell.writeInt32LE(-cell.length, 0);
  content.copy(cell, 4);
  return cell;
}

/** The cell of the list of subkeys of a key. */
export function subkeyListOf(hive: HivePatient, path: string): number {
  return hive.word(hive.key(path), keyNode.subkeyList);
}

/** The cell of the value at an index of a key. */
export function valueCellOf(hive: HivePatient, path: string, index = 0): number {
  return hive.word(hive.word(hive.key(path), keyNode.valueList), index * 4);
}

/** Numbers of 32 bits one after another. */
export function words(...numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(numbers.length * 4);
  numbers.forEach((number, index) => {
    bytes.writeUInt32LE(number >>> 0, index * 4);
  });
  return bytes;
}

/** A list of subkeys: its signature, its count and its elements. */
export function subkeyListCell(
  signature: 'li' | 'lf' | 'lh' | 'ri',
  count: number,
  elements: Buffer,
): Buffer {
  const head = Buffer.from(`${signature}\0\0`, 'latin1');
  head.writeUInt16LE(count, 2);
  return Buffer.concat([head, elements]);
}

/** A value's cell, whose data lies in another cell. */
export function valueCell(name: string, type: number, dataSize: number, dataCell: number): Buffer {
  const cell = Buffer.alloc(20 + name.length);
  cell.write('vk', 0, 'latin1');
  cell.writeUInt16LE(name.length, 2);
  cell.writeUInt32LE(dataSize >>> 0, 4);
  cell.writeUInt32LE(dataCell >>> 0, 8);
  cell.writeUInt32LE(type, 12);
  cell.writeUInt16LE(1, 16);
  cell.write(name, 20, 'latin1');
  return cell;
}

/** A key's cell without values, class and security. */
export function keyCell(name: string, parent: number, subkeyCount = 0, subkeyList = 0xffff_ffff): Buffer {
  const cell = Buffer.alloc(keyNode.name + name.length, 0);
  cell.write('nk', 0, 'latin1');
  cell.writeUInt16LE(0x20, keyNode.flags);
  cell.writeUInt32LE(parent >>> 0, keyNode.parent);
  cell.writeUInt32LE(subkeyCount, keyNode.subkeyCount);
  for (const field of [keyNode.subkeyList, keyNode.valueList, keyNode.security, keyNode.className]) {
    cell.writeUInt32LE(0xffff_ffff, field);
  }
  cell.writeUInt32LE(subkeyList >>> 0, keyNode.subkeyList);
  cell.writeUInt16LE(name.length, keyNode.nameLength);
  cell.write(name, keyNode.name, 'latin1');
  return cell;
}
