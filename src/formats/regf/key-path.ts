import { FormatError } from '../errors.ts';
import type { Key } from './key.ts';
import { quoteName } from './names.ts';

/**
 * The key at a path from another one, as `Hive.find` has it; the last step is taken like every other.
 * Throws `FormatError`: 'unsupported' where a key on the way is a symbolic link.
 */
export function keyAtPath(from: Key, path: string): Key | undefined {
  let key: Key | undefined = from;
  for (const name of path.split('\\')) {
    if (name !== '') key = key && keyBelow(key, name);
  }
  return key;
}

/**
 * The subkey of this name on the way along a path. A symbolic link has not itself what Windows finds behind
 * it, which may be in another hive. Throws `FormatError`: 'unsupported' for such a link.
 */
export function keyBelow(key: Key, name: string): Key | undefined {
  const below = key.subkey(name);
  if (below) requireNoLink(below);
  return below;
}

/** Throws `FormatError` (unsupported) for a key that stands for another one. */
export function requireNoLink(key: Key): void {
  if (!key.isSymbolicLink) return;
  throw new FormatError(
    'unsupported',
    `key ${quoteName(key.name)} is a symbolic link to another one, which is not followed`,
  );
}
