import type { GrowableDevice, WritableDevice } from '../device.ts';
import { damaged, FormatError } from '../errors.ts';
import { EditedBins } from './edit-bins.ts';
import { EditCells } from './edit-cells.ts';
import { commitHive } from './edit-commit.ts';
import { copyKey, makeEqual } from './edit-import.ts';
import { deleteBelow, findKey, keyAt, stepsOf } from './edit-keys.ts';
import { setSecurity } from './edit-security.ts';
import { fileTimeFrom } from './edit-time.ts';
import { deleteValue, setValue, type ValueContent } from './edit-values.ts';
import type { Key } from './key.ts';
import { quoteName } from './names.ts';
import { type RecoveredHive, recoverHive } from './recovery.ts';

/** How a hive is edited. */
export interface HiveEditorOptions {
  /** What changed keys get as the time of their last write. */
  readonly now: Date;
  /**
   * Whether a hive that was not closed cleanly, and whose logs cannot be used, may be written to all the same: what
   * the logs had is lost then for good. It may not unless told.
   */
  readonly withoutLogs?: boolean;
}

/**
 * Changes a hive, in memory until `commit`. Paths are those of `Hive.find`. Each method answers whether it changed
 * anything: what is there already is left as it lies. One that throws has changed nothing. All throw `FormatError`:
 * 'damaged' where the structure is, 'unsupported' for symbolic links in the path and for what Windows has no room for.
 */
export interface HiveEditor {
  /** The key at a path as it is after the edits so far, as `Hive.find` does it. Later edits make it stale. */
  find(keyPath: string): Key | undefined;
  /** Gives a value, '' being the default one, its type and data; keys that are missing are created. */
  setValue(keyPath: string, name: string, content: ValueContent): boolean;
  /** A key that is not there has no value to delete. */
  deleteValue(keyPath: string, name: string): boolean;
  /** Creates a key and what is missing on the way to it; each has its parent's security. */
  createKey(keyPath: string): boolean;
  /** Deletes a key and all below it. The root is refused, and so are keys that are marked as never to be deleted. */
  deleteKey(keyPath: string): boolean;
  /** Gives a key, which must be there, a self-relative security descriptor; not the keys below it. */
  setSecurity(keyPath: string, descriptor: Buffer): boolean;
  /**
   * Makes the key, which is created where it is missing, equal to one of another hive in all but its name: its values,
   * class, security, and all below it. What only the key has is deleted.
   */
  importKey(keyPath: string, from: Key): boolean;
  /**
   * Writes what was changed, and with it a dirty hive's newest state; the hive is clean then, and its logs hold
   * nothing. Where no edit changed anything, no byte is written, be the hive dirty or not. Whether it wrote.
   */
  commit(): boolean;
}

/** What is edited from one commit to the next. */
interface Session {
  readonly recovered: RecoveredHive;
  readonly bins: EditedBins;
  readonly cells: EditCells;
}

/** Those that this writer knows: Windows NT 4.0 and later. */
const oldestWritten = 3;

/**
 * Opens a hive for editing in its newest state; `logs` are all the files with one (`.LOG`, `.LOG1`, `.LOG2`), in any
 * order. Nothing is written before `commit`. Throws `FormatError`: as `openHive` does, and 'unsupported' for a hive in
 * a state or of a version in which it is not safe to write.
 */
export function openHiveEditor(
  hive: GrowableDevice,
  logs: readonly WritableDevice[],
  options: HiveEditorOptions,
): HiveEditor {
  const now = fileTimeFrom(options.now);
  let session = openSession(hive, logs, now, options.withoutLogs ?? false);
  let changed = false;

  function edit(change: (cells: EditCells) => boolean): boolean {
    const { cells } = session;
    const did = cells.attempt(() => change(cells));
    changed ||= did;
    return did;
  }

  return {
    find: (keyPath) => findKey(session.cells, stepsOf(keyPath)),
    setValue: (keyPath, name, content) =>
      edit((cells) => setValue(cells, keyAt(cells, stepsOf(keyPath)).key, name, content)),
    deleteValue: (keyPath, name) => edit((cells) => deleteValueAt(cells, keyPath, name)),
    createKey: (keyPath) => edit((cells) => keyAt(cells, stepsOf(keyPath)).created),
    deleteKey: (keyPath) => edit((cells) => deleteKeyAt(cells, keyPath)),
    setSecurity: (keyPath, descriptor) => edit((cells) => setSecurityAt(cells, keyPath, descriptor)),
    importKey: (keyPath, from) => edit((cells) => importKeyAt(cells, keyPath, from)),
    commit() {
      if (!changed) return false;
      const { recovered, bins } = session;
      commitHive({ hive, logs, recovered, bins, now });
      changed = false;
      session = openSession(hive, [], now, false);
      return true;
    },
  };
}

function openSession(
  hive: GrowableDevice,
  logs: readonly WritableDevice[],
  now: bigint,
  withoutLogs: boolean,
): Session {
  const recovered = recoverHive(hive, logs);
  requireWritable(recovered, withoutLogs);
  const bins = new EditedBins(recovered.bins);
  const cells = new EditCells(bins, recovered.base, now);
  findKey(cells, []);
  return { recovered, bins, cells };
}

function requireWritable({ base, bins, binsSize, recovery }: RecoveredHive, withoutLogs: boolean): void {
  if (base.minorVersion < oldestWritten) {
    throw new FormatError('unsupported', `version 1.${base.minorVersion} of the hive format is not written`);
  }
  if (bins.size !== binsSize)
    throw damaged(`the hive's file has ${bins.size} of the ${binsSize} bytes of its bins`);
  if (recovery !== 'no-usable-logs' || withoutLogs) return;
  throw new FormatError(
    'unsupported',
    'the hive was not closed cleanly and none of its logs can be used; start Windows once to have it repaired, or accept that the last changes are lost',
  );
}

function deleteValueAt(cells: EditCells, keyPath: string, name: string): boolean {
  const key = findKey(cells, stepsOf(keyPath));
  return key !== undefined && deleteValue(cells, key, name);
}

function deleteKeyAt(cells: EditCells, keyPath: string): boolean {
  const steps = stepsOf(keyPath);
  if (steps.length === 0) throw new FormatError('unsupported', 'the root key cannot be deleted');
  const parent = findKey(cells, steps.slice(0, -1));
  const key = parent && findKey(cells, steps);
  if (!key) return false;
  deleteBelow(cells, parent, key);
  return true;
}

function setSecurityAt(cells: EditCells, keyPath: string, descriptor: Buffer): boolean {
  const key = findKey(cells, stepsOf(keyPath));
  if (key) return setSecurity(cells, key, descriptor);
  throw new FormatError('unsupported', `there is no key ${quoteName(keyPath)} to be secured`);
}

function importKeyAt(cells: EditCells, keyPath: string, from: Key): boolean {
  const copy = copyKey(from);
  const steps = stepsOf(keyPath);
  const { key, created } = keyAt(cells, steps);
  const parent = steps.length === 0 ? undefined : findKey(cells, steps.slice(0, -1));
  return makeEqual(cells, parent, key, copy, steps.length) || created;
}
