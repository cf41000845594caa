import { mkdirSync, writeFileSync } from 'node:fs';
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
