import { type KeyLiteral, type StoredValue, storedValue } from './literal.ts';

/** All that a hive says: each key's path, and its values by name. The root's path is empty. */
export type HiveContents = Map<string, Map<string, StoredValue>>;

/** What a literal says, for comparing with what another program reads from the hive made of it. */
export function contentsOf(root: KeyLiteral): HiveContents {
  const contents: HiveContents = new Map();
  function add(path: string, key: KeyLiteral): void {
    const values = Object.entries(key.values ?? {}).map(
      ([name, value]) => [name, storedValue(value)] as const,
    );
    contents.set(path, new Map(values));
    for (const [name, subkey] of Object.entries(key.keys ?? {})) {
      add(path === '' ? name : `${path}\\${name}`, subkey);
    }
  }
  add('', root);
  return contents;
}

/** Reads what `hivexregedit --export <hive> '\'` prints. Throws `Error` for a line that it cannot be. */
export function readExport(text: Buffer): HiveContents {
  const contents: HiveContents = new Map();
  let values = new Map<string, StoredValue>();
  for (const bytes of lines(text)) {
    const line = decoded(bytes);
    if (line === '' || line.startsWith('Windows Registry Editor')) continue;
    const key = /^\[\\(.*)\]$/s.exec(line);
    if (key) {
      values = new Map();
      contents.set(key[1] ?? '', values);
    } else {
      values.set(...readValue(line));
    }
  }
  return contents;
}

function readValue(line: string): [string, StoredValue] {
  const parts = /^(?:@|"((?:[^"\\]|\\.)*)")=(?:dword:([0-9a-f]{8})|hex\(([0-9a-f]+)\):([0-9a-f,]*))$/s.exec(
    line,
  );
  if (!parts) throw new Error(`no line of an export: ${line.slice(0, 80)}`);
  const [, name = '', dword, type = '', hex = ''] = parts;
  const plainName = name.replaceAll(/\\(.)/gs, '$1');
  if (dword !== undefined) return [plainName, { type: 4, data: Buffer.from(dword, 'hex').reverse() }];
  return [plainName, { type: Number.parseInt(type, 16), data: Buffer.from(hex.replaceAll(',', ''), 'hex') }];
}

function* lines(text: Buffer): Generator<Buffer> {
  let start = 0;
  for (let end = text.indexOf(10); end !== -1; end = text.indexOf(10, start)) {
    yield text.subarray(start, end);
    start = end + 1;
  }
}

/** The program writes a line in UTF-8 only where a character is beyond Latin-1. */
function decoded(line: Buffer): string {
  const text = line.toString('utf8');
  return text.includes('\ufffd') ? line.toString('latin1') : text;
}
