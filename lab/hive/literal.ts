/** A registry value as a test writes it down; the type says how it is stored. */
export type ValueLiteral =
  /** REG_DWORD: 0 to 0xFFFFFFFF. */
  | number
  /** REG_SZ, with its closing NUL. */
  | string
  /** REG_MULTI_SZ, each string and the whole closed by a NUL. */
  | readonly string[]
  /** REG_BINARY. */
  | Buffer
  /** REG_QWORD. */
  | bigint
  /** Any type with any bytes, as they are. */
  | { type: number; data: Buffer }
  /** REG_EXPAND_SZ. */
  | { expand: string };

/** A registry key as a test writes it down. The names are the objects' own; `''` is the default value. */
export interface KeyLiteral {
  values?: Record<string, ValueLiteral>;
  keys?: Record<string, KeyLiteral>;
  className?: string;
  /** A self-relative security descriptor; a plain one, such as Windows ships, unless told. */
  security?: Buffer;
  lastWritten?: Date;
}

/** The registry's value types (winnt.h). */
export const valueType = {
  none: 0,
  sz: 1,
  expandSz: 2,
  binary: 3,
  dword: 4,
  multiSz: 7,
  qword: 11,
} as const;

/** A value as the hive holds it: its type and its bytes. */
export interface StoredValue {
  readonly type: number;
  readonly data: Buffer;
}

/** What a value literal means in a hive. Throws `RangeError` for a number that is no DWORD or QWORD. */
export function storedValue(value: ValueLiteral): StoredValue {
  if (typeof value === 'number') return { type: valueType.dword, data: dword(value) };
  if (typeof value === 'bigint') return { type: valueType.qword, data: qword(value) };
  if (typeof value === 'string') return { type: valueType.sz, data: terminated(value) };
  if (value instanceof Uint8Array) return { type: valueType.binary, data: asBuffer(value) };
  if (isStrings(value))
    return { type: valueType.multiSz, data: terminated(value.map((s) => `${s}\0`).join('')) };
  if ('expand' in value) return { type: valueType.expandSz, data: terminated(value.expand) };
  return { type: value.type, data: asBuffer(value.data) };
}

/**
 * Values by the path of their key, as nested keys: `{ 'ControlSet001\\Control\\Terminal Server':
 * { fDenyTSConnections: 0 } }`. Paths that share a beginning share its keys, whatever their case; an
 * empty path is the root.
 */
export function keysFromPaths(paths: Readonly<Record<string, Record<string, ValueLiteral>>>): KeyLiteral {
  const root: KeyLiteral = {};
  for (const [path, values] of Object.entries(paths)) {
    const key = keyAt(root, path);
    key.values = { ...key.values, ...values };
  }
  return root;
}

/** The key at a path below `root`, made with its parents where it is not there yet. */
export function keyAt(root: KeyLiteral, path: string): KeyLiteral {
  let key = root;
  for (const name of path.split('\\')) {
    if (name !== '') key = subkey(key, name);
  }
  return key;
}

/** The key at a path below `root`, if there is one. */
export function findKey(root: KeyLiteral, path: string): KeyLiteral | undefined {
  let key: KeyLiteral | undefined = root;
  for (const name of path.split('\\')) {
    if (name === '') continue;
    const known: string | undefined = sameName(key?.keys, name);
    key = known === undefined ? undefined : key?.keys?.[known];
  }
  return key;
}

/** A name of a record as it is written there, sought without regard to case. */
export function sameName(
  record: Readonly<Record<string, unknown>> | undefined,
  name: string,
): string | undefined {
  if (record === undefined) return undefined;
  if (Object.hasOwn(record, name)) return name;
  const sought = name.toUpperCase();
  return Object.keys(record).find((known) => known.toUpperCase() === sought);
}

function subkey(parent: KeyLiteral, name: string): KeyLiteral {
  parent.keys ??= {};
  const known = parent.keys[sameName(parent.keys, name) ?? name];
  if (known) return known;
  const made: KeyLiteral = {};
  parent.keys[name] = made;
  return made;
}

function isStrings(value: object): value is readonly string[] {
  return Array.isArray(value);
}

/** A literal that was cloned has its buffers turned into plain arrays. */
function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function dword(value: number): Buffer {
  const data = Buffer.alloc(4);
  data.writeUInt32LE(value);
  return data;
}

function qword(value: bigint): Buffer {
  const data = Buffer.alloc(8);
  data.writeBigUInt64LE(value);
  return data;
}

function terminated(text: string): Buffer {
  return Buffer.from(`${text}\0`, 'utf16le');
}
