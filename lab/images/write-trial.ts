import {
  type ImageFile,
  openImage,
  openWritableImage,
  type WritableImage,
} from '../../src/formats/containers/index.ts';
import { bufferDevice } from '../../src/formats/device.ts';
import { type Overlay, openOverlay } from '../../src/formats/overlay-device.ts';
import { randomFrom } from '../fuzz/mutate.ts';

/** An image that is written to through an overlay. */
export interface WriteTrial {
  readonly image: WritableImage;
  readonly overlay: Overlay;
  /** The file as it is now. */
  file(): Buffer;
  /** The disk as a fresh reader sees it in the file as it is now. */
  readBack(): Buffer;
}

/** Opens bytes as an image to be written to; a parent that it names is `parent`, whatever its path. */
export function writeTrial(file: Buffer, parent?: Buffer): WriteTrial {
  const overlay = openOverlay(bufferDevice(file));
  const parents = parent && { openParent: (): ImageFile => ({ device: bufferDevice(parent) }) };
  const image = openWritableImage({ device: overlay, ...parents });
  const written = (): Buffer => Buffer.from(overlay.read(0, overlay.size));
  return {
    image,
    overlay,
    file: written,
    readBack() {
      const { disk } = openImage({ device: bufferDevice(written()), ...parents });
      return disk.read(0, disk.size);
    },
  };
}

/** A write to a disk. */
export interface TrialWrite {
  readonly offset: number;
  readonly bytes: Buffer;
}

/**
 * Writes all over a disk: single bytes, sectors, and runs that reach over the borders of anything, of noise, of one byte, of
 * zeros, and of what is there already. The same seed gives the same ones.
 */
export function trialWrites(model: Buffer, count: number, seed: number): TrialWrite[] {
  const random = randomFrom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const borders = [512, 4096, 65_536, 1_048_576];
  return Array.from({ length: count }, () => {
    const border = borders[below(borders.length)] ?? 512;
    const near = below(Math.ceil(model.length / border)) * border + below(3) * (below(1024) - 512);
    const offset = Math.min(model.length - 1, Math.max(0, near));
    const length = Math.min(model.length - offset, 1 + below(2 ** (1 + below(17))));
    return { offset, bytes: written(model, offset, length, below) };
  });
}

function written(model: Buffer, offset: number, length: number, below: (limit: number) => number): Buffer {
  const kind = below(4);
  if (kind === 0) return Buffer.from(model.subarray(offset, offset + length));
  if (kind === 1) return Buffer.alloc(length);
  if (kind === 2) return Buffer.alloc(length, 1 + below(255));
  return Buffer.from(Array.from({ length }, () => below(256)));
}
