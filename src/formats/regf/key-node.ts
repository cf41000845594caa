import { damaged, FormatError } from '../errors.ts';
import { fileTimeOf } from '../file-time.ts';
import { type Cells, hex } from './cells.ts';
import type { Key } from './key.ts';
import { cell, cellSignature, keyFlag, keyNode, keySecurity } from './layout.ts';
import { decodeName, decodeUtf16, nameHash, quoteName, upperCaseName } from './names.ts';
import { elementMayBe, elementOffset, hintFits, type Leaf, readLeaves } from './subkey-leaves.ts';
import type { Value } from './value.ts';
import { ValueCell } from './value-cell.ts';

/** Most names are shorter than this, in bytes. */
const usualNameLength = 48;
/** Key names have at most 255 characters, stored in one or two bytes each. */
const largestNameLength = 512;
/** Windows opens no key that lies deeper. */
const deepestLevel = 512;
const smallestKeyCell = 80;
/** Far beyond real keys, which have tens of thousands: a hive full of holes could seem to hold any number. */
const mostListed = 1_000_000;
const valueReferenceSize = 4;
const largestDescriptorSize = 0x1_0000;

/** The key in a cell. */
export class KeyNode implements Key {
  readonly offset: number;
  /** Offset of the parent as this key states it. */
  readonly parent: number;
  readonly name: string;
  readonly subkeyCount: number;
  readonly valueCount: number;
  readonly isSymbolicLink: boolean;
  readonly #cells: Cells;
  #values: Map<number, Value> | undefined;
  #leavesRead: readonly Leaf[] | undefined;
  readonly #fixed: Buffer;
  readonly #depth: number;

  /** Throws `FormatError`. */
  constructor(cells: Cells, offset: number, depth: number) {
    const what = () => (depth === 0 ? 'root key' : 'key');
    if (depth > deepestLevel)
      throw damaged(`key at ${hex(offset)} lies more than ${deepestLevel} levels deep`);
    const bytes = cells.read(offset, what, keyNode.name + usualNameLength, keyNode.name + largestNameLength);
    if (bytes.length < keyNode.name || bytes.readUInt16LE(keyNode.signature) !== cellSignature.nk) {
      throw damaged(`${what()} at ${hex(offset)} is another kind of cell`);
    }
    const nameEnd = keyNode.name + bytes.readUInt16LE(keyNode.nameLength);
    if (nameEnd > bytes.length) throw damaged(`${what()} at ${hex(offset)} has a name longer than its cell`);
    const flags = bytes.readUInt16LE(keyNode.flags);
    this.#cells = cells;
    this.#depth = depth;
    this.#fixed = bytes;
    this.offset = offset;
    this.parent = bytes.readUInt32LE(keyNode.parent);
    this.name = decodeName(bytes, keyNode.name, nameEnd, (flags & keyFlag.compressedName) !== 0);
    this.subkeyCount = bytes.readUInt32LE(keyNode.subkeyCount);
    // A predefined handle keeps its number in this field and has no values.
    this.valueCount = (flags & keyFlag.predefinedHandle) !== 0 ? 0 : bytes.readUInt32LE(keyNode.valueCount);
    this.isSymbolicLink = (flags & keyFlag.symbolicLink) !== 0;
  }

