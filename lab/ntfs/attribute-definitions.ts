import { ATTRIBUTE } from './constants.ts';
import { type FieldTable, putFields, utf16 } from './fields.ts';

/** An entry of $AttrDef; its name has 64 characters of room before these. */
const DEFINITION = {
  type: [0x80, 4],
  flags: [0x8c, 4],
  shortest: [0x90, 8],
  longest: [0x98, 8],
} as const satisfies FieldTable;
const DEFINITION_SIZE = 0xa0;

/** Names are indexed; the value must be resident; the change of a non-resident value is logged. */
const INDEXED = 0x02;
const RESIDENT = 0x40;
const LOGGED = 0x80;

const ANY = -1;

/** As Windows writes it for NTFS 3.1: name, type, flags, shortest and longest value in bytes. */
const definitions: readonly (readonly [string, number, number, number, number])[] = [
  ['$STANDARD_INFORMATION', ATTRIBUTE.STANDARD_INFORMATION, RESIDENT, 0x30, 0x48],
  ['$ATTRIBUTE_LIST', ATTRIBUTE.ATTRIBUTE_LIST, LOGGED, 0, ANY],
  ['$FILE_NAME', ATTRIBUTE.FILE_NAME, RESIDENT | INDEXED, 0x44, 0x242],
  ['$OBJECT_ID', ATTRIBUTE.OBJECT_ID, RESIDENT, 0, 0x100],
  ['$SECURITY_DESCRIPTOR', ATTRIBUTE.SECURITY_DESCRIPTOR, LOGGED, 0, ANY],
  ['$VOLUME_NAME', ATTRIBUTE.VOLUME_NAME, RESIDENT, 2, 0x100],
  ['$VOLUME_INFORMATION', ATTRIBUTE.VOLUME_INFORMATION, RESIDENT, 12, 12],
  ['$DATA', ATTRIBUTE.DATA, 0, 0, ANY],
  ['$INDEX_ROOT', ATTRIBUTE.INDEX_ROOT, RESIDENT, 0, ANY],
  ['$INDEX_ALLOCATION', ATTRIBUTE.INDEX_ALLOCATION, LOGGED, 0, ANY],
  ['$BITMAP', ATTRIBUTE.BITMAP, LOGGED, 0, ANY],
  ['$REPARSE_POINT', ATTRIBUTE.REPARSE_POINT, LOGGED, 0, 0x4000],
  ['$EA_INFORMATION', 0xd0, RESIDENT, 8, 8],
  ['$EA', 0xe0, 0, 0, 0x1_0000],
  ['$LOGGED_UTILITY_STREAM', 0x100, LOGGED, 0, 0x1_0000],
];

/** The contents of $AttrDef; an empty entry closes it. */
export function encodeAttributeDefinitions(): Buffer {
  const bytes = Buffer.alloc((definitions.length + 1) * DEFINITION_SIZE);
  for (const [index, [name, type, flags, shortest, longest]] of definitions.entries()) {
    const at = index * DEFINITION_SIZE;
    utf16(name).copy(bytes, at);
    putFields(bytes, at, DEFINITION, { type, flags, shortest, longest });
  }
  return bytes;
}
