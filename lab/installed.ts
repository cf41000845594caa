import { existsSync } from 'node:fs';
import path from 'node:path';

/** Where Debian keeps programs that an ordinary PATH leaves out. */
export const searchPath: readonly string[] = [
  ...(process.env['PATH'] ?? '').split(path.delimiter),
  '/usr/sbin',
  '/sbin',
];

/** Whether a program of this name is installed. */
export function isInstalled(program: string): boolean {
  return searchPath.some((folder) => folder !== '' && existsSync(path.join(folder, program)));
}
