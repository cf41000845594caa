import { type Device, type GrowableDevice, sliceDevice, type WritableDevice } from '../device.ts';
import { FormatError } from '../errors.ts';
import type { Image, ImageFile, ImageKind } from './image.ts';
import { openImage } from './open.ts';
import { overlayDevice } from './overlay.ts';
import { writeQcow2 } from './qcow2/write.ts';
import { recognise } from './recognise.ts';
import { writeVhd } from './vhd/write.ts';
import { writeVhdx } from './vhdx/write.ts';
import { notWritten, writtenDisk } from './written-disk.ts';

/** An image file that is to be written to. Its parents are only read. */
export interface WritableImageFile extends ImageFile {
  readonly device: GrowableDevice;
  /** Makes the GUIDs that a VHDX gets with its first write; random ones unless told. */
  newGuid?(): string;
}

/** An opened image whose disk can be written to. Everything beside the disk is as it was on opening. */
export interface WritableImage extends Omit<Image, 'disk'> {
  /** The virtual disk. It does not grow. */
  readonly disk: WritableDevice;
}

type Writer = (file: WritableImageFile, parent: Device | undefined) => WritableDevice;

const writers: Record<ImageKind, Writer> = {
  raw: (file) => writeRaw(file.device),
  'vhd-fixed': (file) => writeVhd(file.device, undefined),
  'vhd-dynamic': (file) => writeVhd(file.device, undefined),
  'vhd-differencing': (file, parent) => writeVhd(file.device, parent),
  'vhdx-fixed': (file) => writeVhdx(file.device, undefined, guidsOf(file)),
  'vhdx-dynamic': (file) => writeVhdx(file.device, undefined, guidsOf(file)),
  'vhdx-differencing': (file, parent) => writeVhdx(file.device, parent, guidsOf(file)),
  qcow2: (file, parent) => writeQcow2(file.device, parent),
};

/**
 * Opens a disk image of any kind that is read here, for writing. Opening writes nothing, and neither does writing what is
 * there already. A differencing image is written to itself; whoever writes to an image that is the parent of others makes
 * those useless, which nothing in it tells of.
 *
 * Throws `FormatError`: what `openImage` throws; `damaged` where the file's tables contradict each other; and
 * `unsupported`, with why and what helps, for an image that is read and must not be written to. Where a write throws, a part
 * of it may be in the file already: it is the owner's of `device` to forget that.
 */
export function openWritableImage(file: WritableImageFile): WritableImage {
  const image = openImage(file);
  return { ...image, disk: writers[image.kind](file, image.parent?.disk) };
}

function guidsOf(file: WritableImageFile): () => string {
  return () => file.newGuid?.() ?? crypto.randomUUID();
}

const sectorSize = 512;
const mebibyte = 1024 * 1024;

function writeRaw(file: GrowableDevice): WritableDevice {
  const { size } = file;
  if (size % sectorSize !== 0)
    throw notWritten(
      'its size is not a multiple of 512 bytes: it may have been cut short',
      'take another copy of it',
    );
  const disk = sliceDevice(file, 0, size);
  return writtenDisk({
    size,
    unit: sectorSize,
    block: mebibyte,
    read: (offset, length) => disk.read(offset, length),
    write(offset, bytes) {
      requireStaysRaw(file, offset, bytes);
      file.write(offset, bytes);
    },
  });
}

/** Longer than all marks at the beginning and the end of a file that tell what it is. */
const marks = 64 * 1024;

/** The next to open it would take the disk for a container that its guest, or we, wrote into it. */
function requireStaysRaw(file: Device, offset: number, bytes: Buffer): void {
  if (offset >= marks && offset + bytes.length <= file.size - sectorSize) return;
  const after = overlayDevice(file, [{ offset, length: bytes.length, data: bytes }], file.size);
  if (isRaw(after)) return;
  throw notWritten('it would no longer be told from a container', 'convert it to a container first');
}

function isRaw(file: Device): boolean {
  try {
    return recognise(file) === 'raw';
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return false;
  }
}
