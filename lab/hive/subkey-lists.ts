import type { Bins } from './cells.ts';
import { subkeyList as at } from './layout.ts';
import { nameHash, storedName } from './names.ts';

/** The kinds of subkey list; `ri` is a list of lists. */
export type SubkeyListKind = 'lf' | 'lh' | 'li' | 'ri';

/** A subkey as a list has it. */
export interface ListedKey {
  readonly name: string;
  readonly offset: number;
}

/** Entries that fit one list's cell in a bin of 4096 bytes; Windows begins an `ri` beyond that. */
const mostEntries = { lf: 507, lh: 507, li: 1014 } as const;

/** How long the lists under a forced `ri` are: short, so that few keys make several. */
const forcedLeafLength = 2;

/** Writes the list of `keys`, which are sorted, and gives its offset. */
export function writeSubkeyList(bins: Bins, kind: SubkeyListKind, keys: readonly ListedKey[]): number {
  const leafKind = kind === 'ri' ? 'lh' : kind;
  const length = kind === 'ri' ? forcedLeafLength : mostEntries[leafKind];
  if (kind !== 'ri' && keys.length <= length) return writeLeaf(bins, leafKind, keys);
  const leaves: number[] = [];
  for (let from = 0; from < keys.length; from += length) {
    leaves.push(writeLeaf(bins, leafKind, keys.slice(from, from + length)));
  }
  return writeOffsets(bins, 'ri', leaves);
}

function writeLeaf(bins: Bins, kind: 'lf' | 'lh' | 'li', keys: readonly ListedKey[]): number {
  if (kind === 'li')
    return writeOffsets(
      bins,
      'li',
      keys.map((key) => key.offset),
    );
  const { offset, bytes } = bins.allocate(at.entries + keys.length * 8);
  bytes.write(kind, at.signature, 'latin1');
  bytes.writeUInt16LE(keys.length, at.count);
  for (const [index, key] of keys.entries()) {
    bytes.writeUInt32LE(key.offset, at.entries + index * 8);
    bytes.writeUInt32LE(kind === 'lh' ? nameHash(key.name) : nameHint(key.name), at.entries + index * 8 + 4);
  }
  return offset;
}

function writeOffsets(bins: Bins, signature: 'li' | 'ri', offsets: readonly number[]): number {
  const { offset, bytes } = bins.allocate(at.entries + offsets.length * 4);
  bytes.write(signature, at.signature, 'latin1');
  bytes.writeUInt16LE(offsets.length, at.count);
  for (const [index, entry] of offsets.entries()) bytes.writeUInt32LE(entry, at.entries + index * 4);
  return offset;
}

/** The first four characters in an `lf` entry; none where the name is not Latin-1. */
function nameHint(name: string): number {
  const { bytes, compressed } = storedName(name);
  if (!compressed) return 0;
  return Buffer.concat([bytes, Buffer.alloc(4)]).readUInt32LE(0);
}
