import { mkdirSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  makeVolume,
  setExtendedAttributes,
  type VolumeRecipe,
} from '../../src/formats/ntfs/testing/mounted-volume.ts';
import type { FileLiteral } from '../ntfs/index.ts';

const mebibyte = 2 ** 20;

/** An NTFS volume that mkntfs made and ntfs-3g filled. Paths as in `FileLiteral`; layouts are not heeded. */
export function mountedVolume(
  files: readonly FileLiteral[],
  { sizeInBytes = 24 * mebibyte, fill, ...recipe }: Partial<VolumeRecipe> = {},
): Buffer {
  return makeVolume({
    ...recipe,
    sizeInBytes,
    fill(folder) {
      fill?.(folder);
      const placeOf = (file: FileLiteral) => path.join(folder, ...file.path.split('\\'));
      for (const file of files) {
        mkdirSync(file.data ? path.dirname(placeOf(file)) : placeOf(file), { recursive: true });
        if (file.data) writeFileSync(placeOf(file), file.data);
      }
      const secured = files.flatMap((file) =>
        file.security ? [[placeOf(file), file.security] as const] : [],
      );
      if (secured.length > 0) setExtendedAttributes('system.ntfs_acl', new Map(secured));
    },
  });
}

/** For `fill`: all new files will be compressed. */
export function compressFolder(folder: string): void {
  const compressedDirectory = Buffer.from('00000810', 'hex');
  setExtendedAttributes('system.ntfs_attrib_be', new Map([[folder, compressedDirectory]]));
}

/** For `fill`: leaves only every other cluster free over 16 MiB, so that a big file comes to lie in thousands of pieces. */
export function scatterFreeSpace(folder: string): void {
  const fillers = Array.from({ length: 4200 }, (_, i) => path.join(folder, `filler ${i}`));
  for (const filler of fillers) writeFileSync(filler, Buffer.alloc(4096, 1));
  for (const [i, filler] of fillers.entries()) if (i % 2 === 0) unlinkSync(filler);
}
