import { malformed } from '../errors.ts';
import type { ByteReader } from './byte-reader.ts';
import { hexByte } from './hex.ts';

/** The tags of X.690 that MCS Connect uses. */
export const berTag = {
  boolean: 0x01,
  integer: 0x02,
  octetString: 0x04,
  enumerated: 0x0a,
  sequence: 0x30,
} as const;

/**
 * The contents of the element that comes next. A length in more than four bytes or in the indefinite form is refused:
 * MS-RDPBCGR 2.2.1.3 has definite lengths alone. Throws `WireError`.
 */
export function takeBer(reader: ByteReader, tag: readonly number[], field: string): Buffer {
  for (const expected of tag) {
    const found = reader.uint8(field);
    if (found !== expected) {
      throw malformed(`${field} has BER tag ${hexByte(found)}, where ${hexByte(expected)} was to come`);
    }
  }
  return reader.take(takeLength(reader, field), field);
}

function takeLength(reader: ByteReader, field: string): number {
  const first = reader.uint8(field);
  if (first < 0x80) return first;
  const size = first & 0x7f;
  if (size === 0 || size > 4) throw malformed(`${field} has its BER length in ${size} bytes`);
  return reader.take(size, field).readUIntBE(0, size);
}

/** An INTEGER or ENUMERATED of at most four bytes, taken as unsigned: Microsoft writes 65535 as `ff ff`. */
export function takeBerNumber(
  reader: ByteReader,
  tag: typeof berTag.integer | typeof berTag.enumerated,
  field: string,
): number {
  const contents = takeBer(reader, [tag], field);
  if (contents.length === 0 || contents.length > 4) throw malformed(`${field} has ${contents.length} bytes`);
  return contents.readUIntBE(0, contents.length);
}

/** An element with a definite length, in the short form where it fits, else in two bytes. Below 64 KiB only. */
export function makeBer(tag: readonly number[], contents: Uint8Array): Buffer {
  const { length } = contents;
  const sizes = length < 0x80 ? [length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([...tag, ...sizes]), contents]);
}

/** An INTEGER below 65536, as Microsoft writes it: in two bytes without a zero before them. */
export function makeBerInteger(value: number): Buffer {
  const contents = value < 0x100 ? Buffer.of(value) : Buffer.of(value >> 8, value & 0xff);
  return makeBer([berTag.integer], contents);
}
