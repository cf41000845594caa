/** A registry value as Windows types it. `other` holds odd types, and data that does not fit its type. */
export type RegistryValue =
  | { readonly type: 'REG_DWORD'; readonly data: number }
  | { readonly type: 'REG_QWORD'; readonly data: bigint }
  | { readonly type: 'REG_SZ' | 'REG_EXPAND_SZ'; readonly data: string }
  | { readonly type: 'REG_MULTI_SZ'; readonly data: readonly string[] }
  | { readonly type: 'REG_BINARY'; readonly data: Buffer }
  | { readonly type: 'other'; readonly typeName: string; readonly data: Buffer };

/** A registry key with its values and, down to the depth that was asked for, the keys below it. */
export interface RegistryKey {
  readonly name: string;
  readonly values: readonly NamedValue[];
  readonly keys: readonly RegistryKey[];
}

export interface NamedValue {
  /** '' is the key's default value. */
  readonly name: string;
  readonly value: RegistryValue;
}

/** Registry names are compared without case. */
export function sameName(one: string, other: string): boolean {
  return one.toUpperCase() === other.toUpperCase();
}

export function findValue(key: RegistryKey, name: string): RegistryValue | undefined {
  return key.values.find((candidate) => sameName(candidate.name, name))?.value;
}

export function findKey(key: RegistryKey, name: string): RegistryKey | undefined {
  return key.keys.find((candidate) => sameName(candidate.name, name));
}

/** The value of a DWORD; undefined for every other type. */
export function dword(value: RegistryValue | undefined): number | undefined {
  return value?.type === 'REG_DWORD' ? value.data : undefined;
}

/** The text of a string value of either kind; undefined for every other type. */
export function stringOf(value: RegistryValue | undefined): string | undefined {
  return value?.type === 'REG_SZ' || value?.type === 'REG_EXPAND_SZ' ? value.data : undefined;
}

const bytesShown = 24;

/** A value as evidence shows it: short, exact, in no language. */
export function showValue(value: RegistryValue): string {
  switch (value.type) {
    case 'REG_DWORD':
    case 'REG_QWORD':
      return String(value.data);
    case 'REG_SZ':
    case 'REG_EXPAND_SZ':
      return `"${value.data}"`;
    case 'REG_MULTI_SZ':
      return value.data.map((item) => `"${item}"`).join(' ');
    case 'REG_BINARY':
      return showBytes(value.data);
    case 'other':
      return `${value.typeName} ${showBytes(value.data)}`;
  }
}

function showBytes(bytes: Buffer): string {
  const shown = bytes.subarray(0, bytesShown).toString('hex').toUpperCase();
  return bytes.length > bytesShown ? `${shown}… (${bytes.length} bytes)` : shown;
}
