import { damaged } from '../../errors.ts';
import { SECURITY_DESCRIPTOR, STANDARD_INFORMATION } from '../attribute.ts';
import type { FileEdit } from './file-edit.ts';
import { refused } from './refused.ts';

/*
 * $STANDARD_INFORMATION, in 100 ns since 1601:
 *
 *   offset size
 *   0x08      8  last written
 *   0x10      8  record last changed
 *   0x34      4  security id, since NTFS 3.0
 */
const MODIFIED = 0x08;
const RECORD_CHANGED = 0x10;
const SECURITY_ID = 0x34;
const SIZE_SINCE_3_0 = 0x48;
const SMALLEST_SIZE = 0x30;

/** The times of a change, in 100 ns since 1601; what is left out stays. */
export interface ChangeTimes {
  readonly modified?: bigint;
  readonly recordChanged?: bigint;
}

/** A view of the value in the record. Throws `FormatError` (damaged). */
function standardInformation(file: FileEdit): Buffer {
  const attribute = file.places(STANDARD_INFORMATION)[0]?.attribute;
  if (attribute?.resident !== true || attribute.value.length < SMALLEST_SIZE) {
    throw damaged(`${file.what} has no standard information`);
  }
  return attribute.value;
}

/** Puts times into a file's record. */
export function setTimes(file: FileEdit, { modified, recordChanged }: ChangeTimes): void {
  const value = standardInformation(file);
  if (modified !== undefined) value.writeBigUInt64LE(modified, MODIFIED);
  if (recordChanged !== undefined) value.writeBigUInt64LE(recordChanged, RECORD_CHANGED);
}

/** Gives a file another descriptor of $Secure; answers whether it had another. Throws `FormatError` (unsupported). */
export function setSecurityId(file: FileEdit, id: number): boolean {
  const value = standardInformation(file);
  if (value.length < SIZE_SINCE_3_0 || file.places(SECURITY_DESCRIPTOR).length > 0) {
    throw refused(
      `${file.what} keeps its security descriptor itself, as before NTFS 3.0; set its permissions in Windows once`,
    );
  }
  if (value.readUInt32LE(SECURITY_ID) === id) return false;
  value.writeUInt32LE(id, SECURITY_ID);
  return true;
}
