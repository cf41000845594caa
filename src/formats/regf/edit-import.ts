import { FormatError } from '../errors.ts';
import type { EditCells } from './edit-cells.ts';
import { createBelow, deleteBelow, setClassName } from './edit-keys.ts';
import { setSecurity } from './edit-security.ts';
import { deleteValue, setValue } from './edit-values.ts';
import type { Key } from './key.ts';
import { KeyNode } from './key-node.ts';
import { requireNoLink } from './key-path.ts';
import { quoteName, upperCaseName } from './names.ts';

/** A key of another hive as it was when it was read, wholly and before anything was changed. */
export interface KeyCopy {
  readonly name: string;
  readonly className: string | undefined;
  readonly descriptor: Buffer | undefined;
  readonly values: readonly { readonly name: string; readonly type: number; readonly data: Buffer }[];
  readonly subkeys: readonly KeyCopy[];
}

/** In keys and bytes: far beyond what is ever taken from a donor. */
const mostCopied = { keys: 250_000, bytes: 256 * 2 ** 20 } as const;

/** Reads a key with all below it. Throws `FormatError`: 'unsupported' for symbolic links. */
export function copyKey(from: Key): KeyCopy {
  const left = { keys: mostCopied.keys, bytes: mostCopied.bytes };
  const copy = (key: Key): KeyCopy => {
    requireNoLink(key);
    const values = key.values().map((value) => {
      left.bytes -= value.size;
      if (left.bytes < 0) throw tooMuch(from);
      return { name: value.name, type: value.type, data: Buffer.from(value.data()) };
    });
    left.keys--;
    if (left.keys < 0) throw tooMuch(from);
    const descriptor = key.securityDescriptor();
    return {
      name: key.name,
      className: key.className,
      descriptor: descriptor && Buffer.from(descriptor),
      values,
      subkeys: key.subkeys().map(copy),
    };
  };
  return copy(from);
}

/**
 * Makes a key that is there the same as a copy, its name aside: values, class name, security and all below it. What is
 * the same already stays as it lies. Whether that changed anything. `depth` is the key's own. Throws `FormatError`.
 */
export function makeEqual(
  cells: EditCells,
  parent: KeyNode | undefined,
  key: KeyNode,
  copy: KeyCopy,
  depth: number,
): boolean {
  let changed = setClassName(cells, parent, key, copy.className);
  if (copy.descriptor && setSecurity(cells, key, copy.descriptor)) changed = true;
  if (makeValuesEqual(cells, key, copy, depth)) changed = true;
  const wanted = new Map(copy.subkeys.map((subkey) => [upperCaseName(subkey.name), subkey]));
  const now = () => cells.key(key.offset, depth);
  for (const subkey of now().subkeys()) {
    if (wanted.has(upperCaseName(subkey.name)) || !(subkey instanceof KeyNode)) continue;
    deleteBelow(cells, now(), subkey);
    changed = true;
  }
  for (const subkey of wanted.values()) {
    const known = now().subkey(subkey.name);
    const target = known instanceof KeyNode ? known : createBelow(cells, now(), subkey.name, depth + 1);
    if (makeEqual(cells, now(), target, subkey, depth + 1) || !known) changed = true;
  }
  return changed;
}

function makeValuesEqual(cells: EditCells, key: KeyNode, copy: KeyCopy, depth: number): boolean {
  const now = () => cells.key(key.offset, depth);
  const wanted = new Set(copy.values.map(({ name }) => upperCaseName(name)));
  let changed = false;
  for (const { name } of now().values()) {
    if (!wanted.has(upperCaseName(name)) && deleteValue(cells, now(), name)) changed = true;
  }
  for (const value of copy.values) {
    if (setValue(cells, now(), value.name, value)) changed = true;
  }
  return changed;
}

function tooMuch(from: Key): FormatError {
  return new FormatError('unsupported', `key ${quoteName(from.name)} is too large to be copied`);
}
