import type { ImageKind } from '../../src/formats/containers/index.ts';

/** An image and what a child would name it by. */
export interface MadeImage {
  readonly file: Buffer;
  readonly identity: string | undefined;
}

/** The parent of a differencing image: what it holds, and what the child says about it. */
export interface MadeParent {
  readonly disk: Buffer;
  /** The `identity` of the parent as it was made. */
  readonly identity: string;
  /** Windows style: `.\parent.vhd`. */
  readonly relativePath?: string;
  readonly absolutePath?: string;
}

export interface VhdOptions {
  /** In bytes, a power of two; 2 MiB unless told. */
  readonly blockSize?: number;
  /** The unique id. */
  readonly identity?: string;
  /** A fixed disk's footer without its last byte, as Virtual PC before 2004 wrote it. */
  readonly shortFooter?: boolean;
}

export interface VhdxOptions {
  /** In bytes, a power of two from 1 MiB on; 1 MiB unless told. */
  readonly blockSize?: number;
  readonly sectorSize?: 512 | 4096;
  /** The DataWriteGuid. */
  readonly identity?: string;
  /**
   * `pending`: the table of blocks stands in the log alone, and in the file lies what was there before it.
   * `wrapped`: the same, and the log's entries go on at its beginning.
   */
  readonly log?: 'empty' | 'pending' | 'wrapped';
}

export interface Qcow2Options {
  readonly version?: 2 | 3;
  /** 9 to 21; 16 unless told. */
  readonly clusterBits?: number;
  /** Packs every cluster that becomes smaller by it. */
  readonly compression?: 'deflate' | 'zstd';
  /** Subclusters; version 3 and 14 cluster bits at least. */
  readonly extendedL2?: boolean;
  readonly backing?: { readonly path: string; readonly format?: string; readonly disk: Buffer };
  /** Bits set in the incompatible features beside those that the other options need. */
  readonly incompatible?: bigint;
}

/** What can be asked of each kind of image. */
export interface ImageOptions extends Record<ImageKind, object> {
  readonly raw: Record<string, never>;
  readonly 'vhd-fixed': VhdOptions;
  readonly 'vhd-dynamic': VhdOptions;
  readonly 'vhd-differencing': VhdOptions & { readonly parent: MadeParent };
  readonly 'vhdx-fixed': VhdxOptions;
  readonly 'vhdx-dynamic': VhdxOptions;
  readonly 'vhdx-differencing': VhdxOptions & { readonly parent: MadeParent };
  readonly qcow2: Qcow2Options;
}
