import { FIXUP_STRIDE } from './constants.ts';

/** Entries of an update sequence array: the number itself and a word for each stride. */
export function fixupCount(size: number): number {
  return size / FIXUP_STRIDE + 1;
}

/**
 * Protects a multi-sector structure in place: moves the last word of each 512 bytes into the update
 * sequence array at `arrayOffset` and puts `sequenceNumber` there instead.
 */
export function applyFixups(bytes: Buffer, arrayOffset: number, sequenceNumber: number): Buffer {
  bytes.writeUInt16LE(sequenceNumber, arrayOffset);
  for (let index = 1; index < fixupCount(bytes.length); index++) {
    const tail = index * FIXUP_STRIDE - 2;
    bytes.writeUInt16LE(bytes.readUInt16LE(tail), arrayOffset + index * 2);
    bytes.writeUInt16LE(sequenceNumber, tail);
  }
  return bytes;
}
