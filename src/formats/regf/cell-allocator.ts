import { damaged, FormatError } from '../errors.ts';
import { hex } from './cells.ts';
import type { EditedBins } from './edit-bins.ts';
import { bin, cell, largestBinsSize } from './layout.ts';

/** A bin, or a cell in one; offsets from the start of the bins, sizes with the header, in bytes. */
export interface Extent {
  readonly offset: number;
  readonly size: number;
}

/** A cell as its bin's chain of sizes has it. */
export interface ChainedCell extends Extent {
  readonly isFree: boolean;
}

const hbin = 0x6862_696e;
/** Cells are walked by reads of this size: a bin can be as large as the hive. */
const windowSize = 0x1_0000;

/** All bins from first to last. Throws `FormatError` (damaged) where they do not follow one another to the end. */
export function listBins(bins: EditedBins): Extent[] {
  const found: Extent[] = [];
  for (let offset = 0; offset < bins.size; ) {
    const header = bins.read(offset, bin.headerSize);
    const size = header.readUInt32LE(bin.size);
    const isSound =
      header.readUInt32BE(bin.signature) === hbin &&
      header.readUInt32LE(bin.offset) === offset &&
      size > 0 &&
      size % bin.alignment === 0 &&
      offset + size <= bins.size;
    if (!isSound) throw damaged(`no bin begins at ${hex(offset)}, where one has to`);
    found.push({ offset, size });
    offset += size;
  }
  return found;
}

/** The cells of a bin in their order. Throws `FormatError` (damaged) where they do not fill it exactly. */
export function* cellsOfBin(bins: EditedBins, { offset, size }: Extent): Generator<ChainedCell> {
  const end = offset + size;
  let window: Buffer = Buffer.alloc(0);
  let start = 0;
  for (let at = offset + bin.headerSize; at < end; ) {
    if (at + cell.headerSize > start + window.length) {
      start = at;
      window = Buffer.from(bins.read(at, Math.min(windowSize, end - at)));
    }
    const signed = window.readInt32LE(at - start);
    const length = Math.abs(signed);
    if (length === 0 || length % cell.alignment !== 0 || at + length > end) {
      throw damaged(`the cell at ${hex(at)} has the impossible size ${signed}`);
    }
    yield { offset: at, size: length, isFree: signed > 0 };
    at += length;
  }
}

/**
 * Takes cells from the free space of a hive's bins, and gives them back. Nothing is moved. A bin whose cells
 * do not fill it exactly is left alone: nothing is taken from it, and a cell in it cannot be freed or edited.
 */
export class CellAllocator {
  readonly #bins: EditedBins;
  #binList: Extent[] | undefined;
  #free: Map<number, number> | undefined;
  /** Cells that a walk of their bin has met in use. */
  readonly #inUse = new Map<number, number>();

  constructor(bins: EditedBins) {
    this.#bins = bins;
  }

  /** Forgets what it knows of the cells, after an edit that was taken back. */
  forget(): void {
    this.#binList = undefined;
    this.#free = undefined;
    this.#inUse.clear();
  }

