import { requireRange, type WritableDevice } from '../../device.ts';

const PAGE_SIZE = 4096;
/** What a disk writes at once: a changed byte costs its sector's changed stretch, and never a neighbour's. */
const SECTOR_SIZE = 512;

/** A device that keeps what is written in memory until all of it is right. */
export interface StagedDevice extends WritableDevice {
  /** Writes what has changed to the device below, and nothing that is there already. */
  commit(): void;
}

/** Writes to `below` that are made all together by `commit`, or not at all. */
export function stagedDevice(below: WritableDevice): StagedDevice {
  const pages = new Map<number, Buffer>();

  function pageLength(number: number): number {
    return Math.min(PAGE_SIZE, below.size - number * PAGE_SIZE);
  }

  function stagedPage(number: number): Buffer {
    const page = pages.get(number) ?? Buffer.from(below.read(number * PAGE_SIZE, pageLength(number)));
    pages.set(number, page);
    return page;
  }

  function hasStaged(offset: number, length: number): boolean {
    if (pages.size === 0 || length === 0) return false;
    const last = Math.floor((offset + length - 1) / PAGE_SIZE);
    for (let page = Math.floor(offset / PAGE_SIZE); page <= last; page++) if (pages.has(page)) return true;
    return false;
  }

  const device: StagedDevice = {
    size: below.size,
    read(offset, length) {
      requireRange(device, offset, length);
      if (!hasStaged(offset, length)) return below.read(offset, length);
      const bytes = Buffer.from(below.read(offset, length));
      for (const { page, into, from, to } of partsOf(offset, length)) {
        pages.get(page)?.copy(bytes, from, into, into + to - from);
      }
      return bytes;
    },
    write(offset, bytes) {
      requireRange(device, offset, bytes.length);
      for (const { page, into, from, to } of partsOf(offset, bytes.length)) {
        stagedPage(page).set(bytes.subarray(from, to), into);
      }
    },
    commit() {
      for (const [number, page] of pages) writeChanges(below, number * PAGE_SIZE, page);
      pages.clear();
    },
  };
  return device;
}

interface Part {
  readonly page: number;
  /** Where in the page it begins. */
  readonly into: number;
  /** The bytes of the whole that it holds. */
  readonly from: number;
  readonly to: number;
}

function* partsOf(offset: number, length: number): Generator<Part> {
  for (let from = 0; from < length; ) {
    const page = Math.floor((offset + from) / PAGE_SIZE);
    const into = offset + from - page * PAGE_SIZE;
    const to = Math.min(length, from + PAGE_SIZE - into);
    yield { page, into, from, to };
    from = to;
  }
}

function writeChanges(below: WritableDevice, offset: number, page: Buffer): void {
  const before = Buffer.from(below.read(offset, page.length));
  for (let at = 0; at < page.length; at += SECTOR_SIZE) {
    const change = changeBetween(before.subarray(at, at + SECTOR_SIZE), page.subarray(at, at + SECTOR_SIZE));
    if (change === undefined) continue;
    below.write(offset + at + change.start, page.subarray(at + change.start, at + change.end));
  }
}

/** From the first byte to behind the last in which two of the same length differ; `undefined` for equal ones. */
export function changeBetween(
  before: Uint8Array,
  after: Uint8Array,
): { readonly start: number; readonly end: number } | undefined {
  if (Buffer.compare(before, after) === 0) return undefined;
  let start = 0;
  let end = after.length;
  while (before[start] === after[start]) start++;
  while (before[end - 1] === after[end - 1]) end--;
  return { start, end };
}
