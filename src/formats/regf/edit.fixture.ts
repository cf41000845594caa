import { type GrowableDevice, requireRange } from '../device.ts';
import { lineOf } from './edit-model.fixture.ts';
import type { Key } from './key.ts';

/** A file in memory that a test lets be written to. */
export interface MemoryFile extends GrowableDevice {
  /** A copy of all there is. */
  content(): Buffer;
  /** How many writes and how much growth there was. */
  readonly touches: number;
}

export function memoryFile(bytes: Uint8Array): MemoryFile {
  let content = Buffer.from(bytes);
  let touches = 0;
  const file: MemoryFile = {
    get size() {
      return content.length;
    },
    get touches() {
      return touches;
    },
    content: () => Buffer.from(content),
    read(offset, length) {
      requireRange(file, offset, length);
      return content.subarray(offset, offset + length);
    },
    write(offset, written) {
      requireRange(file, offset, written.length);
      touches++;
      content.set(written, offset);
    },
    grow(size) {
      if (size <= content.length) return;
      touches++;
      content = Buffer.concat([content, Buffer.alloc(size - content.length)]);
    },
  };
  return file;
}

/** All that a key says and what is below it, by path in lower case, one line a key and one a value. */
export function describeTree(root: Key): Map<string, string> {
  const lines = new Map<string, string>();
  const walk = (key: Key, path: string): void => {
    const security = key.securityDescriptor()?.toString('base64') ?? '';
    lines.set(path, `${key.name} ${key.lastWritten.toISOString()} ${key.className ?? ''} ${security}`);
    for (const value of key.values()) {
      lines.set(`${path} = ${value.name}`, `${value.type} ${value.data().toString('base64')}`);
    }
    for (const subkey of key.subkeys()) walk(subkey, `${path}\\${subkey.name}`);
  };
  walk(root, '');
  return lines;
}

/** Where two descriptions differ, in order. */
export function differences(before: Map<string, string>, after: Map<string, string>): string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((path) => before.get(path) !== after.get(path)).sort();
}

/** Names, types and data alone, as `listModel` lists them. */
export function listTree(root: Key): string[] {
  const lines: string[] = [];
  const walk = (key: Key, path: string): void => {
    lines.push(path);
    for (const value of key.values()) lines.push(lineOf(path, value.name, value.type, value.data()));
    for (const subkey of key.subkeys()) walk(subkey, path === '' ? subkey.name : `${path}\\${subkey.name}`);
  };
  walk(root, '');
  return lines.sort();
}
