/** Where a lab disk is written to; bytes that are never written read as zero. */
export interface Sink {
  write(offset: number, bytes: Uint8Array): void;
}

export interface DiskOptions {
  /** In bytes, a multiple of the sector size. */
  readonly size: number;
  /** 512 unless told. */
  readonly sectorSize?: 512 | 4096;
}

/** Where a partition of a lab disk came to lie, in bytes. */
export interface PlacedPartition {
  readonly start: number;
  readonly size: number;
}

/** What every wish for a partition has; sizes and offsets in bytes. */
export interface Wish {
  /** The next free MiB unless told. */
  readonly start?: number;
  /** The content's size, else all that is left, unless told. */
  readonly size?: number;
  readonly content?: Uint8Array;
}

export const mebibyte = 1 << 20;

/** Finds the partition's place among the bytes from `free` to `end`; throws where it does not fit. */
export function place(wish: Wish, free: number, end: number, sectorSize: number): PlacedPartition {
  const start = wish.start ?? roundUp(free, mebibyte);
  const size =
    wish.size ?? (wish.content ? roundUp(wish.content.length, sectorSize) : roundDown(end - start, mebibyte));
  if (start < free || start + size > end || size <= 0 || (wish.content?.length ?? 0) > size) {
    throw new Error(`no room for a partition of ${size} bytes at ${start}: ${free} to ${end} is free`);
  }
  if (start % sectorSize !== 0 || size % sectorSize !== 0) {
    throw new Error(`a partition of ${size} bytes at ${start} is not made of whole sectors of ${sectorSize}`);
  }
  return { start, size };
}

/** A disk in memory, written by one of the writers. */
export function inMemory(options: DiskOptions, write: (sink: Sink) => void): Buffer {
  const disk = Buffer.alloc(options.size);
  write({
    write(offset, bytes) {
      if (offset + bytes.length > disk.length) throw new Error(`${offset} lies beyond the disk's end`);
      disk.set(bytes, offset);
    },
  });
  return disk;
}

export function roundUp(value: number, unit: number): number {
  return Math.ceil(value / unit) * unit;
}

function roundDown(value: number, unit: number): number {
  return Math.floor(value / unit) * unit;
}
