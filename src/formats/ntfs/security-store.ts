import { readSafeUInt64LE } from '../device.ts';
import { damaged } from '../errors.ts';
import type { MftFile } from './file.ts';
import { readDescriptor, type SdsReference } from './sds.ts';

/*
 * An entry of $Secure:$SII, whose key is the security id:
 *
 *   offset size
 *   0x00      2  offset of the data
 *   0x02      2  length of the data
 *
 * and its data: hash (4), security id (4), offset in $SDS (8), length of the entry there (4).
 */
const DATA_OFFSET = 0x00;
const DATA_LENGTH = 0x02;
const HASH = 0x00;
const ID = 0x04;
const OFFSET = 0x08;
const LENGTH = 0x10;
const DATA_SIZE = 0x14;

/** The security descriptors that a volume's files share. */
export interface SecurityStore {
  /** A copy of the descriptor with this id. Throws `FormatError` (damaged) where it is not to be had. */
  descriptor(id: number): Buffer;
}

/** The descriptors in $Secure, by the index $SII. */
export function securityStore(openSecure: () => MftFile): SecurityStore {
  return {
    descriptor(id) {
      const secure = openSecure();
      const entry = secure.index('$SII', (a, b) => idIn(a) - idIn(b)).find((key) => id - idIn(key));
      if (entry === undefined) throw damaged(`security descriptor ${id} is not in $Secure`);
      return readDescriptor(secure.open('$SDS'), parseReference(entry.bytes));
    },
  };
}

function idIn(key: Buffer): number {
  if (key.length < 4) throw damaged('$Secure has a key of $SII that is cut short');
  return key.readUInt32LE(0);
}

function parseReference(entry: Buffer): SdsReference {
  const start = entry.readUInt16LE(DATA_OFFSET);
  if (entry.readUInt16LE(DATA_LENGTH) < DATA_SIZE || start + DATA_SIZE > entry.length) {
    throw damaged('$Secure has an entry of $SII that is cut short');
  }
  const data = entry.subarray(start, start + DATA_SIZE);
  return {
    hash: data.readUInt32LE(HASH),
    id: data.readUInt32LE(ID),
    offset: readSafeUInt64LE(data, OFFSET, '$SII: offset in $SDS'),
    length: data.readUInt32LE(LENGTH),
  };
}
