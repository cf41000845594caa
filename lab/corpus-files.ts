import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { zstdDecompressSync } from 'node:zlib';

const folder = process.env['RDPMEND_CORPUS'] ?? path.resolve(import.meta.dirname, '../../shared/corpus');

/** Whether the real hives, images and captures are at hand; `RDPMEND_CORPUS` says where they lie. */
export const corpusAvailable: boolean = existsSync(path.join(folder, 'README.md'));

/** One file of the corpus by its name there without `.zst`, unpacked: `hives/win7.SYSTEM`. */
export function corpusFile(name: string): Buffer {
  const packed = path.join(folder, `${name}.zst`);
  return existsSync(packed)
    ? zstdDecompressSync(readFileSync(packed))
    : readFileSync(path.join(folder, name));
}
