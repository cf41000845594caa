/** An entry of a boot record; start and length in sectors. */
export interface RecordEntry {
  readonly type: number;
  readonly start: number;
  readonly sectors: number;
  readonly active?: boolean;
}

/** A master or extended boot record of 512 bytes, without boot code, with the given disk signature. */
export function writeBootRecord(entries: readonly RecordEntry[], diskSignature = 0): Buffer {
  const record = Buffer.alloc(512);
  record.writeUInt32LE(diskSignature, 440);
  entries.forEach((entry, slot) => {
    const at = 446 + slot * 16;
    record.writeUInt8(entry.active ? 0x80 : 0, at);
    // The highest cylinder, head and sector: the address is told by the 32-bit fields alone.
    record.set([0xfe, 0xff, 0xff], at + 1);
    record.writeUInt8(entry.type, at + 4);
    record.set([0xfe, 0xff, 0xff], at + 5);
    record.writeUInt32LE(entry.start, at + 8);
    record.writeUInt32LE(entry.sectors, at + 12);
  });
  record.writeUInt16BE(0x55aa, 510);
  return record;
}
