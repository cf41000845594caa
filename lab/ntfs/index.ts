import type { BuiltNtfs, NtfsLiteral, VolumeSink } from './literal.ts';
import { layVolume } from './volume.ts';

export type {
  BuiltAttribute,
  BuiltFile,
  BuiltNtfs,
  FileLiteral,
  LayoutLiteral,
  NtfsLiteral,
  Run,
  VolumeSink,
} from './literal.ts';

/** An NTFS 3.1 volume, whole and in memory. Throws `Error` for a literal that no volume can hold. */
export function makeNtfs(literal: NtfsLiteral): Buffer {
  return buildNtfs(literal).image;
}

/** As `makeNtfs`, with the places of everything in it. */
export function buildNtfs(literal: NtfsLiteral): BuiltNtfs & { readonly image: Buffer } {
  const { built, writes } = layVolume(literal);
  const image = Buffer.alloc(built.size);
  for (const { offset, bytes } of writes) bytes.copy(image, offset);
  return { ...built, image };
}

/** As `makeNtfs`, piece by piece, so that a volume of gigabytes can be made as a sparse file. */
export function writeNtfs(literal: NtfsLiteral, sink: VolumeSink): BuiltNtfs {
  const { built, writes } = layVolume(literal);
  for (const { offset, bytes } of writes) sink.write(offset, bytes);
  return built;
}
