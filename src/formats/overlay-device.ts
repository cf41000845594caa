import { type Device, type GrowableDevice, requireRange } from './device.ts';
import { damaged, FormatError } from './errors.ts';

/** A range of bytes that the overlay makes other than they are in the base. */
export interface OverlayChange {
  /** In the device, in bytes. */
  readonly offset: number;
  /** What the base has there; undefined beyond its end. */
  readonly before: Buffer | undefined;
  /** What is to be there: as many bytes. */
  readonly after: Buffer;
}

/** A device that was written to, over one that was not: all that it would change can be listed, or forgotten. */
export interface Overlay extends GrowableDevice {
  /**
   * What differs from the base, in the order of offsets, disjoint, told by what is there now and not by what was
   * written: bytes that were written as they were, or back to what they were, are no change. A range begins and ends with
   * a byte that differs; runs that fewer than 64 equal bytes lie between are one range, and a range longer than 1 MiB
   * comes in several. Beyond the base's end, where there is nothing to differ from, only bytes that are not zero are
   * listed: `size` says how long the device has become, and growing gives the zeros.
   */
  changes(): Iterable<OverlayChange>;
  /** Forgets every write and all growth. */
  discard(): void;
}

export interface OverlayLimits {
  /** How many bytes of changed pages are kept at most; 512 MiB unless told. */
  readonly mostBytes?: number;
}

/** A page costs its bytes and one comparison; the tables and records that are written are about this long. */
const pageSize = 4096;
const defaultMostBytes = 512 * 1024 * 1024;
/** As for the disks of images: more than any structure that is read in one piece. */
const longestRead = 256 * 1024 * 1024;
/** A range costs its owner about as much as these bytes do. */
const shortestGap = 64;
const longestChange = 1024 * 1024;
const emptyPage: Buffer = Buffer.alloc(pageSize);

interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * A copy-on-write overlay: reads as `base` does until it is written to, and never writes to it. Changed pages lie in memory;
 * a write that would take more of it than `limits` allow throws `FormatError` (unsupported) and changes nothing. What was
 * read stays what it was, whatever is written later.
 */
export function openOverlay(base: Device, limits: OverlayLimits = {}): Overlay {
  const mostPages = Math.floor((limits.mostBytes ?? defaultMostBytes) / pageSize);
  const pages = new Map<number, Buffer>();
  let size = base.size;

  const overlay: Overlay = {
    get size() {
      return size;
    },
    read(offset, length) {
      requireRange(overlay, offset, length);
      if (length > longestRead) throw damaged(`${length} bytes at ${offset} are more than one read takes`);
      if (offset + length <= base.size && !isChanged(offset, length)) return base.read(offset, length);
      const bytes = baseBytes(base, offset, length);
      for (const [index, from, to] of pagesOf(offset, length)) {
        pages.get(index)?.copy(bytes, index * pageSize + from - offset, from, to);
      }
      return bytes;
    },
    write(offset, bytes) {
      requireRange(overlay, offset, bytes.length);
      const fresh = freshPages(offset, bytes);
      if (pages.size + fresh.size > mostPages) {
        throw new FormatError('unsupported', `more than ${mostPages * pageSize} changed bytes are not kept`);
      }
      for (const [index, page] of fresh) pages.set(index, page);
      for (const [index, from, to] of pagesOf(offset, bytes.length)) {
        const start = index * pageSize + from - offset;
        pages.get(index)?.set(bytes.subarray(start, start + to - from), from);
      }
    },
    grow(wanted) {
      if (!Number.isSafeInteger(wanted)) throw new FormatError('unsupported', `a device of ${wanted} bytes`);
      size = Math.max(size, wanted);
    },
    *changes() {
      for (const { start, end } of joined(differences())) {
        const before = start < base.size ? Buffer.from(base.read(start, end - start)) : undefined;
        yield { offset: start, before, after: Buffer.from(overlay.read(start, end - start)) };
      }
    },
    discard() {
      pages.clear();
      size = base.size;
    },
  };

  function isChanged(offset: number, length: number): boolean {
    if (pages.size === 0) return false;
    for (const [index] of pagesOf(offset, length)) if (pages.has(index)) return true;
    return false;
  }

  /** The pages that a write needs and that are not there yet, as the base has them; none for equal bytes. */
  function freshPages(offset: number, bytes: Uint8Array): Map<number, Buffer> {
    const fresh = new Map<number, Buffer>();
    for (const [index, from, to] of pagesOf(offset, bytes.length)) {
      if (pages.has(index)) continue;
      const page = baseBytes(base, index * pageSize, pageSize);
      const start = index * pageSize + from - offset;
      if (!page.subarray(from, to).equals(bytes.subarray(start, start + to - from))) fresh.set(index, page);
    }
    return fresh;
  }

  function* differences(): Generator<Range> {
    for (const index of [...pages.keys()].sort((a, b) => a - b)) {
      const page = pages.get(index) ?? emptyPage;
      const start = index * pageSize;
      yield* differingRuns(baseBytes(base, start, pageSize), page, start);
    }
  }

  /** Neighbours joined, as far as neither the base's end nor the longest change lies between. */
  function* joined(runs: Iterable<Range>): Generator<Range> {
    let open: Range | undefined;
    for (const run of runs) {
      for (const part of splitAt(run, base.size)) {
        const near = open !== undefined && part.start - open.end < shortestGap && part.start !== base.size;
        if (open && near && part.end - open.start <= longestChange) {
          open = { start: open.start, end: part.end };
          continue;
        }
        if (open) yield open;
        open = part;
      }
    }
    if (open) yield open;
  }

  return overlay;
}

/** The pages that a range touches: index, and from where to where in the page. */
function* pagesOf(
  offset: number,
  length: number,
): Generator<readonly [index: number, from: number, to: number]> {
  const end = offset + length;
  for (let at = offset; at < end; ) {
    const from = at % pageSize;
    const index = (at - from) / pageSize;
    const to = Math.min(pageSize, end - index * pageSize);
    yield [index, from, to];
    at = index * pageSize + to;
  }
}

/** A copy of the base's bytes, zeros beyond its end. */
function baseBytes(base: Device, offset: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  const there = Math.min(length, base.size - offset);
  if (there > 0) base.read(offset, there).copy(bytes);
  return bytes;
}

function* differingRuns(before: Buffer, after: Buffer, start: number): Generator<Range> {
  if (before.equals(after)) return;
  for (let at = 0; at < before.length; ) {
    if (before[at] === after[at]) {
      at++;
      continue;
    }
    const from = at;
    while (at < before.length && before[at] !== after[at]) at++;
    yield { start: start + from, end: start + at };
  }
}

function splitAt(range: Range, border: number): Range[] {
  if (border <= range.start || border >= range.end) return [range];
  return [
    { start: range.start, end: border },
    { start: border, end: range.end },
  ];
}
