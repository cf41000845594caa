import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** What a lab server serves: random access, and nothing held in memory that need not be. */
export interface Content {
  readonly size: number;
  read(offset: number, length: number): Buffer;
  close?(): void;
}

/** A file of any size, read piece by piece. */
export function fileContent(path: string): Content {
  const descriptor = openSync(path, 'r');
  return {
    size: fstatSync(descriptor).size,
    read(offset, length) {
      const bytes = Buffer.alloc(length);
      return bytes.subarray(0, readSync(descriptor, bytes, 0, length, offset));
    },
    close: () => closeSync(descriptor),
  };
}

export function bufferContent(bytes: Buffer): Content {
  return { size: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + length) };
}
