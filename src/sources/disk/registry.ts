import { damaged, FormatError } from '../../formats/errors.ts';
import {
  decodeNumber,
  decodeString,
  decodeStrings,
  type Hive,
  type Key,
  keyBelow,
  quoteName,
  registryType,
  requireNoLink,
  type Value,
} from '../../formats/regf/index.ts';
import type { RegistryKey, RegistryValue } from '../../model/registry.ts';
import type { HiveName, OfflineMachine } from './offline-machine.ts';

const currentControlSet = 'CurrentControlSet';

/** A key that a question names, in a hive at rest. */
export interface FoundKey {
  /** Undefined where it is not there. */
  readonly key: Key | undefined;
  /** As a person looks it up: `HKLM\SYSTEM\ControlSet001\Control`. */
  readonly where: string;
}

/**
 * Finds the key that a question names. Throws `FormatError` as `hive` does, where what leads to it is damaged, and
 * where a symbolic link does: what stands behind it is not in its own place.
 */
export function findKey(machine: OfflineMachine, key: string): FoundKey {
  const [hiveName = '', ...names] = key.split('\\');
  const hive = machine.hive(hiveName as HiveName);
  if (names[0] === currentControlSet) names[0] = controlSetName(hive);
  return { key: keyAt(hive, names.join('\\')), where: ['HKLM', hiveName, ...names].join('\\') };
}

const foundKeys = new WeakMap<Hive, Map<string, Key | undefined>>();

/** A key by its path; the way there is walked once, since most questions share most of it. */
function keyAt(hive: Hive, path: string): Key | undefined {
  if (path === '') return hive.root;
  const found = foundKeys.get(hive) ?? new Map<string, Key | undefined>();
  foundKeys.set(hive, found);
  if (found.has(path)) return found.get(path);
  const end = path.lastIndexOf('\\');
  const parent = keyAt(hive, path.slice(0, Math.max(end, 0)));
  const key = parent && keyBelow(parent, path.slice(end + 1));
  found.set(path, key);
  return key;
}

/** The key as a question names it, before it is known which control set is meant. */
export function unresolvedWhere(key: string): string {
  return `HKLM\\${key}`;
}

/**
 * The control set that Windows starts with: the one that `Select\Current` names, which
 * `CurrentControlSet` stands for once Windows runs. Throws `FormatError` (damaged) where that is not there.
 */
export function controlSetName(system: Hive): string {
  const current = keyAt(system, 'Select')?.value('Current');
  const number = current && decodeNumber(current);
  if (typeof number !== 'number')
    throw new FormatError('damaged', 'no control set is named by Select\\Current');
  const name = `ControlSet${String(number).padStart(3, '0')}`;
  if (!keyAt(system, name))
    throw new FormatError('damaged', `${name}, which Select\\Current names, is not there`);
  return name;
}

/** What the answer to a question may still hold. Cells can be shared, so that a small hive could give without end. */
interface Budget {
  readonly of: string;
  /** Keys and values. */
  entries: number;
  /** Of the values' data. */
  bytes: number;
}

/** Real keys that are asked for have a few thousand values, which are firewall rules of a KiB at most. */
const largestKey = { entries: 100_000, bytes: 32 * 2 ** 20 } as const;
/** In bytes, of a value that is asked for by name: the limit that Windows states for hives of the standard format. */
const largestValue = 2 ** 20;

/**
 * A value with the type that Windows gives it; data that does not fit its type is `other`. Throws `FormatError`,
 * also for one that is larger than any real one.
 */
export function modelValue(value: Value): RegistryValue {
  if (value.size > largestValue)
    throw damaged(
      `value ${quoteName(value.name)} has ${value.size} bytes, which is more than any real value holds`,
    );
  return typedValue(value);
}

function typedValue(value: Value): RegistryValue {
  switch (value.type) {
    case registryType.dword: {
      const data = decodeNumber(value);
      if (typeof data === 'number') return { type: 'REG_DWORD', data };
      break;
    }
    case registryType.qword: {
      const data = decodeNumber(value);
      if (data !== undefined) return { type: 'REG_QWORD', data: BigInt(data) };
      break;
    }
    case registryType.sz:
    case registryType.expandSz: {
      const data = decodeString(value);
      const type = value.type === registryType.sz ? 'REG_SZ' : 'REG_EXPAND_SZ';
      if (data !== undefined) return { type, data };
      break;
    }
    case registryType.multiSz: {
      const data = decodeStrings(value);
      if (data) return { type: 'REG_MULTI_SZ', data };
      break;
    }
    case registryType.binary:
      return { type: 'REG_BINARY', data: value.data() };
  }
  return { type: 'other', typeName: value.typeName, data: value.data() };
}

/**
 * A key with its values and `depth` levels of the keys below it; what lies deeper is named only. Throws `FormatError`,
 * also where it all is more than any real key has, and for a symbolic link among the keys whose values are wanted.
 */
export function modelKey(key: Key, depth: number): RegistryKey {
  return modelWithin({ ...largestKey, of: key.name }, key, depth);
}

function modelWithin(budget: Budget, key: Key, depth: number): RegistryKey {
  requireNoLink(key);
  // Both counts are held against what is really there before anything is made of it.
  spend(budget, key.valueCount + key.subkeyCount, 0);
  return {
    name: key.name,
    values: key.values().map((value) => {
      spend(budget, 0, value.size);
      return { name: value.name, value: typedValue(value) };
    }),
    keys: key
      .subkeys()
      .map((subkey) => (depth > 0 ? modelWithin(budget, subkey, depth - 1) : nameOnly(subkey))),
  };
}

/** Throws `FormatError` (damaged) where more is spent than there is. */
function spend(budget: Budget, entries: number, bytes: number): void {
  budget.entries -= entries;
  budget.bytes -= bytes;
  if (budget.entries < 0)
    throw damaged(
      `key ${quoteName(budget.of)} has more than ${largestKey.entries} keys and values, more than any real key holds`,
    );
  if (budget.bytes < 0)
    throw damaged(
      `key ${quoteName(budget.of)} has more than ${largestKey.bytes} bytes of data, more than any real key holds`,
    );
}

function nameOnly(key: Key): RegistryKey {
  return { name: key.name, values: [], keys: [] };
}