  /** The cells in use, of the bins whose cells can be told apart. */
  *cellsInUse(): Generator<Extent> {
    for (const one of this.#allBins()) {
      for (const found of this.#soundCells(one)) if (!found.isFree) yield found;
    }
  }

  /**
   * The size, with its header, of the cell in use at `offset`. Throws `FormatError` (damaged) where its bin has no
   * such cell there.
   */
  sizeOf(offset: number): number {
    const known = this.#inUse.get(offset);
    if (known !== undefined) return known;
    for (const found of cellsOfBin(this.#bins, this.#binOf(offset))) {
      if (!found.isFree) this.#inUse.set(found.offset, found.size);
    }
    const size = this.#inUse.get(offset);
    if (size === undefined) throw damaged(`no cell in use begins at ${hex(offset)}`);
    return size;
  }

  /**
   * The offset of a new cell with room for `length` bytes, all zeros: the smallest free one that is large enough, or
   * the beginning of a new bin. Throws `FormatError` (unsupported) where the hive would become too large.
   */
  allocate(length: number): number {
    const size = roundUp(length + cell.headerSize, cell.alignment);
    const { offset, size: found } = this.#bestFree(size) ?? this.#addBin(size);
    const free = this.#freeCells();
    free.delete(offset);
    if (found > size) {
      this.#writeSize(offset + size, found - size);
      free.set(offset + size, found - size);
    }
    this.#bins.write(offset, Buffer.alloc(size));
    this.#writeSize(offset, -size);
    this.#inUse.set(offset, size);
    return offset;
  }

  /** Gives a cell back, as one with the free cells beside it. Throws `FormatError` (damaged) where there is none. */
  free(offset: number): void {
    let { start, end } = { start: offset, end: offset + this.sizeOf(offset) };
    const free = this.#freeCells();
    for (const neighbour of cellsOfBin(this.#bins, this.#binOf(offset))) {
      if (!neighbour.isFree) continue;
      const neighbourEnd = neighbour.offset + neighbour.size;
      if (neighbourEnd === start) start = neighbour.offset;
      else if (neighbour.offset === end) end = neighbourEnd;
      else continue;
      free.delete(neighbour.offset);
    }
    this.#inUse.delete(offset);
    this.#writeSize(start, end - start);
    free.set(start, end - start);
  }

  #bestFree(size: number): Extent | undefined {
    let best: Extent | undefined;
    for (const [offset, found] of this.#freeCells()) {
      if (found < size || (best && (found > best.size || (found === best.size && offset > best.offset))))
        continue;
      best = { offset, size: found };
    }
    return best;
  }

  #addBin(cellSize: number): Extent {
    const all = this.#allBins();
    const free = this.#freeCells();
    const offset = this.#bins.size;
    const size = roundUp(bin.headerSize + cellSize, bin.alignment);
    if (offset + size > largestBinsSize) {
      throw new FormatError('unsupported', `the hive would become larger than ${largestBinsSize} bytes`);
    }
    const header = Buffer.alloc(bin.headerSize);
    header.write('hbin', bin.signature, 'latin1');
    header.writeUInt32LE(offset, bin.offset);
    header.writeUInt32LE(size, bin.size);
    this.#bins.grow(offset + size);
    this.#bins.write(offset, header);
    all.push({ offset, size });
    const whole = { offset: offset + bin.headerSize, size: size - bin.headerSize };
    this.#writeSize(whole.offset, whole.size);
    free.set(whole.offset, whole.size);
    return whole;
  }

  #writeSize(offset: number, size: number): void {
    const bytes = Buffer.alloc(cell.headerSize);
    bytes.writeInt32LE(size);
    this.#bins.write(offset, bytes);
  }

  #allBins(): Extent[] {
    this.#binList ??= listBins(this.#bins);
    return this.#binList;
  }

  #freeCells(): Map<number, number> {
    if (this.#free) return this.#free;
    const free = new Map<number, number>();
    for (const one of this.#allBins()) {
      for (const { offset, size, isFree } of this.#soundCells(one)) if (isFree) free.set(offset, size);
    }
    this.#free = free;
    return free;
  }

  #soundCells(one: Extent): ChainedCell[] {
    try {
      return [...cellsOfBin(this.#bins, one)];
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      return [];
    }
  }

  #binOf(offset: number): Extent {
    const all = this.#allBins();
    let low = 0;
    let high = all.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const one = all[middle];
      if (one && one.offset + one.size <= offset) low = middle + 1;
      else high = middle;
    }
    const found = all[low];
    if (!found) throw damaged(`no bin holds ${hex(offset)}`);
    return found;
  }
}

function roundUp(length: number, unit: number): number {
  return Math.ceil(length / unit) * unit;
}
