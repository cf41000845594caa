import { type Device, readSafeUInt64LE } from '../device.ts';
import { damaged } from '../errors.ts';
import { type FileReference, readReference } from './file-record.ts';

/*
 * An entry of $ATTRIBUTE_LIST, for a file whose attributes do not fit one record:
 *
 *   offset size
 *   0x00      4  attribute's type
 *   0x04      2  length of the entry
 *   0x06      1  length of name, UTF-16
 *   0x07      1  offset of name
 *   0x08      8  first VCN of the extent
 *   0x10      8  reference to the record that holds it
 *   0x18      2  attribute's id in that record
 */
const TYPE = 0x00;
const LENGTH = 0x04;
const NAME_LENGTH = 0x06;
const NAME_OFFSET = 0x07;
const FIRST_VCN = 0x08;
const REFERENCE = 0x10;
const ID = 0x18;
const SMALLEST_ENTRY = 0x1a;

/** Windows allows 256 KiB. */
const MAX_LIST_SIZE = 1024 * 1024;

/** Where one extent of one attribute is to be found. */
export interface AttributeListEntry {
  readonly type: number;
  readonly name: string;
  readonly firstVcn: number;
  readonly record: FileReference;
  readonly id: number;
}

/** The entries of an attribute list. Throws `FormatError` (damaged), naming `what`. */
export function parseAttributeList(list: Device, what: string): AttributeListEntry[] {
  if (list.size > MAX_LIST_SIZE) throw damaged(`${what} has an attribute list of ${list.size} bytes`);
  const bytes = list.read(0, list.size);
  const entries: AttributeListEntry[] = [];
  for (let at = 0; at + SMALLEST_ENTRY <= bytes.length; ) {
    const length = bytes.readUInt16LE(at + LENGTH);
    if (length < SMALLEST_ENTRY || at + length > bytes.length) {
      throw damaged(`${what} has an attribute list entry of ${length} bytes at ${at}`);
    }
    entries.push(parseEntry(bytes.subarray(at, at + length), what));
    at += length;
  }
  return entries;
}

function parseEntry(entry: Buffer, what: string): AttributeListEntry {
  const nameStart = entry.readUInt8(NAME_OFFSET);
  const nameEnd = nameStart + 2 * entry.readUInt8(NAME_LENGTH);
  if (nameEnd > nameStart && nameEnd > entry.length) {
    throw damaged(`${what} has a name past its attribute list entry`);
  }
  return {
    type: entry.readUInt32LE(TYPE),
    name: nameEnd === nameStart ? '' : entry.toString('utf16le', nameStart, nameEnd),
    firstVcn: readSafeUInt64LE(entry, FIRST_VCN, `${what}: first VCN in the attribute list`),
    record: readReference(entry, REFERENCE),
    id: entry.readUInt16LE(ID),
  };
}
