import type { Device } from '../device.ts';
import { damaged, type FormatError } from '../errors.ts';
import { bin, cell } from './layout.ts';

/** A first read of a cell is never larger than this, whatever length field asked for it. */
const largestGuess = 0x1_0000;
const hbin = 0x6862_696e;

/** What a cell is, for messages; made only when one is needed. */
export type Describe = () => string;

/** An offset in the bins as messages give it. */
export function hex(offset: number): string {
  return `0x${offset.toString(16)}`;
}

/** What the base block says of the bins. */
export interface CellsLayout {
  readonly binsSize: number;
  readonly rootCell: number;
  readonly minorVersion: number;
}

/** Reads the cells of a hive; each with one read where its size was guessed well. */
export class Cells {
  /** Of the hive's format, 1.x. */
  readonly minorVersion: number;
  /** Of the bins as the hive says, in bytes. */
  readonly binsSize: number;
  /** Of the root key, from the start of the bins. */
  readonly rootCell: number;
  readonly #bins: Device;

  constructor(bins: Device, { binsSize, rootCell, minorVersion }: CellsLayout) {
    this.#bins = bins;
    this.binsSize = binsSize;
    this.rootCell = rootCell;
    this.minorVersion = minorVersion;
  }

  /**
   * The first `limit` bytes, or fewer if there are no more, of what the cell at `offset` holds (its size
   * field left out); not to be written to. `guess` is how long it is likely to be. Throws `FormatError`,
   * which calls the cell `what()`, for a cell that is free, malformed, or not wholly within one bin.
   */
  read(offset: number, what: Describe, guess: number, limit: number): Buffer {
    this.#requireOffset(offset, what);
    const available = this.#bins.size - offset;
    const wanted = Math.min(guess + cell.headerSize, largestGuess, available);
    let bytes = this.#bins.read(offset, wanted);
    const size = this.#sizeOf(bytes, offset, what);
    const needed = Math.min(size, limit + cell.headerSize);
    if (needed > wanted) bytes = this.#bins.read(offset, needed);
    requireOneBin(bytes, needed, offset, what);
    return bytes.subarray(cell.headerSize, needed);
  }

  #requireOffset(offset: number, what: Describe): void {
    if (offset === cell.none) throw damaged(`${what()} is missing: the reference to it is empty`);
    if (offset < bin.headerSize || offset % cell.alignment !== 0 || offset + cell.alignment > this.binsSize) {
      throw damaged(`${what()} is said to be at ${hex(offset)}, where no cell can be`);
    }
    if (offset + cell.alignment > this.#bins.size) throw this.#cutOff(offset, what);
  }

  #sizeOf(bytes: Buffer, offset: number, what: Describe): number {
    const size = -bytes.readInt32LE(0);
    if (size <= 0) throw damaged(`${what()} at ${hex(offset)} is not a cell in use`);
    if (size % cell.alignment !== 0)
      throw damaged(`${what()} at ${hex(offset)} has the impossible size ${size}`);
    if (offset + size > this.binsSize)
      throw damaged(`${what()} at ${hex(offset)} reaches beyond the last bin`);
    if (offset + size > this.#bins.size) throw this.#cutOff(offset, what);
    return size;
  }

  #cutOff(offset: number, what: Describe): FormatError {
    return damaged(
      `${what()} at ${hex(offset)} is cut off: the file ends ${this.binsSize - this.#bins.size} bytes early`,
    );
  }
}

/** A cell that reaches over the header of another bin is none: that header's offset names its own place. */
function requireOneBin(bytes: Buffer, length: number, offset: number, what: Describe): void {
  const first = bin.alignment - (offset % bin.alignment);
  for (let at = first; at + bin.offset < length; at += bin.alignment) {
    if (bytes.readUInt32BE(at) === hbin && bytes.readUInt32LE(at + bin.offset) === offset + at) {
      throw damaged(`${what()} at ${hex(offset)} reaches into another bin`);
    }
  }
}
