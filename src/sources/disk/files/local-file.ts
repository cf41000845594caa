import { closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import { type Device, requireRange } from '../../../formats/device.ts';
import { FormatError } from '../../../formats/errors.ts';
import { blockDeviceSize } from './block-device.ts';
import { closedError, type OpenedFile, requireModest } from './opened-file.ts';
import { cachedReads, type ReadAt } from './page-cache.ts';
import { TargetError } from './target-error.ts';

/**
 * Opens an image file or a block device for reading. Throws `TargetError`: not-found, no-permission,
 * not-a-file, empty, unreadable.
 */
export function openLocalFile(path: string): OpenedFile {
  const descriptor = openFile(path);
  try {
    return openedFile(path, descriptor);
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

/** The kind is looked at first, since merely opening a pipe waits, and opening a tape winds it. */
function openFile(path: string): number {
  try {
    requireFile(statSync(path));
    // A pipe that takes the file's place in between must not be waited for either. Windows has no such flag.
    return openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    throw openError(error);
  }
}

function requireFile(status: Stats): void {
  if (status.isDirectory()) throw new TargetError('not-a-file', 'it is a folder');
  if (!status.isFile() && !status.isBlockDevice()) {
    throw new TargetError('not-a-file', 'it is neither a file nor a disk');
  }
}

function openError(error: unknown): unknown {
  if (error instanceof TargetError) return error;
  switch (codeOf(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ERR_INVALID_ARG_VALUE':
      return new TargetError('not-found', 'there is no such file');
    case 'EACCES':
    case 'EPERM':
      return new TargetError('no-permission', 'it may not be read by this user');
    case 'ENOMEDIUM':
      return new TargetError('empty', 'there is no medium in the drive');
    default:
      return new TargetError('unreadable', `it cannot be opened (${codeOf(error)})`);
  }
}

function openedFile(name: string, descriptor: number): OpenedFile {
  const status = fstatSync(descriptor);
  requireFile(status);
  const size = status.isBlockDevice() ? blockDeviceSize(descriptor, status.rdev) : status.size;
  if (size === 0) throw new TargetError('empty', 'it is empty');
  const statistics = { bytesRead: 0, reads: 0, rounds: 0 };
  let closed = false;

  function readAt(offset: number, length: number): Buffer {
    const bytes = readFully(descriptor, offset, length);
    statistics.reads++;
    statistics.bytesRead += bytes.length;
    return bytes;
  }

  const read = cachedReads(size, readAt);
  const device: Device = {
    size,
    read(offset, length) {
      if (closed) throw closedError();
      requireRange(device, offset, length);
      requireModest(offset, length);
      return pastBadSectors(read, readAt, offset, length);
    },
  };
  return {
    device,
    name,
    statistics,
    fetchMissing: () => Promise.resolve(false),
    close() {
      if (!closed) closeSync(descriptor);
      closed = true;
    },
  };
}

/** The page around the bytes may hold a bad sector where they themselves do not. */
function pastBadSectors(cached: ReadAt, direct: ReadAt, offset: number, length: number): Buffer {
  try {
    return cached(offset, length);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return direct(offset, length);
  }
}

/**
 * Throws `TargetError` (changed) where the file has become shorter, and `FormatError` (unreadable) where the storage
 * fails: a bad sector is a defect of the bytes that lie there, and what does not need them can go on.
 */
function readFully(descriptor: number, offset: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(length);
  for (let done = 0; done < length; ) {
    const read = readOnce(descriptor, bytes, done, offset + done);
    if (read === 0) {
      throw new TargetError('changed', `it became shorter while it was read: nothing at ${offset + done}`);
    }
    done += read;
  }
  return bytes;
}

function readOnce(descriptor: number, into: Buffer, at: number, position: number): number {
  try {
    return readSync(descriptor, into, at, into.length - at, position);
  } catch (error) {
    throw new FormatError('unreadable', `the storage gives no bytes at ${position} (${codeOf(error)})`);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
