import { FormatError } from '../../formats/errors.ts';
import {
  decodeNumber,
  decodeString,
  decodeStrings,
  type Hive,
  type Key,
  registryType,
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

/** Finds the key that a question names. Throws `FormatError` as `hive` does, and where what leads to it is damaged. */
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
  const key = keyAt(hive, path.slice(0, Math.max(end, 0)))?.subkey(path.slice(end + 1));
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

/** A value with the type that Windows gives it; data that does not fit its type is `other`. */
export function modelValue(value: Value): RegistryValue {
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

/** A key with its values and `depth` levels of the keys below it; what lies deeper is named only. */
export function modelKey(key: Key, depth: number): RegistryKey {
  return {
    name: key.name,
    values: key.values().map((value) => ({ name: value.name, value: modelValue(value) })),
    keys: key.subkeys().map((subkey) => (depth > 0 ? modelKey(subkey, depth - 1) : nameOnly(subkey))),
  };
}

function nameOnly(key: Key): RegistryKey {
  return { name: key.name, values: [], keys: [] };
}
