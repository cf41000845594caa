import type { ImageKind } from '../../src/formats/containers/index.ts';
import type { ImageOptions, MadeImage } from './options.ts';
import { makeQcow2 } from './qcow2.ts';
import { makeVhd, makeVhdFixed } from './vhd.ts';
import { makeVhdx } from './vhdx.ts';

export type {
  ImageOptions,
  MadeImage,
  MadeParent,
  Qcow2Options,
  VhdOptions,
  VhdxOptions,
} from './options.ts';

type Makers = { [Kind in ImageKind]: (disk: Buffer, options: ImageOptions[Kind]) => MadeImage };

const makers: Makers = {
  raw: (disk) => ({ file: Buffer.from(disk), identity: undefined }),
  'vhd-fixed': makeVhdFixed,
  'vhd-dynamic': (disk, options) => makeVhd(disk, options, undefined),
  'vhd-differencing': (disk, options) => makeVhd(disk, options, options.parent),
  'vhdx-fixed': (disk, options) => makeVhdx(disk, options, true, undefined),
  'vhdx-dynamic': (disk, options) => makeVhdx(disk, options, false, undefined),
  'vhdx-differencing': (disk, options) => makeVhdx(disk, options, false, options.parent),
  qcow2: makeQcow2,
};

/** The options may be left away where none is needed: only a differencing image needs its parent. */
type OptionsArgument<Kind extends ImageKind> =
  Record<string, never> extends ImageOptions[Kind]
    ? [options?: ImageOptions[Kind]]
    : [options: ImageOptions[Kind]];

/**
 * A disk image of the kind asked for that holds `disk`, whose length is a multiple of 512 bytes (of the
 * sector size for a VHDX). The same arguments make the same bytes. What is all zeros (over a parent: equal to
 * it) takes no room in a kind that can leave it away. QEMU reads all kinds but the differencing VHD and VHDX.
 */
export function makeImage<Kind extends ImageKind>(
  kind: Kind,
  disk: Buffer,
  ...[options]: OptionsArgument<Kind>
): MadeImage {
  if (disk.length % 512 !== 0)
    throw new Error(`a disk of ${disk.length} bytes is no whole number of sectors`);
  return makers[kind](disk, (options ?? {}) as ImageOptions[Kind]);
}
