import { fileTime } from './base-block.ts';
import type { Bins } from './cells.ts';
import { keyNode as at, keyFlags, nowhere } from './layout.ts';
import type { KeyLiteral } from './literal.ts';
import { compareNames, storedName, upperCased } from './names.ts';
import { plainDescriptor, type SecurityCells } from './security.ts';
import { type ListedKey, type SubkeyListKind, writeSubkeyList } from './subkey-lists.ts';
import { writeValues } from './values.ts';

/** What the keys of one hive have in common while it is being made. */
export interface KeyRoom {
  readonly bins: Bins;
  readonly security: SecurityCells;
  readonly bigData: boolean;
  readonly lists: SubkeyListKind;
  readonly lastWritten: Date;
}

/** Where a key hangs: its name, its parent's cell, and the descriptor that it has if it names none. */
export interface KeyPlace {
  readonly name: string;
  readonly parent: number;
  readonly inherited: Buffer;
  readonly flags: number;
}

/** The root: no parent to speak of, and not to be deleted. */
export function rootPlace(name: string): KeyPlace {
  return { name, parent: 0, inherited: plainDescriptor, flags: keyFlags.hiveEntry | keyFlags.noDelete };
}

/** Writes a key with all that lies below it, and gives its cell's offset. */
export function writeKey(room: KeyRoom, place: KeyPlace, key: KeyLiteral): number {
  const name = storedName(place.name);
  const { offset, bytes } = room.bins.allocate(at.name + name.bytes.length);
  const descriptor = key.security ?? place.inherited;
  bytes.write('nk', at.signature, 'latin1');
  bytes.writeUInt16LE(place.flags | (name.compressed ? keyFlags.compressedName : 0), at.flags);
  bytes.writeBigUInt64LE(fileTime(key.lastWritten ?? room.lastWritten), at.lastWritten);
  bytes.writeUInt32LE(place.parent, at.parent);
  bytes.writeUInt32LE(nowhere, at.volatileSubkeyList);
  bytes.writeUInt32LE(room.security.reference(descriptor), at.security);
  bytes.writeUInt16LE(name.bytes.length, at.nameLength);
  name.bytes.copy(bytes, at.name);
  writeClass(room, bytes, key.className);
  writeKeyValues(room, bytes, key);
  writeSubkeys(room, bytes, key, { name: '', parent: offset, inherited: descriptor, flags: 0 });
  return offset;
}

function writeClass(room: KeyRoom, node: Buffer, className: string | undefined): void {
  node.writeUInt32LE(nowhere, at.className);
  if (className === undefined) return;
  const text = Buffer.from(className, 'utf16le');
  const cell = room.bins.allocate(text.length);
  text.copy(cell.bytes);
  node.writeUInt32LE(cell.offset, at.className);
  node.writeUInt16LE(text.length, at.classLength);
}

function writeKeyValues(room: KeyRoom, node: Buffer, key: KeyLiteral): void {
  refuseTwins(Object.keys(key.values ?? {}), 'values');
  const values = writeValues(room, key.values ?? {});
  node.writeUInt32LE(values.count, at.valueCount);
  node.writeUInt32LE(values.list, at.valueList);
  node.writeUInt32LE(values.longestName, at.longestValueName);
  node.writeUInt32LE(values.longestData, at.longestValueData);
}

function writeSubkeys(room: KeyRoom, node: Buffer, key: KeyLiteral, place: KeyPlace): void {
  const subkeys = Object.entries(key.keys ?? {}).sort(([a], [b]) => compareNames(a, b));
  refuseTwins(
    subkeys.map(([name]) => name),
    'subkeys',
  );
  node.writeUInt32LE(subkeys.length, at.subkeyCount);
  node.writeUInt32LE(nowhere, at.subkeyList);
  if (subkeys.length === 0) return;
  const listed = subkeys.map(([name, subkey]): ListedKey => {
    return { name, offset: writeKey(room, { ...place, name }, subkey) };
  });
  node.writeUInt32LE(writeSubkeyList(room.bins, room.lists, listed), at.subkeyList);
  node.writeUInt32LE(Math.max(...subkeys.map(([name]) => name.length * 2)), at.longestSubkeyName);
  node.writeUInt32LE(longestClass(subkeys), at.longestSubkeyClass);
}

function longestClass(subkeys: readonly [string, KeyLiteral][]): number {
  return Math.max(...subkeys.map(([, subkey]) => (subkey.className ?? '').length * 2));
}

/** A literal whose names differ in case alone is a slip: Windows would see one of them. */
function refuseTwins(names: readonly string[], what: string): void {
  const seen = new Map<string, string>();
  for (const name of names) {
    const twin = seen.get(upperCased(name));
    if (twin !== undefined) throw new Error(`${what} "${twin}" and "${name}" differ in case alone`);
    seen.set(upperCased(name), name);
  }
}