  get lastWritten(): Date {
    return fileTimeOf(this.#fixed.readBigUInt64LE(keyNode.lastWritten));
  }

  get className(): string | undefined {
    const length = this.#fixed.readUInt16LE(keyNode.classNameLength);
    const offset = this.#fixed.readUInt32LE(keyNode.className);
    if (length === 0 || offset === cell.none) return undefined;
    const what = () => `class name of ${this.#title()}`;
    const bytes = this.#cells.read(offset, what, length, length);
    if (bytes.length < length) throw damaged(`${what()} has ${bytes.length} of ${length} bytes`);
    return decodeUtf16(bytes);
  }

  subkeys(): Key[] {
    const leaves = this.#leaves();
    this.#requireAllListed(leaves);
    const seen = new Set<number>();
    const keys: Key[] = [];
    for (const leaf of leaves) {
      for (let i = 0; i < leaf.count; i++) {
        const key = this.#child(leaf, i);
        this.#requireOwn(key);
        if (seen.has(key.offset)) throw damaged(`${key.#what()} is listed twice`);
        seen.add(key.offset);
        keys.push(key);
      }
    }
    return keys;
  }

  subkey(name: string): Key | undefined {
    const upperName = upperCaseName(name);
    const leaves = this.#leaves();
    const hash = nameHash(upperName);
    let misplaced: KeyNode | undefined;
    const mayBe = (leaf: Leaf, i: number) => elementMayBe(leaf, i, upperName, hash);
    const found = this.#search(leaves, upperName, mayBe, (key, leaf, i) => {
      if (!key.#hasItsHint(leaf, i)) misplaced ??= key;
    });
    if (found) return found;
    this.#requireAllListed(leaves);
    this.#requireOwnList(leaves);
    if (this.#hasOddHints(leaves, name)) return this.#search(leaves, upperName, () => true);
    // It may stand in the place of the key that is looked for.
    if (misplaced) throw damaged(`${misplaced.#what()} is listed by the hint of another name`);
    return undefined;
  }

  values(): Value[] {
    const offsets = this.#valueOffsets();
    if (offsets.length > 1 && new Set(offsets).size < offsets.length)
      throw damaged(`${this.#what()} lists a value twice`);
    return offsets.map((offset) => this.#valueAt(offset));
  }

  value(name: string): Value | undefined {
    const upperName = upperCaseName(name);
    let failure: FormatError | undefined;
    for (const offset of this.#valueOffsets()) {
      try {
        const value = this.#valueAt(offset);
        if (value.name.length === name.length && upperCaseName(value.name) === upperName) return value;
      } catch (error) {
        if (!(error instanceof FormatError)) throw error;
        failure ??= error;
      }
    }
    // What could not be read may have been the value: its absence is not proven.
    if (failure) throw failure;
    return undefined;
  }

  securityDescriptor(): Buffer | undefined {
    const offset = this.#fixed.readUInt32LE(keyNode.security);
    if (offset === cell.none) return undefined;
    const what = () => `security of ${this.#title()}`;
    const bytes = this.#cells.read(offset, what, 256, keySecurity.descriptor + largestDescriptorSize);
    if (
      bytes.length < keySecurity.descriptor ||
      bytes.readUInt16LE(keySecurity.signature) !== cellSignature.sk
    ) {
      throw damaged(`${what()} at ${hex(offset)} is another kind of cell`);
    }
    const size = bytes.readUInt32LE(keySecurity.descriptorSize);
    if (size > largestDescriptorSize)
      throw damaged(`${what()} at ${hex(offset)} is said to be ${size} bytes, more than a descriptor has`);
    const end = keySecurity.descriptor + size;
    if (end > bytes.length) throw damaged(`${what()} at ${hex(offset)} is longer than its cell`);
    return bytes.subarray(keySecurity.descriptor, end);
  }

  #title(): string {
    return `key ${quoteName(this.name)}`;
  }

  #what(): string {
    return `${this.#title()} at ${hex(this.offset)}`;
  }

  #child(leaf: Leaf, index: number): KeyNode {
    return new KeyNode(this.#cells, elementOffset(leaf, index), this.#depth + 1);
  }

  /** Each key in one list of one parent, and the root in none: thus a walk of any hive ends. */
  #requireOwn(key: KeyNode): void {
    if (key.parent !== this.offset || key.offset === this.#cells.rootCell)
      throw damaged(`${key.#what()} is not a subkey of ${this.#what()}`);
  }

  /** What the list itself gives away, without a look at its keys. */
  #requireOwnList(leaves: readonly Leaf[]): void {
    const seen = new Set<number>();
    for (const leaf of leaves) {
      for (let i = 0; i < leaf.count; i++) {
        const offset = elementOffset(leaf, i);
        if (offset === this.offset || offset === this.#cells.rootCell)
          throw damaged(`${this.#what()} lists the key at ${hex(offset)}, which is none of its subkeys`);
        if (seen.has(offset)) throw damaged(`${this.#what()} lists the key at ${hex(offset)} twice`);
        seen.add(offset);
      }
    }
  }

