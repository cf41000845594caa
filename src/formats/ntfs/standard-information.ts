import { damaged } from '../errors.ts';
import { fileTimeOf } from '../file-time.ts';

/*
 * $STANDARD_INFORMATION; before NTFS 3.0 it stops at 0x30:
 *
 *   offset size
 *   0x08      8  last written, in 100 ns since 1601
 *   0x20      4  file attributes
 *   0x34      4  security id; 0 for none
 */
const MODIFIED = 0x08;
const FILE_ATTRIBUTES = 0x20;
const SECURITY_ID = 0x34;
const SMALLEST_SIZE = 0x30;

const FILE_ATTRIBUTE_COMPRESSED = 0x0800;
const FILE_ATTRIBUTE_ENCRYPTED = 0x4000;

export interface StandardInformation {
  readonly modified: Date;
  readonly isCompressed: boolean;
  readonly isEncrypted: boolean;
  /** The key of the file's descriptor in $Secure; 0 where it has none there. */
  readonly securityId: number;
}

/** A $STANDARD_INFORMATION value. Throws `FormatError` (damaged), naming `what`. */
export function parseStandardInformation(value: Buffer, what: string): StandardInformation {
  if (value.length < SMALLEST_SIZE) {
    throw damaged(`${what} has standard information of ${value.length} bytes`);
  }
  const attributes = value.readUInt32LE(FILE_ATTRIBUTES);
  return {
    modified: fileTimeOf(value.readBigUInt64LE(MODIFIED)),
    isCompressed: (attributes & FILE_ATTRIBUTE_COMPRESSED) !== 0,
    isEncrypted: (attributes & FILE_ATTRIBUTE_ENCRYPTED) !== 0,
    securityId: value.length < SECURITY_ID + 4 ? 0 : value.readUInt32LE(SECURITY_ID),
  };
}
