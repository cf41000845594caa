import { bin } from './layout.ts';

/** A cell in use: where it lies from the first bin on, and its bytes after the size field, to be filled. */
export interface Cell {
  readonly offset: number;
  readonly bytes: Buffer;
}

/** The bins of a hive that is being made; cells are handed out front to back. */
export interface Bins {
  /** A zeroed cell that holds at least `length` bytes. */
  allocate(length: number): Cell;
  /** All bins, one after another, at least `minimum` bytes of them; what no cell took is free cells. */
  finish(minimum: number): Buffer;
}

/** Bins as Windows lays them: multiples of 4096 bytes, no cell across a bin's end, cells at multiples of 8. */
export function newBins(lastWritten: bigint): Bins {
  const made: Buffer[] = [];
  let total = 0;
  let current = Buffer.alloc(0);
  let used = 0;

  function open(room: number): void {
    close();
    current = Buffer.alloc(roundUp(bin.headerSize + room, bin.unit));
    current.write('hbin', bin.signature, 'latin1');
    current.writeUInt32LE(total, bin.offset);
    current.writeUInt32LE(current.length, bin.size);
    current.writeBigUInt64LE(lastWritten, bin.lastWritten);
    used = bin.headerSize;
    made.push(current);
    total += current.length;
  }

  function close(): void {
    if (used < current.length) current.writeInt32LE(current.length - used, used);
  }

  function allocate(length: number): Cell {
    const size = roundUp(4 + length, 8);
    if (current.length - used < size) open(size);
    const at = used;
    current.writeInt32LE(-size, at);
    used += size;
    return { offset: total - current.length + at, bytes: current.subarray(at + 4, at + size) };
  }

  function finish(minimum: number): Buffer {
    if (total < minimum) open(minimum - total - bin.headerSize);
    close();
    return Buffer.concat(made);
  }

  return { allocate, finish };
}

/** The next multiple of `unit` that is not below `size`. */
export function roundUp(size: number, unit: number): number {
  return Math.ceil(size / unit) * unit;
}
