import { type Device, requireRange } from '../device.ts';
import { damaged } from '../errors.ts';
import { type Run, readTogether } from './together.ts';

/** Where a run of a virtual disk's bytes lies; without a device it is zeros. */
export interface Extent {
  readonly device: Device | undefined;
  /** In the device, in bytes. */
  readonly offset: number;
  /** In bytes; at least 1. */
  readonly length: number;
}

/**
 * Where the disk's bytes from `offset` on lie: a run of at least 1 and at most `length` bytes. It is called
 * only within the disk, with `length` at least 1.
 */
export type Locate = (offset: number, length: number) => Extent;

/** More than any structure read in one piece has; a length that a hostile structure claims ends here. */
const longestRead = 256 * 1024 * 1024;

/** A disk of `size` bytes that is put together from runs of other devices. */
export function extentDevice(size: number, locate: Locate): Device {
  const device: Device = {
    size,
    read(offset, length) {
      requireRange(device, offset, length);
      if (length > longestRead) throw damaged(`${length} bytes at ${offset} are more than one read takes`);
      const extents = locateAll(locate, offset, length);
      const [only, ...more] = extents;
      if (only?.device && more.length === 0) return only.device.read(only.offset, length);
      return assemble(extents, length);
    },
  };
  return device;
}

/** The run of zeros of at most `length` bytes. */
export function zeros(length: number): Extent {
  return { device: undefined, offset: 0, length };
}

/** The run of a parent's disk under a child's; a child may be longer than its parent, and is zeros there. */
export function ofParent(parent: Device | undefined, offset: number, length: number): Extent {
  if (!parent || offset >= parent.size) return zeros(length);
  return { device: parent, offset, length: Math.min(length, parent.size - offset) };
}

/** All runs of a range, neighbours joined where they are neighbours in their device as well. */
function locateAll(locate: Locate, offset: number, length: number): Extent[] {
  const extents: Extent[] = [];
  for (let done = 0; done < length; ) {
    const next = locate(offset + done, length - done);
    const last = extents.at(-1);
    if (last && follows(last, next))
      extents[extents.length - 1] = { ...last, length: last.length + next.length };
    else extents.push(next);
    done += next.length;
  }
  return extents;
}

function follows(last: Extent, next: Extent): boolean {
  if (last.device !== next.device) return false;
  return last.device === undefined || last.offset + last.length === next.offset;
}

/** Copies the runs into one fresh buffer. */
function assemble(extents: readonly Extent[], length: number): Buffer {
  const stored = readTogether(extents.filter(isStored));
  const bytes = Buffer.alloc(length);
  let at = 0;
  let next = 0;
  for (const extent of extents) {
    if (extent.device) stored[next++]?.copy(bytes, at);
    at += extent.length;
  }
  return bytes;
}

function isStored(extent: Extent): extent is Extent & Run {
  return extent.device !== undefined;
}
