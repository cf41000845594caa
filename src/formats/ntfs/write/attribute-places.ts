import { damaged } from '../../errors.ts';
import { type Attribute, parseAttributes } from '../attribute.ts';
import { type EditableRecord, recordIsFull } from './record-table.ts';

/*
 * Of a file record's header:
 *
 *   offset size
 *   0x14      2  offset of the first attribute
 *   0x18      4  bytes in use, end mark and its padding included
 *   0x28      2  id for the next attribute
 */
const FIRST_ATTRIBUTE = 0x14;
const BYTES_IN_USE = 0x18;
const NEXT_ATTRIBUTE_ID = 0x28;

/** Of an attribute: its length over all, which is a multiple of 8, and its id. */
const ATTRIBUTE_LENGTH = 0x04;
const ATTRIBUTE_ID = 0x0e;

/** An attribute and where it lies in its record; it holds until the record is spliced. */
export interface AttributePlace {
  readonly record: EditableRecord;
  readonly at: number;
  readonly length: number;
  readonly attribute: Attribute;
}

/** What attributes are aligned to. */
export function aligned(length: number): number {
  return Math.ceil(length / 8) * 8;
}

/** Every attribute in a record, in its order. Throws `FormatError` (damaged). */
export function attributePlaces(record: EditableRecord): AttributePlace[] {
  const { bytes, number } = record;
  let at = bytes.readUInt16LE(FIRST_ATTRIBUTE);
  const used = bytes.subarray(0, bytes.readUInt32LE(BYTES_IN_USE));
  return parseAttributes(used, at, `file record ${number}`).map((attribute) => {
    const length = bytes.readUInt32LE(at + ATTRIBUTE_LENGTH);
    const place = { record, at, length, attribute };
    at += length;
    return place;
  });
}

/** The attribute's own bytes, to be changed in place. */
export function bytesAt({ record, at, length }: AttributePlace): Buffer {
  return record.bytes.subarray(at, at + length);
}

/** The bytes that a record could still take. */
export function freeBytes({ bytes }: EditableRecord): number {
  return bytes.length - bytes.readUInt32LE(BYTES_IN_USE);
}

/** Puts other bytes, of any length, in an attribute's place. Throws `FormatError` (unsupported) where they have no room. */
export function replaceAttribute(place: AttributePlace, replacement: Buffer): void {
  splice(place.record, place.at, place.length, replacement);
}

/** Adds an attribute in its order, by type and then by name, under the record's next id. Throws `FormatError` (unsupported). */
export function addAttribute(
  record: EditableRecord,
  attribute: Buffer,
  key: { readonly type: number; readonly name: string },
): void {
  const places = attributePlaces(record);
  const next = places.find(
    ({ attribute: { type, name } }) => type > key.type || (type === key.type && name > key.name),
  );
  const last = places.at(-1);
  const at =
    next?.at ?? (last === undefined ? record.bytes.readUInt16LE(FIRST_ATTRIBUTE) : last.at + last.length);
  const id = record.bytes.readUInt16LE(NEXT_ATTRIBUTE_ID);
  if (places.some((place) => place.attribute.id === id) || id === 0xffff) {
    throw damaged(`file record ${record.number} has no free id for an attribute`);
  }
  const added = Buffer.from(attribute);
  added.writeUInt16LE(id, ATTRIBUTE_ID);
  splice(record, at, 0, added);
  record.bytes.writeUInt16LE(id + 1, NEXT_ATTRIBUTE_ID);
}

/** Everything behind moves; what the record no longer uses becomes zeros. */
function splice({ bytes, number }: EditableRecord, at: number, removed: number, added: Buffer): void {
  const used = bytes.readUInt32LE(BYTES_IN_USE);
  const usedAfter = used - removed + added.length;
  if (usedAfter > bytes.length) throw recordIsFull(number);
  bytes.copyWithin(at + added.length, at + removed, used);
  added.copy(bytes, at);
  if (usedAfter < used) bytes.fill(0, usedAfter, used);
  bytes.writeUInt32LE(usedAfter, BYTES_IN_USE);
}
