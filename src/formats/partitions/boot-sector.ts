import { hasPlausiblePartitions, hasSignature } from './boot-record.ts';
import type { SectorSize } from './table.ts';

/** Signatures in the OEM field, at 3, of volumes whose sector 0 cannot be a partition table's. */
const oemSignatures = ['NTFS    ', '-FVE-FS-', 'EXFAT   ', 'ReFS\0\0\0\0'];

// The BIOS parameter block of FAT, as Microsoft's FAT specification 1.03 lays it out.
const bpb = {
  bytesPerSector: 0x0b, // u16
  sectorsPerCluster: 0x0d, // u8
  reservedSectors: 0x0e, // u16
  fats: 0x10, // u8
  media: 0x15, // u8
} as const;

/**
 * The volume that begins at the disk's first byte, if there is one: its boot sector ends in 55 AA as an MBR
 * does, and where the MBR's entries would be it has code or text.
 */
export function volumeAtZero(first: Buffer): { sectorSize: SectorSize } | undefined {
  const oem = first.toString('latin1', 3, 11);
  if (!oemSignatures.includes(oem) && !isFat(first)) return undefined;
  return { sectorSize: first.readUInt16LE(bpb.bytesPerSector) === 4096 ? 4096 : 512 };
}

/** Whether a sector is FAT's boot sector and not the MBR of a disk whose boot loader keeps such a block. */
function isFat(first: Buffer): boolean {
  const bytesPerSector = first.readUInt16LE(bpb.bytesPerSector);
  const sectorsPerCluster = first.readUInt8(bpb.sectorsPerCluster);
  const jump = first.readUInt8(0);
  return (
    hasSignature(first) &&
    (jump === 0xeb || jump === 0xe9) &&
    [512, 1024, 2048, 4096].includes(bytesPerSector) &&
    sectorsPerCluster > 0 &&
    (sectorsPerCluster & (sectorsPerCluster - 1)) === 0 &&
    first.readUInt16LE(bpb.reservedSectors) > 0 &&
    [1, 2].includes(first.readUInt8(bpb.fats)) &&
    first.readUInt8(bpb.media) >= 0xf0 &&
    !hasPlausiblePartitions(first)
  );
}
