import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A folder that is gone when the test is over: `using folder = temporaryFolder();`. */
export interface TemporaryFolder extends Disposable {
  /** The full path of a file in it. */
  path(name: string): string;
  /** Writes a file and answers its full path. */
  write(name: string, bytes: Buffer): string;
  read(name: string): Buffer;
}

export function temporaryFolder(): TemporaryFolder {
  const folder = mkdtempSync(path.join(tmpdir(), 'rdpmend-images-'));
  const pathOf = (name: string): string => path.join(folder, name);
  return {
    path: pathOf,
    write(name, bytes) {
      writeFileSync(pathOf(name), bytes);
      return pathOf(name);
    },
    read: (name) => readFileSync(pathOf(name)),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}
