import type { Device } from '../device.ts';
import { type Extent, extentDevice, zeros } from './extents.ts';

/** A change to a device that is not written to it. */
export interface OverlayWrite {
  readonly offset: number;
  readonly length: number;
  /** `length` bytes; undefined: zeros. */
  readonly data: Buffer | undefined;
}

interface Segment {
  readonly start: number;
  readonly end: number;
  readonly source: Device | undefined;
}

/**
 * The device as it is after the changes, a later one over an earlier one, and grown with zeros to `size`
 * where that is more. The device itself is left as it is.
 */
export function overlayDevice(device: Device, writes: readonly OverlayWrite[], size: number): Device {
  const segments: Segment[] = [];
  for (const { offset, length, data } of writes) {
    if (length > 0)
      insert(segments, { start: offset, end: offset + length, source: data && shifted(data, offset) });
  }
  function locate(offset: number, length: number): Extent {
    const next = segments[firstEndingAfter(segments, offset)];
    if (next && next.start <= offset) {
      return { device: next.source, offset, length: Math.min(length, next.end - offset) };
    }
    const free = Math.min(length, (next?.start ?? Number.POSITIVE_INFINITY) - offset);
    if (offset >= device.size) return zeros(free);
    return { device, offset, length: Math.min(free, device.size - offset) };
  }
  return extentDevice(Math.max(device.size, size), locate);
}

/** Bytes as a device whose offsets begin at `start`, so that a segment that is cut needs no other offset. */
function shifted(bytes: Buffer, start: number): Device {
  return {
    size: start + bytes.length,
    read: (offset, length) => bytes.subarray(offset - start, offset - start + length),
  };
}

/** Puts a segment into the ordered, disjoint ones; what lay there before is cut away. */
function insert(segments: Segment[], added: Segment): void {
  const from = firstEndingAfter(segments, added.start);
  let to = from;
  const kept: Segment[] = [];
  for (let old = segments[to]; old && old.start < added.end; old = segments[++to]) {
    if (old.start < added.start) kept.push({ ...old, end: added.start });
    if (old.end > added.end) kept.push({ ...old, start: added.end });
  }
  kept.push(added);
  kept.sort((a, b) => a.start - b.start);
  segments.splice(from, to - from, ...kept);
}

/** The index of the first segment that ends after `offset`, by halving. */
function firstEndingAfter(segments: readonly Segment[], offset: number): number {
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((segments[middle]?.end ?? 0) > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}
