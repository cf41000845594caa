import { damaged } from '../errors.ts';
import { CellAllocator } from './cell-allocator.ts';
import { Cells, type CellsLayout, hex } from './cells.ts';
import type { EditedBins } from './edit-bins.ts';
import { KeyNode } from './key-node.ts';
import { cell, keyNode } from './layout.ts';

/** The cells of a hive that is being edited: read by the room's own readers, changed field by field. */
export class EditCells {
  readonly bins: EditedBins;
  readonly rootCell: number;
  readonly minorVersion: number;
  /** FILETIME that changed keys get. */
  readonly now: bigint;
  readonly #allocator: CellAllocator;

  constructor(bins: EditedBins, { rootCell, minorVersion }: Omit<CellsLayout, 'binsSize'>, now: bigint) {
    this.bins = bins;
    this.rootCell = rootCell;
    this.minorVersion = minorVersion;
    this.now = now;
    this.#allocator = new CellAllocator(bins);
  }

  /** For a look at the cells as they are now. */
  get reader(): Cells {
    const { rootCell, minorVersion } = this;
    return new Cells(this.bins, { binsSize: this.bins.size, rootCell, minorVersion });
  }

  /** Carries an edit out wholly or, where it throws, not at all. */
  attempt<T>(edit: () => T): T {
    try {
      return this.bins.attempt(edit);
    } catch (error) {
      this.#allocator.forget();
      throw error;
    }
  }

  /** The key in a cell as it is now: an older `KeyNode` knows nothing of edits. Throws `FormatError`. */
  key(offset: number, depth: number): KeyNode {
    return new KeyNode(this.reader, offset, depth);
  }

  /** How many bytes the cell in use at `offset` can hold. Throws `FormatError` (damaged) where there is none. */
  capacity(offset: number): number {
    return this.#allocator.sizeOf(offset) - cell.headerSize;
  }

  /** A new cell with this content, and zeros up to `room` bytes. */
  add(content: Buffer, room: number = content.length): number {
    const offset = this.#allocator.allocate(Math.max(room, content.length));
    this.write(offset, 0, content);
    return offset;
  }

  free(offset: number): void {
    this.#allocator.free(offset);
  }

  /** Throws `FormatError` (damaged) where the cell does not have these bytes. */
  write(offset: number, at: number, bytes: Buffer): void {
    this.#requireInside(offset, at, bytes.length);
    this.bins.write(offset + cell.headerSize + at, bytes);
  }

  /** 32 bits of a cell. Throws `FormatError` (damaged) where it does not have them. */
  word(offset: number, at: number): number {
    this.#requireInside(offset, at, 4);
    return this.bins.read(offset + cell.headerSize + at, 4).readUInt32LE();
  }

  setWord(offset: number, at: number, value: number): void {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    this.write(offset, at, bytes);
  }

  /** 16 bits of a cell. Throws `FormatError` (damaged) where it does not have them. */
  half(offset: number, at: number): number {
    this.#requireInside(offset, at, 2);
    return this.bins.read(offset + cell.headerSize + at, 2).readUInt16LE();
  }

  setHalf(offset: number, at: number, value: number): void {
    const bytes = Buffer.alloc(2);
    bytes.writeUInt16LE(value);
    this.write(offset, at, bytes);
  }

  /** Makes a field that says how large something is at most large enough for `value`. */
  raise(offset: number, at: number, value: number): void {
    if (this.word(offset, at) < value) this.setWord(offset, at, value);
  }

  /** Notes on a key that it was changed now. */
  touch(key: number): void {
    const time = Buffer.alloc(8);
    time.writeBigUInt64LE(this.now);
    this.write(key, keyNode.lastWritten, time);
  }

  /** The cells in use whose content begins with this signature, be they reachable or not. */
  *withSignature(signature: number): Generator<number> {
    for (const { offset, size } of this.#allocator.cellsInUse()) {
      if (size >= keyNode.name && this.half(offset, 0) === signature) yield offset;
    }
  }

  #requireInside(offset: number, at: number, length: number): void {
    if (at + length > this.capacity(offset))
      throw damaged(`the cell at ${hex(offset)} is too small for what it should hold`);
  }
}
