import { writeFileSync } from 'node:fs';
import type { RegistryKey, RegistryValue } from '../../src/model/registry.ts';
import { type HiveContents, readExport } from '../hive/contents.ts';
import { type StoredValue, valueType } from '../hive/literal.ts';
import { runOracle } from '../oracle.ts';

/** What `hivexget` prints of a value; undefined where it says that there is none, or no such key. */
export function hivexValue(hive: string, key: string, name: string): string | undefined {
  try {
    return printed(runOracle('hivexget', [hive, `\\${key}`, name === '' ? '@' : name]));
  } catch (error) {
    if (error instanceof Error && /(?:key|subkey '.*') not found/.test(error.message)) return undefined;
    throw error;
  }
}

/** Of a list of texts the program also prints the empty one that closes it, if the list is closed. */
function printed(bytes: Buffer): string {
  return bytes.toString('latin1').replace(/\n\n$/, '\n');
}

/** A value as `hivexget` prints it: numbers in decimal with a sign, texts in UTF-8 with a line's end, else bytes. */
export function asHivexPrints(value: RegistryValue): string {
  return printed(printedBytes(value));
}

function printedBytes(value: RegistryValue): Buffer {
  switch (value.type) {
    case 'REG_DWORD':
      return Buffer.from(`${value.data | 0}\n`);
    case 'REG_QWORD':
      return Buffer.from(`${BigInt.asIntN(64, value.data)}\n`);
    case 'REG_SZ':
    case 'REG_EXPAND_SZ':
      return Buffer.from(`${value.data}\n`);
    case 'REG_MULTI_SZ':
      return Buffer.from(value.data.map((text) => `${text}\n`).join(''));
    default:
      return value.data;
  }
}

/** All values at a key and below it, by `hivexregedit`: a line each, sorted. */
export function hivexTree(hive: string, key: string): string[] {
  const contents: HiveContents = readExport(runOracle('hivexregedit', ['--export', hive, `\\${key}`]));
  const [start = ''] = contents.keys();
  return [...contents].flatMap(([path, values]) => {
    const below = path.slice(start.length);
    return [below, ...[...values].map(([name, value]) => `${below} ${name} ${plain(value)}`)];
  });
}

/** A key in the same lines. */
export function treeLines({ name: _, ...key }: RegistryKey, path = ''): string[] {
  const values = key.values.map(({ name, value }) => `${path} ${name} ${plainModel(value)}`);
  return [path, ...values, ...key.keys.flatMap((below) => treeLines(below, `${path}\\${below.name}`))];
}

/** By the type's number and the data's own rules, and by nothing else. */
function plain({ type, data }: StoredValue): string {
  if (type === valueType.dword && data.length === 4) return `dword ${data.readUInt32LE()}`;
  if (type === valueType.qword && data.length === 8) return `qword ${data.readBigUInt64LE()}`;
  const text = data.toString('utf16le').replace(/\0+$/, '');
  if (type === valueType.sz || type === valueType.expandSz) return `text ${text}`;
  if (type === valueType.multiSz) return `texts ${text.replaceAll('\0', ' + ')}`;
  return `bytes ${data.toString('hex')}`;
}

function plainModel(value: RegistryValue): string {
  switch (value.type) {
    case 'REG_DWORD':
      return `dword ${value.data}`;
    case 'REG_QWORD':
      return `qword ${value.data}`;
    case 'REG_SZ':
    case 'REG_EXPAND_SZ':
      return `text ${value.data}`;
    case 'REG_MULTI_SZ':
      return `texts ${value.data.join(' + ')}`;
    default:
      return `bytes ${value.data.toString('hex')}`;
  }
}

/**
 * Edits for `hivexregedit`: lines of a registry file by the path of their key, `"name"=dword:00000001`, `"name"=-`.
 * A path with a minus before it is that of a key to delete.
 */
export type RegistryEdits = Readonly<Record<string, readonly string[]>>;

/** Has `hivexregedit` edit a hive in place. */
export function hivexMerge(hive: string, edits: RegistryEdits): void {
  const text = `${hive}.reg`;
  const sections = Object.entries(edits).flatMap(([key, lines]) =>
    key.startsWith('-') ? [`[-\\${key.slice(1)}]`, ''] : [...parents(key), `[\\${key}]`, ...lines, ''],
  );
  writeFileSync(text, ['Windows Registry Editor Version 5.00', '', ...sections, ''].join('\n'));
  runOracle('hivexregedit', ['--merge', hive, text]);
}

/** The program makes a key only below one that is there. */
function parents(key: string): string[] {
  const names = key.split('\\');
  return names.slice(1).flatMap((_, i) => [`[\\${names.slice(0, i + 1).join('\\')}]`, '']);
}

/** A value's line of a type that has no notation of its own. */
export function hexLine(name: string, type: number, data: Buffer): string {
  return `"${name}"=hex(${type.toString(16)}):${data.toString('hex').replaceAll(/..(?=.)/g, '$&,')}`;
}
