import { readSafeUInt64LE } from '../device.ts';
import { damaged } from '../errors.ts';

/*
 * $FILE_NAME, which is also the key of a directory's index:
 *
 *   offset size
 *   0x30      8  size of the unnamed stream
 *   0x38      4  file attributes, and two flags of its own above them
 *   0x40      1  length of name, UTF-16
 *   0x41      1  namespace
 *   0x42         name
 */
const DATA_SIZE = 0x30;
const FILE_ATTRIBUTES = 0x38;
const NAME_LENGTH = 0x40;
const NAMESPACE = 0x41;
const NAME = 0x42;

const HAS_FILE_NAME_INDEX = 0x1000_0000;
const DOS_NAMESPACE = 2;

export interface FileName {
  readonly name: string;
  readonly isDirectory: boolean;
  /** Only the short (8.3) form of another name. */
  readonly isShort: boolean;
  readonly size: number;
}

/** Just the name in a $FILE_NAME value, for comparisons. Throws `FormatError` (damaged), naming `what`. */
export function nameIn(value: Buffer, what: string): string {
  const end = value.length < NAME ? Number.POSITIVE_INFINITY : NAME + 2 * value.readUInt8(NAME_LENGTH);
  if (end > value.length) throw damaged(`${what} has a file name that is cut short`);
  return value.toString('utf16le', NAME, end);
}

/** A $FILE_NAME value. Throws `FormatError` (damaged), naming `what`. */
export function parseFileName(value: Buffer, what: string): FileName {
  const name = nameIn(value, what);
  return {
    name,
    isDirectory: (value.readUInt32LE(FILE_ATTRIBUTES) & HAS_FILE_NAME_INDEX) !== 0,
    isShort: value.readUInt8(NAMESPACE) === DOS_NAMESPACE,
    size: readSafeUInt64LE(value, DATA_SIZE, `${what}: size in a file name`),
  };
}
