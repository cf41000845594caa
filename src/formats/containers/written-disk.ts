import { requireRange, type WritableDevice } from '../device.ts';
import { FormatError } from '../errors.ts';

/** How the disk in a container is read and written, unit by unit. */
export interface DiskStorage {
  /** Of the disk, in bytes. */
  readonly size: number;
  /** The smallest piece that the container keeps account of: a sector, in bytes. */
  readonly unit: number;
  /** No piece reaches over a multiple of this many bytes: the container's block; a multiple of the unit. */
  readonly block: number;
  /** As `Device.read`; always what was written last. */
  read(offset: number, length: number): Buffer;
  /** Whole units (the disk's last one may be cut by its end), within one block, of which each differs from before. */
  write(offset: number, bytes: Buffer): void;
}

const longestPiece = 1024 * 1024;

/**
 * The disk as a device that can be written to. Only units that become other ones reach the container: a write of what is
 * there already allocates nothing and changes nothing. Where it throws, a part may have been written.
 */
export function writtenDisk(storage: DiskStorage): WritableDevice {
  const { size, unit } = storage;
  const border = Math.min(storage.block, longestPiece);
  const disk: WritableDevice = {
    size,
    read: (offset, length) => storage.read(offset, length),
    write(offset, bytes) {
      requireRange(disk, offset, bytes.length);
      for (let done = 0; done < bytes.length; ) {
        const at = offset + done;
        const length = Math.min(bytes.length - done, border - (at % border));
        writePiece(at, bytes.subarray(done, done + length));
        done += length;
      }
    },
  };

  function writePiece(offset: number, bytes: Uint8Array): void {
    const start = offset - (offset % unit);
    const end = Math.min(size, Math.ceil((offset + bytes.length) / unit) * unit);
    const before = storage.read(start, end - start);
    const after = Buffer.from(before);
    after.set(bytes, offset - start);
    for (const [from, to] of differingUnits(before, after, unit)) {
      storage.write(start + from, after.subarray(from, to));
    }
  }

  return disk;
}

/** The runs of units that differ. All are found before the first is written: `before` may be a view of the file. */
function differingUnits(
  before: Buffer,
  after: Buffer,
  unit: number,
): (readonly [from: number, to: number])[] {
  const runs: [from: number, to: number][] = [];
  if (before.equals(after)) return runs;
  for (let at = 0; at < before.length; at += unit) {
    const end = Math.min(at + unit, before.length);
    if (before.subarray(at, end).equals(after.subarray(at, end))) continue;
    const last = runs.at(-1);
    if (last && last[1] === at) last[1] = end;
    else runs.push([at, end]);
  }
  return runs;
}

/** The error for an image that is read and not written to: why, and what helps. */
export function notWritten(reason: string, remedy: string): FormatError {
  return new FormatError('unsupported', `the image is not written to, since ${reason}: ${remedy}`);
}
