// biome-ignore-all lint/style/noRestrictedImports: only tests use this, and they may read files
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/** Where $UpCase lies in the image: it hardly compresses, but its distance from the identity does. */
const UPCASE_OFFSET = 0xc9000;
const UPCASE_WORDS = 0x10000;

const fixture = path.join(import.meta.dirname, 'features.ntfs.zst');

/**
 * The feature volume as mkntfs and ntfs-3g once wrote it, in 4 MiB with clusters of 4 KiB, for tests that have
 * neither. `Windows` has a descriptor of its own. A new buffer each time, free to be damaged.
 */
export function featureVolume(): Buffer {
  return shiftUpcase(zstdDecompressSync(readFileSync(fixture)), 1);
}

/** What the fixture holds of an image. */
export function packVolume(image: Buffer): Buffer {
  return zstdCompressSync(shiftUpcase(Buffer.from(image), -1));
}

function shiftUpcase(image: Buffer, sign: 1 | -1): Buffer {
  for (let unit = 0; unit < UPCASE_WORDS; unit++) {
    const at = UPCASE_OFFSET + 2 * unit;
    image.writeUInt16LE((image.readUInt16LE(at) + sign * unit) & 0xffff, at);
  }
  return image;
}
