import { damaged } from '../../errors.ts';
import { FILE_NAME } from '../attribute.ts';
import { nameIn } from '../file-name.ts';
import { readReference } from '../file-record.ts';
import type { NodeEntry } from '../index-node.ts';
import type { CompareNames } from '../upcase.ts';
import { type FileEdit, fileEdit, type VolumeEdit } from './file-edit.ts';
import { indexEdit } from './index-edit.ts';

/*
 * $FILE_NAME, where it repeats what the file's record knows:
 *
 *   offset size
 *   0x00      8  reference to the directory
 *   0x10      8  last written
 *   0x18      8  record last changed
 *   0x28      8  allocated size of the unnamed stream
 *   0x30      8  size of it
 */
const PARENT = 0x00;
const MODIFIED = 0x10;
const RECORD_CHANGED = 0x18;
const ALLOCATED_SIZE = 0x28;
const DATA_SIZE = 0x30;

/** In an index entry: the file's reference, and the key, which is a $FILE_NAME. */
const KEY = 0x10;
const NAME_INDEX = '$I30';

/** What a directory is to repeat of a file; what is left out stays. Times in 100 ns since 1601. */
export interface RepeatedInformation {
  readonly modified?: bigint;
  readonly recordChanged?: bigint;
  readonly allocated?: number;
  readonly size?: number;
}

/**
 * Puts what has changed of a file into the directory entries of all its names. The $FILE_NAME attributes in the record itself
 * stay: Windows brings them up to date only when a file is renamed. Throws `FormatError` (damaged) where a name is not in
 * its directory.
 */
export function repeatInDirectories(
  volume: VolumeEdit,
  file: FileEdit,
  compareNames: CompareNames,
  information: RepeatedInformation,
): void {
  for (const { attribute } of file.places(FILE_NAME)) {
    if (!attribute.resident) throw damaged(`${file.what} keeps a name outside its record`);
    const name = nameIn(attribute.value, file.what);
    const directory = fileEdit(volume, readReference(attribute.value, PARENT));
    repeatIn(volume, directory, file, name, compareNames, information);
  }
}

function repeatIn(
  volume: VolumeEdit,
  directory: FileEdit,
  file: FileEdit,
  name: string,
  compareNames: CompareNames,
  information: RepeatedInformation,
): void {
  const nameOf = (key: Buffer) => nameIn(key, directory.what);
  const index = indexEdit(volume, directory, NAME_INDEX, (a, b) => compareNames(nameOf(a), nameOf(b)));
  for (const entry of index.range((key) => compareNames(name, nameOf(key)))) {
    if (nameOf(entry.key) !== name || readReference(entry.bytes, 0).recordNumber !== file.base.number)
      continue;
    put(entry, information);
    index.save();
    return;
  }
  throw damaged(`${file.what} is not in its directory as ${JSON.stringify(name)}`);
}

function put({ bytes }: NodeEntry, { modified, recordChanged, allocated, size }: RepeatedInformation): void {
  if (modified !== undefined) bytes.writeBigUInt64LE(modified, KEY + MODIFIED);
  if (recordChanged !== undefined) bytes.writeBigUInt64LE(recordChanged, KEY + RECORD_CHANGED);
  if (allocated !== undefined) bytes.writeBigUInt64LE(BigInt(allocated), KEY + ALLOCATED_SIZE);
  if (size !== undefined) bytes.writeBigUInt64LE(BigInt(size), KEY + DATA_SIZE);
}
