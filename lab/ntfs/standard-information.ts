import { putFields } from './fields.ts';

/** The value of $STANDARD_INFORMATION. */
const STANDARD_INFORMATION = {
  created: [0x00, 8],
  modified: [0x08, 8],
  recordChanged: [0x10, 8],
  accessed: [0x18, 8],
  attributes: [0x20, 4],
  /** From here on since NTFS 3.0. */
  ownerId: [0x30, 4],
  securityId: [0x34, 4],
  quotaCharged: [0x38, 8],
  updateSequenceNumber: [0x40, 8],
} as const;
const OLD_SIZE = 0x30;
const SIZE = 0x48;

/** Bytes of the value, which is shorter where the file's descriptor does not lie in $Secure. */
export function standardInformationLength(hasSecurityId: boolean): number {
  return hasSecurityId ? SIZE : OLD_SIZE;
}

/** In the short form of NTFS 1.2 where `securityId` is null: the descriptor is then the file's own. */
export function encodeStandardInformation(
  time: bigint,
  attributes: number,
  securityId: number | null,
): Buffer {
  const bytes = Buffer.alloc(standardInformationLength(securityId !== null));
  const times = { created: time, modified: time, recordChanged: time, accessed: time };
  putFields(bytes, 0, STANDARD_INFORMATION, { ...times, attributes });
  return securityId === null ? bytes : putFields(bytes, 0, STANDARD_INFORMATION, { securityId });
}
