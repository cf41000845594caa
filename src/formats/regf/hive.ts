import type { Device } from '../device.ts';
import { fileTimeOf } from '../file-time.ts';
import { Cells } from './cells.ts';
import type { Key } from './key.ts';
import { KeyNode } from './key-node.ts';
import { keyAtPath } from './key-path.ts';
import { type RecoveredHive, recoverHive } from './recovery.ts';

/** What a hive's base block and logs say of it. */
export interface HiveState {
  /** Whether its last write did not end: sequence numbers that differ, or a wrong checksum. */
  readonly dirty: boolean;
  /** What was done about it. After 'no-usable-logs' the keys may be older than Windows' own view. */
  readonly recovery: 'not-needed' | 'logs-applied' | 'no-usable-logs';
  /** Primary and secondary, as they stand in the hive's own base block. */
  readonly sequences: readonly [number, number];
  /** The highest sequence number in use: the base block's, or the last applied entry's. */
  readonly lastSequence: number;
  /** Of logs; a log of the old format counts as one. */
  readonly entriesApplied: number;
  readonly majorVersion: number;
  readonly minorVersion: number;
  /** Of the bins after recovery, in bytes. */
  readonly size: number;
  /** By the base block; Windows 8.1 and later do not update it. */
  readonly lastWritten: Date;
}

/** A registry hive, open for reading. */
export interface Hive {
  readonly state: HiveState;
  readonly root: Key;
  /**
   * The key at a path from the root, its parts separated by backslashes and of any case; '' is the root.
   * Symbolic links are not followed (`CurrentControlSet` is none of a hive at rest): one on the way, the last
   * key included, ends in `FormatError` (unsupported), as its target is what Windows would see.
   * Throws `FormatError` where damage leaves it open whether the key is there.
   */
  find(path: string): Key | undefined;
}

/**
 * Opens a hive in its newest state: that of the primary file if it is clean, else what its logs
 * (`.LOG1` and `.LOG2`, in any order; empty ones do no harm) make of it. Nothing is written anywhere.
 * Throws `FormatError` where there is no hive, its version is unknown, or its root key is unreadable.
 */
export function openHive(primary: Device, logs: readonly Device[] = []): Hive {
  const recovered = recoverHive(primary, logs);
  const { rootCell, minorVersion } = recovered.base;
  const cells = new Cells(recovered.bins, { binsSize: recovered.binsSize, rootCell, minorVersion });
  const root = new KeyNode(cells, rootCell, 0);
  return { state: describeState(recovered), root, find: (path) => keyAtPath(root, path) };
}

function describeState(recovered: RecoveredHive): HiveState {
  const { base, ownBase } = recovered;
  return {
    dirty: recovered.dirty,
    recovery: recovered.recovery,
    sequences: [ownBase.primarySequence, ownBase.secondarySequence],
    lastSequence: recovered.lastSequence,
    entriesApplied: recovered.entriesApplied,
    majorVersion: base.majorVersion,
    minorVersion: base.minorVersion,
    size: recovered.binsSize,
    lastWritten: fileTimeOf(base.lastWritten),
  };
}
