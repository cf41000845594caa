// Offsets within a master boot record, and within an extended boot record, which has the same form.
const layout = {
  entries: 446, // four of 16 bytes
  entrySize: 16,
  signature: 510, // 55 AA
} as const;

// Offsets within one entry; the cylinder-head-sector addresses at 1 and 5 are not read.
const entryLayout = {
  status: 0, // u8: 0x80 active, 0x00 not
  type: 4, // u8
  start: 8, // u32, in sectors
  sectors: 12, // u32
} as const;

/** One of the four entries of a boot record. */
export interface BootRecordEntry {
  readonly status: number;
  readonly type: number;
  /** In sectors, from the disk's start or an extended partition's, as the place of the entry has it. */
  readonly start: number;
  readonly sectors: number;
}

/** Whether a sector ends in a boot record's signature; that of a volume does too. */
export function hasSignature(sector: Buffer): boolean {
  return sector.readUInt16BE(layout.signature) === 0x55aa;
}

/** The four entries of a boot record, the unused ones included. */
export function bootRecordEntries(sector: Buffer): BootRecordEntry[] {
  return [0, 1, 2, 3].map((slot) => {
    const at = layout.entries + slot * layout.entrySize;
    return {
      status: sector.readUInt8(at + entryLayout.status),
      type: sector.readUInt8(at + entryLayout.type),
      start: sector.readUInt32LE(at + entryLayout.start),
      sectors: sector.readUInt32LE(at + entryLayout.sectors),
    };
  });
}

/** Whether an entry describes nothing. */
export function isUnused(entry: BootRecordEntry): boolean {
  return entry.type === 0 || entry.sectors === 0;
}

/** Whether a sector has a boot record's signature and only status bytes that one may have. */
export function isBootRecord(sector: Buffer): boolean {
  return (
    hasSignature(sector) && bootRecordEntries(sector).every(({ status }) => status === 0 || status === 0x80)
  );
}

/** Whether a sector is a boot record with at least one partition in it, and no entry that makes no sense. */
export function hasPlausiblePartitions(sector: Buffer): boolean {
  if (!isBootRecord(sector)) return false;
  const used = bootRecordEntries(sector).filter((entry) => entry.type !== 0);
  return used.length > 0 && used.every((entry) => entry.start > 0 && entry.sectors > 0);
}
