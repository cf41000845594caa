import type { Device } from '../device.ts';

/** A file that may be a disk image, and how to get at its neighbours. */
export interface ImageFile {
  readonly device: Device;
  /**
   * Opens the parent that a differencing file names. Throws `FormatError` (parent-missing,
   * parent-not-followed). Undefined: parents cannot be followed here.
   */
  openParent?(reference: ParentReference): ImageFile;
}

/** What a differencing file says about its parent. */
export interface ParentReference {
  readonly format: 'vhd' | 'vhdx' | 'qcow2';
  /** As stored, in Windows or POSIX style, the most useful first: relative, then absolute. Never empty. */
  readonly paths: readonly string[];
  /** The identity that the parent must carry; undefined where the format gives none (qcow2). */
  readonly identity: string | undefined;
  /** The parent's format where the file names it (qcow2 only): `raw`, `qcow2`, `vpc`, ... */
  readonly parentFormat?: string;
}

export type ImageKind =
  | 'raw'
  | 'vhd-fixed'
  | 'vhd-dynamic'
  | 'vhd-differencing'
  | 'vhdx-fixed'
  | 'vhdx-dynamic'
  | 'vhdx-differencing'
  | 'qcow2';

/** An opened image: the virtual disk inside, and what is to be known about the file around it. */
export interface Image {
  readonly kind: ImageKind;
  /** The virtual disk, as the machine saw it. */
  readonly disk: Device;
  /** What a child names its parent by: a VHD's unique id, a VHDX's DataWriteGuid; else undefined. */
  readonly identity: string | undefined;
  /** Logical sector size in bytes; undefined where the container does not say (raw, qcow2). */
  readonly sectorSize: 512 | 4096 | undefined;
  /** Short sentences in lower case: `the log was replayed`, `the corrupt flag is set`. */
  readonly warnings: readonly string[];
  readonly parent: Image | undefined;
}

/** What a differencing file needs before its disk can be read. */
export interface ParentLink {
  readonly reference: ParentReference;
  /** The parent must carry one of these; empty where the format gives it none. */
  readonly identities: readonly string[];
}

/** One file of a chain, read as far as it goes alone. */
export interface Layer extends Omit<Image, 'disk' | 'parent'> {
  /** Defined for a differencing file, which is nothing without its parent. */
  readonly link: ParentLink | undefined;
  /** The virtual disk over the parent's; `parent` is undefined just where `link` is. */
  disk(parent: Device | undefined): Device;
}
