import { readSafeUInt64LE } from '../device.ts';
import { damaged } from '../errors.ts';

/*
 * An attribute in a file record:
 *
 *   offset size                          resident                 non-resident
 *   0x00      4  type; 0xFFFFFFFF ends   0x10 4 length of value   0x10 8 first VCN of this extent
 *   0x04      4  length of all           0x14 2 offset of value   0x18 8 last VCN
 *   0x08      1  0 resident, 1 not                                0x20 2 offset of the mapping pairs
 *   0x09      1  length of name, UTF-16                           0x22 1 compression unit, log2 of clusters
 *   0x0A      2  offset of name                                   0x28 8 allocated size
 *   0x0C      2  flags                                            0x30 8 data size
 *   0x0E      2  id                                               0x38 8 valid data length
 */
const TYPE = 0x00;
const LENGTH = 0x04;
const NON_RESIDENT = 0x08;
const NAME_LENGTH = 0x09;
const NAME_OFFSET = 0x0a;
const FLAGS = 0x0c;
const ID = 0x0e;
const VALUE_LENGTH = 0x10;
const VALUE_OFFSET = 0x14;
const RESIDENT_HEADER_SIZE = 0x18;
const FIRST_VCN = 0x10;
const MAPPING_PAIRS_OFFSET = 0x20;
const COMPRESSION_UNIT = 0x22;
const DATA_SIZE = 0x30;
const VALID_DATA_LENGTH = 0x38;
const NON_RESIDENT_HEADER_SIZE = 0x40;

const END_OF_ATTRIBUTES = 0xffffffff;

export const STANDARD_INFORMATION = 0x10;
export const ATTRIBUTE_LIST = 0x20;
export const FILE_NAME = 0x30;
export const SECURITY_DESCRIPTOR = 0x50;
export const VOLUME_NAME = 0x60;
export const VOLUME_INFORMATION = 0x70;
export const DATA = 0x80;
export const INDEX_ROOT = 0x90;
export const INDEX_ALLOCATION = 0xa0;
export const REPARSE_POINT = 0xc0;

export const COMPRESSION_MASK = 0x00ff;
export const ENCRYPTED = 0x4000;
export const SPARSE = 0x8000;

interface AttributeHead {
  readonly type: number;
  readonly name: string;
  readonly flags: number;
  readonly id: number;
}

/** An attribute whose value lies in the file record itself. */
export interface ResidentAttribute extends AttributeHead {
  readonly resident: true;
  readonly value: Buffer;
}

/** One extent of an attribute whose value lies in clusters; the sizes count only in the extent at VCN 0. */
export interface NonResidentAttribute extends AttributeHead {
  readonly resident: false;
  readonly firstVcn: number;
  readonly mappingPairs: Buffer;
  /** log2 of the clusters of a compression unit; 0 for none. */
  readonly compressionUnit: number;
  readonly dataSize: number;
  readonly validDataLength: number;
}

export type Attribute = ResidentAttribute | NonResidentAttribute;

/**
 * The attributes of a file record from `start` to their end mark. Throws `FormatError` (damaged), naming
 * `what`, also where there is no mark: what came behind is then unknown.
 */
export function parseAttributes(record: Buffer, start: number, what: string): Attribute[] {
  const attributes: Attribute[] = [];
  let at = start;
  for (;;) {
    if (at + 4 > record.length) throw damaged(`${what} has attributes without an end`);
    if (record.readUInt32LE(at + TYPE) === END_OF_ATTRIBUTES) return attributes;
    const room = record.length - at;
    const length = room < RESIDENT_HEADER_SIZE ? 0 : record.readUInt32LE(at + LENGTH);
    if (length < RESIDENT_HEADER_SIZE || length > room) {
      throw damaged(`${what} has an attribute of ${length} bytes at ${at}`);
    }
    attributes.push(parseAttribute(record.subarray(at, at + length), what));
    at += length;
  }
}

function parseAttribute(bytes: Buffer, what: string): Attribute {
  const nameStart = bytes.readUInt16LE(NAME_OFFSET);
  const nameEnd = nameStart + 2 * bytes.readUInt8(NAME_LENGTH);
  const head = {
    type: bytes.readUInt32LE(TYPE),
    name: nameEnd === nameStart ? '' : part(bytes, nameStart, nameEnd, what).toString('utf16le'),
    flags: bytes.readUInt16LE(FLAGS),
    id: bytes.readUInt16LE(ID),
  };
  return bytes.readUInt8(NON_RESIDENT) === 0
    ? { ...head, resident: true, value: residentValue(bytes, what) }
    : { ...head, resident: false, ...nonResidentPart(bytes, what) };
}

function residentValue(bytes: Buffer, what: string): Buffer {
  const start = bytes.readUInt16LE(VALUE_OFFSET);
  return part(bytes, start, start + bytes.readUInt32LE(VALUE_LENGTH), what);
}

function nonResidentPart(
  bytes: Buffer,
  what: string,
): Omit<NonResidentAttribute, keyof AttributeHead | 'resident'> {
  if (bytes.length < NON_RESIDENT_HEADER_SIZE) throw damaged(`${what} has an attribute that stops too early`);
  const firstVcn = readSafeUInt64LE(bytes, FIRST_VCN, `${what}: first VCN`);
  const pairs = bytes.readUInt16LE(MAPPING_PAIRS_OFFSET);
  return {
    firstVcn,
    mappingPairs: part(bytes, pairs, bytes.length, what),
    compressionUnit: bytes.readUInt8(COMPRESSION_UNIT),
    dataSize: firstVcn === 0 ? readSafeUInt64LE(bytes, DATA_SIZE, `${what}: size`) : 0,
    validDataLength:
      firstVcn === 0 ? readSafeUInt64LE(bytes, VALID_DATA_LENGTH, `${what}: valid data length`) : 0,
  };
}

function part(bytes: Buffer, start: number, end: number, what: string): Buffer {
  if (end > bytes.length || start > end) {
    throw damaged(`${what} has an attribute that reaches past its own end`);
  }
  return bytes.subarray(start, end);
}
