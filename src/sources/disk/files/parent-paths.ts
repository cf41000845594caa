import path from 'node:path';

/**
 * The scheme of a path that names no file: `json`, `nbd`, `https`. A single letter is a Windows drive, and
 * `file` is a file.
 */
export function foreignScheme(stored: string): string | undefined {
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(stored)?.[1]?.toLowerCase();
  return scheme === 'file' ? undefined : scheme;
}

/**
 * The paths on this machine that a stored one may mean, seen from the child's folder. Windows and POSIX style
 * both are understood on either system, as far as they mean anything there: a drive letter means nothing on
 * POSIX. None for a path that would be looked for on another machine, unless `remote`: on Windows merely
 * looking logs on to the server that it names.
 */
export function localPaths(
  stored: string,
  folder: string,
  {
    remote,
    windows = process.platform === 'win32',
  }: { readonly remote: boolean; readonly windows?: boolean },
): string[] {
  if (stored === '' || foreignScheme(stored) !== undefined) return [];
  const plain = withoutFileScheme(stored);
  if (plain === undefined) return [];
  if (windows) {
    const resolved = path.win32.resolve(folder, plain);
    const { root } = path.win32.parse(resolved);
    const isHere = !root.startsWith('\\\\') || root === path.win32.parse(folder).root;
    return remote || isHere ? [resolved] : [];
  }
  const literal = path.posix.resolve(folder, plain);
  return isRelativeWindowsPath(plain)
    ? [literal, path.posix.resolve(folder, plain.replaceAll('\\', '/'))]
    : [literal];
}

/** With a separator of Windows, but neither a drive, nor a server, nor a drive's root before it. */
function isRelativeWindowsPath(stored: string): boolean {
  return stored.includes('\\') && !/^(?:[a-z]:|[\\/])/i.test(stored);
}

/** The last parts of the stored paths, each once: a parent that was moved often lies beside its child. */
export function bareNames(stored: readonly string[]): string[] {
  const names = stored
    .filter((path) => foreignScheme(path) === undefined)
    .map((path) => (withoutFileScheme(path) ?? '').split(/[\\/]/).at(-1) ?? '')
    .map((name) => name.replace(/^[a-z]:/i, ''))
    .filter((name) => !['', '.', '..'].includes(name));
  return [...new Set(names)];
}

/** Undefined for a `file:` URL of another machine. QEMU's `file:` is a plain prefix, Microsoft's VHD one a URL. */
function withoutFileScheme(stored: string): string | undefined {
  if (!/^file:/i.test(stored)) return stored;
  const url = /^file:\/\/(localhost)?(\/.*)$/is.exec(stored);
  if (!url) return /^file:\/\//i.test(stored) ? undefined : stored.slice('file:'.length);
  try {
    return decodeURIComponent(url[2] ?? '').replace(/^\/([a-z]:)/i, '$1');
  } catch {
    return undefined;
  }
}
