import type { Device } from '../device.ts';

/** An NTFS volume, opened for reading. Nothing here writes. */
export interface NtfsVolume {
  /** In bytes. */
  readonly clusterSize: number;
  /** Of a file record in the MFT, in bytes. */
  readonly recordSize: number;
  /** In bytes, as the boot sector says: the volume without its backup boot sector. */
  readonly size: number;
  readonly serialNumber: bigint;
  readonly root: NtfsFile;
  /** The volume's label; empty where it has none. */
  label(): string;
  /** The version of NTFS that the volume is in: 3.1 since Windows XP. */
  version(): { readonly major: number; readonly minor: number };
  /**
   * The file or directory at a path: names separated by backslashes, from the root, compared as Windows
   * does by the volume's own $UpCase; `''` is the root. Short (8.3) names are found as well. `undefined`
   * where a directory was read and has no such name.
   *
   * Links are not followed. One at the end of the path is returned itself; one on the way throws
   * `FormatError` (unsupported), for what lies behind it was not looked at.
   */
  find(path: string): NtfsFile | undefined;
  /** The file with this number in the MFT. Throws `FormatError` (damaged) where no file is in use there. */
  file(recordNumber: number): NtfsFile;
  /**
   * Whether it is safe to write to the volume; reads the journal's first pages and the root directory.
   * Throws `FormatError` (damaged) only where $Volume cannot be read.
   */
  state(): VolumeState;
}

/** What speaks against writing to a volume. */
export interface VolumeState {
  /** The flag in $Volume that makes Windows check the volume at its next start. */
  readonly dirty: boolean;
  /**
   * $LogFile. `empty` (all 0xFF, as other systems leave it) counts as clean: there is nothing to replay.
   * A log of version 2 is `unclean`: Windows goes back to 1.1 whenever it dismounts a volume in good order.
   */
  readonly journal: 'clean' | 'unclean' | 'empty' | 'unreadable';
  /** hiberfil.sys. `hibernated` also where the two kinds cannot be told apart; `unknown` where it cannot be read. */
  readonly hibernation: 'none' | 'hibernated' | 'fast-startup' | 'unknown';
}

/** One file or directory. Every member reads what it needs when it is asked, and may throw `FormatError`. */
export interface NtfsFile {
  readonly recordNumber: number;
  readonly isDirectory: boolean;
  /** The long name; the root's is `.`. */
  readonly name: string;
  /** Of the unnamed stream, in bytes; 0 where there is none. */
  readonly size: number;
  /** Last written. */
  readonly modified: Date;
  /** Whether the unnamed stream is kept so; of a directory, whether new files in it will be. */
  readonly isCompressed: boolean;
  /** EFS. */
  readonly isEncrypted: boolean;
  readonly isSparse: boolean;
  /** What kind of link or filtered file it is (`IO_REPARSE_TAG_...`); `undefined` for ordinary files. */
  readonly reparseTag: number | undefined;
  /** A directory's names in the order of its index, without those that are only short (8.3) names. */
  entries(): NtfsEntry[];
  /**
   * Those of `entries()` whose names begin with a prefix, compared as `find` does; found by descending the
   * B+ tree: reads only the blocks on the way and those that hold such names.
   */
  entriesFrom(prefix: string): NtfsEntry[];
  /** One name in a directory, found by descending its B+ tree: reads only the blocks on the way. */
  entry(name: string): NtfsFile | undefined;
  /**
   * The bytes of a stream, of the unnamed one unless told. What lies past the valid data length and in
   * holes reads as zeros. Throws `FormatError`: `encrypted` for EFS, `unsupported` for a directory and
   * for data that a filter keeps elsewhere (WOF compression, deduplication), `damaged` where there is
   * no such stream.
   */
  open(stream?: string): Device;
  /** Every data stream; the unnamed one is called `''`. */
  streams(): NtfsStream[];
  /** The self-relative security descriptor; `undefined` where the file has none. */
  securityDescriptor(): Buffer | undefined;
}

export interface NtfsStream {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
}

/** A name in a directory, with what the index itself knows of the file. */
export interface NtfsEntry {
  readonly name: string;
  readonly recordNumber: number;
  readonly isDirectory: boolean;
  /** In bytes, as the index last heard: of a file with several names it may be stale. */
  readonly size: number;
}
