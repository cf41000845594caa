import type { Device } from '../device.ts';
import { damaged } from '../errors.ts';
import { Recent } from './recent.ts';

const pageSize = 4096;
const pagesKept = 64;

/** Reads single entries of allocation tables, in pages: tables of large disks take many megabytes. */
export interface Tables {
  /**
   * The `length` bytes at `offset` of the file, which belong to one table entry. Throws `FormatError`
   * (damaged), naming `what`, where they lie past the end of the file.
   */
  entry(offset: number, length: number, what: string): Buffer;
}

export function tablesOf(file: Device): Tables {
  const pages = new Recent<number, Buffer>(pagesKept);
  function page(index: number): Buffer {
    const start = index * pageSize;
    return pages.get(index, () => file.read(start, Math.min(pageSize, file.size - start)));
  }
  return {
    entry(offset, length, what) {
      if (!Number.isSafeInteger(offset) || offset < 0 || offset + length > file.size) {
        throw damaged(`the ${what} at ${offset} lies past the end of the file at ${file.size}`);
      }
      const within = offset % pageSize;
      if (within + length > pageSize) return file.read(offset, length);
      return page((offset - within) / pageSize).subarray(within, within + length);
    },
  };
}

/** Throws `FormatError` (damaged), naming `what`, where a run of a file leaves the file. */
export function requireInFile(file: Device, offset: number, length: number, what: string): void {
  if (offset + length > file.size) {
    throw damaged(`${what} at ${offset} reaches past the end of the file at ${file.size}`);
  }
}
