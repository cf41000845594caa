import { type BigIntStats, readdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { TargetError } from './target-error.ts';

/** A file that is there, with every symbolic link on its way resolved. */
export interface FoundFile {
  readonly path: string;
  /** The same for two names of one file. */
  readonly identity: string;
  readonly kind: 'file' | 'block-device' | 'special';
}

const notThere = ['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG', 'EINVAL', 'ERR_INVALID_ARG_VALUE'];

/** Undefined: there is none. Throws `TargetError` where it cannot be told. Opens nothing. */
export function findFile(name: string): FoundFile | undefined {
  try {
    const real = realpathSync(name);
    const status = statSync(real, { bigint: true });
    return { path: real, identity: `${status.dev}:${status.ino}`, kind: kindOf(status) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    if (notThere.includes(code)) return undefined;
    if (code !== 'EACCES' && code !== 'EPERM') {
      throw new TargetError('unreadable', `${shown(name)} cannot be looked at (${code})`);
    }
    throw new TargetError('no-permission', `${shown(name)} may not be looked at by this user`);
  }
}

function kindOf(status: BigIntStats): FoundFile['kind'] {
  if (status.isFile()) return 'file';
  return status.isBlockDevice() ? 'block-device' : 'special';
}

/** Whether a resolved path lies in a resolved folder, or deeper in it. */
export function isBelow(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== '' && relative.split(path.sep)[0] !== '..' && !path.isAbsolute(relative);
}

/** Files in a folder that have the name but for upper and lower case, which Windows does not tell apart. */
export function findIgnoringCase(folder: string, name: string): FoundFile[] {
  const wanted = name.toUpperCase();
  return namesIn(folder)
    .filter((entry) => entry.toUpperCase() === wanted)
    .map((entry) => findFile(path.join(folder, entry)))
    .filter((file) => file !== undefined);
}

/** A folder whose files may be opened by name is not always one that may be listed. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** A name that an image chose, fit to be shown: quoted, of bounded length, without control characters. */
export function shown(name: string): string {
  const start = name.length > 300 ? `${name.slice(0, 300)}...` : name;
  return JSON.stringify(start).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
}
