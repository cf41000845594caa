import { type Image, type ImageFile, openImage } from '../../src/formats/containers/index.ts';
import { bufferDevice } from '../../src/formats/device.ts';
import { FormatError } from '../../src/formats/errors.ts';

const samples = 24;
const sampleLength = 70_000;

/**
 * Opens bytes as a disk image and reads samples all over its disk. A parent that the image names is
 * `parent`, whatever its path. Throws the first `FormatError`; a read that is refused does not end the rest.
 */
export function readThrough(file: Buffer, parent: Buffer | undefined): Image {
  const image = openImage(parent ? withParent(file, parent) : { device: bufferDevice(file) });
  const { disk } = image;
  let refused: FormatError | undefined;
  for (let i = 0; i <= samples; i++) {
    const length = Math.min(sampleLength, disk.size);
    const offset = Math.floor(((disk.size - length) / samples) * i);
    try {
      const { length: answered } = disk.read(offset, length);
      if (answered !== length) throw new Error(`${answered} bytes of ${length} at ${offset}`);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      refused ??= error;
    }
  }
  if (refused) throw refused;
  return image;
}

function withParent(file: Buffer, parent: Buffer): ImageFile {
  return { device: bufferDevice(file), openParent: () => ({ device: bufferDevice(parent) }) };
}
