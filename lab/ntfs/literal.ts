/** An NTFS volume as a test writes it down; whatever is left out takes what Windows would choose. */
export interface NtfsLiteral {
  /** Bytes of the volume, backup boot sector included; the smallest that holds the files, and some room. */
  readonly size?: number;
  /** Bytes of a cluster: a power of two from 512 to 65536, 4096 unless told. */
  readonly clusterSize?: number;
  /** Bytes of a sector as the boot sector has it; 512 unless told. Records are then at least as big. */
  readonly sectorSize?: 512 | 4096;
  /** Bytes of a file record; 1024 unless told (4096 with sectors of that size). */
  readonly recordSize?: 1024 | 4096;
  readonly label?: string;
  readonly serialNumber?: bigint;
  /** The flag in $Volume that has chkdsk run at the next start. */
  readonly dirty?: boolean;
  /** $LogFile: filled with 0xff, as a new volume has it and unless told, or restart pages with or without the flag of a clean dismount. */
  readonly journal?: 'empty' | 'clean' | 'unclean';
  /** Of the restart pages: 1.1, or 2.0 as Windows 8 and later write it while the volume is mounted. */
  readonly journalVersion?: '1.1' | '2.0';
  /** In how many pieces the $MFT lies; 1 unless told. The first piece holds 64 records or more. */
  readonly mftFragments?: number;
  /** Records in the $MFT at least, so that there are free ones or so that it is big. */
  readonly mftRecords?: number;
  readonly files: readonly FileLiteral[];
}

/** How the clusters of a file's unnamed stream are laid. */
export type LayoutLiteral =
  /** In the file record if it fits there, otherwise in one run. */
  | 'auto'
  /** In one run, however short. */
  | 'contiguous'
  /** In so many runs, of which no two neighbours touch, half of them backwards. */
  | { readonly fragments: number }
  /** LZNT1 in units of 16 clusters; for clusters up to 4096 bytes. */
  | 'compressed'
  /** Units of 16 clusters that hold only zeros have no clusters. */
  | 'sparse'
  /** As 'contiguous' under the flag of EFS; the bytes are stored as they are given, not enciphered. */
  | 'encrypted';

export interface FileLiteral {
  /** From the root, `Windows\System32\config\SYSTEM`; parents are made as needed. '' is the root itself. */
  readonly path: string;
  /** The unnamed stream; absent for a folder. */
  readonly data?: Buffer;
  /** A self-relative security descriptor; a plain one unless told. Equal ones share an id in $Secure. */
  readonly security?: Buffer;
  /** Named streams; each in the record if it fits, otherwise in one run. */
  readonly streams?: Readonly<Record<string, Buffer>>;
  readonly layout?: LayoutLiteral;
  /** Bytes of `data` that count as written; a reader gives zeros after them, whatever the clusters hold. */
  readonly initialized?: number;
  /** All four times. */
  readonly modified?: Date;
  /** FILE_ATTRIBUTE_* bits; those that the layout asks for are added. 0x20 (archive) for a file unless told. */
  readonly attributes?: number;
  /** An 8.3 name as a directory entry of its own, beside the long name. */
  readonly shortName?: string;
  /** Further paths of the same file. */
  readonly links?: readonly string[];
  /** The value of $REPARSE_POINT, tag and length included. */
  readonly reparse?: Buffer;
}

/** A piece of a stream: `clusters` clusters from cluster `lcn` of the volume; `lcn` is null in a hole. */
export interface Run {
  readonly lcn: number | null;
  readonly clusters: number;
}

/** Where an attribute ended up. */
export interface BuiltAttribute {
  /** 0x80 for $DATA and so on. */
  readonly type: number;
  /** '' for the unnamed. */
  readonly name: string;
  /** null for a resident attribute. */
  readonly runs: readonly Run[] | null;
  /** The records that hold the attribute's header or a part of its run list. */
  readonly records: readonly number[];
  /** Where each of those headers begins, in bytes from the volume's start. */
  readonly headerOffsets: readonly number[];
}

/** Where a file ended up. */
export interface BuiltFile {
  /** The number of its base record. */
  readonly record: number;
  readonly sequence: number;
  /** Where its base record begins, in bytes from the volume's start. */
  readonly recordOffset: number;
  readonly attributes: readonly BuiltAttribute[];
}

/** Where everything on a made volume lies, so that a test can damage exact bytes. */
export interface BuiltNtfs {
  /** Bytes of the volume. */
  readonly size: number;
  readonly clusterSize: number;
  readonly clusters: number;
  readonly recordSize: number;
  /** How many records the $MFT has. */
  readonly records: number;
  /** By path as given, system files as `$MFT`, `$Extend\$Reparse`, the root as ''. */
  readonly files: ReadonlyMap<string, BuiltFile>;
  /** Where record `number` begins, in bytes from the volume's start. */
  recordOffset(number: number): number;
}

/** Takes the bytes of a volume; what is never written is zeros. */
export interface VolumeSink {
  write(offset: number, bytes: Buffer): void;
}
