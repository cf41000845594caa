import { findKey, type KeyLiteral, keyAt, sameName, type ValueLiteral } from '../hive/literal.ts';

/** A file of a machine; the path is relative to the Windows volume's root, with backslashes. */
export interface FileLiteral {
  path: string;
  data: Buffer;
  /** The security descriptor; whatever the file system gives where it is not told. */
  sddl: string | undefined;
}

/** A folder of a machine whose security descriptor matters. */
export interface FolderLiteral {
  path: string;
  sddl: string | undefined;
}

/** A Windows machine at rest, as far as it concerns Remote Desktop, for a test to alter. */
export interface MachineLiteral {
  /** The root of `Windows\System32\config\SYSTEM`. */
  system: KeyLiteral;
  /** The root of `Windows\System32\config\SOFTWARE`. */
  software: KeyLiteral;
  files: FileLiteral[];
  folders?: FolderLiteral[];
}

/** Sets one value; its key is made where it is not there. Neither path nor name regards case. */
export function setValue(hive: KeyLiteral, path: string, name: string, value: ValueLiteral): void {
  const key = keyAt(hive, path);
  key.values ??= {};
  key.values[sameName(key.values, name) ?? name] = value;
}

/** A value as the literal has it; `undefined` where there is none. */
export function getValue(hive: KeyLiteral, path: string, name: string): ValueLiteral | undefined {
  const values = findKey(hive, path)?.values;
  const known = sameName(values, name);
  return known === undefined ? undefined : values?.[known];
}

/** Deletes one value. Throws `Error` where there is none: such a test would plant nothing. */
export function deleteValue(hive: KeyLiteral, path: string, name: string): void {
  const values = findKey(hive, path)?.values;
  const known = sameName(values, name);
  if (values === undefined || known === undefined) throw new Error(`there is no value ${path}\\${name}`);
  delete values[known];
}

/** Deletes a key with all below it. Throws `Error` where there is none. */
export function deleteKey(hive: KeyLiteral, path: string): void {
  const cut = path.lastIndexOf('\\');
  const keys = findKey(hive, path.slice(0, Math.max(cut, 0)))?.keys;
  const known = sameName(keys, path.slice(cut + 1));
  if (keys === undefined || known === undefined) throw new Error(`there is no key ${path}`);
  delete keys[known];
}