  /** Names outside ASCII are upper-cased by tables that differ: no evidence against them. */
  #hasItsHint(leaf: Leaf, index: number): boolean {
    return /[^\0-\x7f]/.test(this.name) || hintFits(leaf, index, upperCaseName(this.name));
  }

  #leaves(): readonly Leaf[] {
    if (this.subkeyCount === 0) return [];
    if (this.subkeyCount > this.#cells.binsSize / smallestKeyCell) {
      throw damaged(`${this.#what()} claims ${this.subkeyCount} subkeys, more than the hive can hold`);
    }
    if (this.subkeyCount > mostListed)
      throw damaged(`${this.#what()} claims ${this.subkeyCount} subkeys, more than any key has`);
    const list = this.#fixed.readUInt32LE(keyNode.subkeyList);
    this.#leavesRead ??= readLeaves(this.#cells, list, this.subkeyCount);
    return this.#leavesRead;
  }

  #requireAllListed(leaves: readonly Leaf[]): void {
    const listed = leaves.reduce((sum, leaf) => sum + leaf.count, 0);
    if (listed !== this.subkeyCount) {
      throw damaged(`${this.#what()} lists ${listed} of its ${this.subkeyCount} subkeys`);
    }
  }

  #search(
    leaves: readonly Leaf[],
    upperName: string,
    mayBe: (leaf: Leaf, index: number) => boolean,
    pass?: (key: KeyNode, leaf: Leaf, index: number) => void,
  ): KeyNode | undefined {
    let failure: FormatError | undefined;
    for (const leaf of leaves) {
      for (let i = 0; i < leaf.count; i++) {
        if (!mayBe(leaf, i)) continue;
        try {
          const key = this.#child(leaf, i);
          if (upperCaseName(key.name) === upperName) return key;
          // A list with keys of others proves nothing by what it does not have.
          this.#requireOwn(key);
          pass?.(key, leaf, i);
        } catch (error) {
          if (!(error instanceof FormatError)) throw error;
          failure ??= error;
        }
      }
    }
    if (failure) throw failure;
    return undefined;
  }

  /**
   * Whether hints may hide a key that is there. Windows finds keys by them, so a single wrong one makes
   * a key absent for it too; but a writer that fills them all in its own way is told by its first one.
   * Names outside ASCII are upper-cased by tables that differ.
   */
  #hasOddHints(leaves: readonly Leaf[], name: string): boolean {
    const [leaf] = leaves;
    if (!leaf || leaf.kind === 'li') return false;
    if (/[^\0-\x7f]/.test(name)) return true;
    try {
      const first = this.#child(leaf, 0);
      this.#requireOwn(first);
      return !hintFits(leaf, 0, upperCaseName(first.name));
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      return true;
    }
  }

  /** Several values of one key are asked for one after another, and each search passes those before it. */
  #valueAt(offset: number): Value {
    this.#values ??= new Map();
    const known = this.#values.get(offset);
    if (known) return known;
    const value = new ValueCell(this.#cells, offset);
    this.#values.set(offset, value);
    return value;
  }

  #valueOffsets(): number[] {
    if (this.valueCount === 0) return [];
    if (this.valueCount > mostListed)
      throw damaged(`${this.#what()} claims ${this.valueCount} values, more than any key has`);
    const what = () => `value list of ${this.#title()}`;
    const length = this.valueCount * valueReferenceSize;
    const list = this.#cells.read(this.#fixed.readUInt32LE(keyNode.valueList), what, length, length);
    if (list.length < length) throw damaged(`${what()} has room for fewer than ${this.valueCount} values`);
    const offsets: number[] = [];
    for (let at = 0; at < length; at += valueReferenceSize) offsets.push(list.readUInt32LE(at));
    return offsets;
  }
}
