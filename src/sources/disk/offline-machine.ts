import type { Hive } from '../../formats/regf/index.ts';

/** The registry hives that questions are answered from. */
export const hiveNames = ['SYSTEM', 'SOFTWARE'] as const;
export type HiveName = (typeof hiveNames)[number];

/** A Windows installation that is not running: its hives and its files. */
export interface OfflineMachine {
  /** Throws `FormatError` where the hive is missing or cannot be read. */
  hive(name: HiveName): Hive;
  /** A file or folder below the system drive, without regard to case; undefined where there is none. */
  file(path: string): OfflineFile | undefined;
}

export interface OfflineFile {
  readonly isDirectory: boolean;
  /** The files and folders in a folder whose names begin so, without regard to case. */
  entriesFrom(prefix: string): readonly { readonly name: string }[];
  /** Self-relative; undefined for a file that carries none. */
  securityDescriptor(): Buffer | undefined;
}
