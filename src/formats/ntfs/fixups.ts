import { damaged } from '../errors.ts';

/*
 * What begins every record that spans sectors (FILE, INDX, RSTR):
 *
 *   offset size
 *   0x00      4  signature
 *   0x04      2  offset of the update sequence array
 *   0x06      2  its words: the sequence number, then one saved word a stride
 *
 * On disk the last word of each stride holds the sequence number, so that a torn write shows.
 */
const ARRAY_OFFSET = 0x04;
const ARRAY_COUNT = 0x06;
const SMALLEST_STRIDE = 512;

/**
 * A copy of a record with the saved words put back. Throws `FormatError` (damaged), naming `what`, where
 * the signature is another, the array leaves the record, or the record was written only in part.
 */
export function withoutFixups(record: Buffer, signature: string, what: string): Buffer {
  const found = record.toString('latin1', 0, 4);
  if (found !== signature) throw damaged(`${what} begins ${shown(found)}, not ${signature}`);
  const array = record.readUInt16LE(ARRAY_OFFSET);
  const strides = record.readUInt16LE(ARRAY_COUNT) - 1;
  const stride = record.length / strides;
  if (strides < 1 || stride % SMALLEST_STRIDE !== 0 || array + 2 * (strides + 1) > record.length) {
    throw damaged(`${what} has an impossible update sequence array`);
  }
  const copy = Buffer.from(record);
  const sequenceNumber = record.readUInt16LE(array);
  for (let i = 1; i <= strides; i++) {
    const at = i * stride - 2;
    if (record.readUInt16LE(at) !== sequenceNumber) throw damaged(`${what} was written only in part`);
    copy.writeUInt16LE(record.readUInt16LE(array + 2 * i), at);
  }
  return copy;
}

/**
 * A record as it is to be written: the words saved, and the sequence number, one above the last, in their place. 0 and
 * 0xFFFF are left out, as Windows and NTFS-3G do. The opposite of `withoutFixups`, whose result it takes.
 */
export function withNextFixups(record: Buffer): Buffer {
  const array = record.readUInt16LE(ARRAY_OFFSET);
  const strides = record.readUInt16LE(ARRAY_COUNT) - 1;
  const last = record.readUInt16LE(array);
  const sequenceNumber = last >= 0xfffe ? 1 : last + 1;
  const copy = Buffer.from(record);
  copy.writeUInt16LE(sequenceNumber, array);
  for (let i = 1; i <= strides; i++) {
    const at = (i * record.length) / strides - 2;
    copy.writeUInt16LE(record.readUInt16LE(at), array + 2 * i);
    copy.writeUInt16LE(sequenceNumber, at);
  }
  return copy;
}

/** Quoted, or in hexadecimal where it is not all printable. */
function shown(text: string): string {
  return /^[ -~]*$/.test(text) ? JSON.stringify(text) : Buffer.from(text, 'latin1').toString('hex');
}
