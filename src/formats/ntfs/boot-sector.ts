import { type Device, readSafeUInt64LE } from '../device.ts';
import { damaged, FormatError } from '../errors.ts';

/*
 * The boot sector (all little-endian):
 *
 *   offset size
 *   0x003     8  OEM id, `NTFS    `
 *   0x00B     2  bytes per sector
 *   0x00D     1  sectors per cluster; above 0x80 a negative power of two: 0xF4 is 2^12
 *   0x028     8  sectors of the volume, without the backup boot sector behind it
 *   0x030     8  first cluster of $MFT
 *   0x038     8  first cluster of $MFTMirr
 *   0x040     1  clusters per file record; negative: a power of two in bytes
 *   0x048     8  serial number
 *   0x1A8    16  BitLocker To Go: its GUID, in a sector that otherwise looks like FAT32
 *   0x1FE     2  0xAA55
 */
const OEM_ID = 0x03;
const BYTES_PER_SECTOR = 0x0b;
const SECTORS_PER_CLUSTER = 0x0d;
const TOTAL_SECTORS = 0x28;
const MFT_CLUSTER = 0x30;
const MFT_MIRROR_CLUSTER = 0x38;
const CLUSTERS_PER_RECORD = 0x40;
const SERIAL_NUMBER = 0x48;
const BITLOCKER_TO_GO_GUID = 0x1a8;
const END_MARK = 0x1fe;

const BOOT_SECTOR_SIZE = 512;
const NTFS_OEM_ID = 'NTFS    ';
const BITLOCKER_OEM_ID = '-FVE-FS-';
const BITLOCKER_TO_GO_OEM_ID = 'MSWIN4.1';
/** {4967D63B-2E29-4AD8-8399-F6A339E3D001} as it lies on disk. */
const BITLOCKER_GUID = Buffer.from('3bd66749292ed84a8399f6a339e3d001', 'hex');

const MAX_CLUSTER_SIZE = 2 * 1024 * 1024;
const RECORD_SIZES = [512, 1024, 2048, 4096, 8192, 16384, 32768, 65536];

/** Where a volume keeps its MFT, and its units. */
export interface BootSector {
  readonly clusterSize: number;
  readonly recordSize: number;
  readonly size: number;
  readonly totalClusters: number;
  readonly mftCluster: number;
  readonly mftMirrorCluster: number;
  readonly serialNumber: bigint;
}

/**
 * Whether this looks like an NTFS volume. One whose boot sector is wiped counts by its backup in the last
 * sector; one that is now something else (a FAT volume made over it, BitLocker) does not.
 */
export function isNtfs(volume: Device): boolean {
  const first = sectorAt(volume, 0);
  if (first === undefined) return false;
  if (hasOemId(first, NTFS_OEM_ID)) return true;
  return !isBootable(first) && backups(volume).some((sector) => hasOemId(sector, NTFS_OEM_ID));
}

/** Whether BitLocker encrypts this volume, by its boot sector: `-FVE-FS-`, or BitLocker To Go's GUID. */
export function isBitLocker(volume: Device): boolean {
  const sector = sectorAt(volume, 0);
  if (sector === undefined) return false;
  if (hasOemId(sector, BITLOCKER_OEM_ID)) return true;
  const guid = sector.subarray(BITLOCKER_TO_GO_GUID, BITLOCKER_TO_GO_GUID + BITLOCKER_GUID.length);
  return hasOemId(sector, BITLOCKER_TO_GO_OEM_ID) && guid.equals(BITLOCKER_GUID);
}

/**
 * The boot sector and its backup as functions, in the order to try them, each throwing `FormatError`
 * where it cannot be believed. Throws `FormatError` (not-recognised, encrypted) for what is no NTFS volume.
 */
export function bootSectorCandidates(volume: Device): (() => BootSector)[] {
  if (isBitLocker(volume)) throw new FormatError('encrypted', 'the volume is encrypted by BitLocker');
  const first = sectorAt(volume, 0);
  if (first === undefined) throw new FormatError('not-recognised', 'too small to be an NTFS volume');
  if (isBootable(first) && !hasOemId(first, NTFS_OEM_ID)) {
    throw new FormatError('not-recognised', 'the boot sector is not one of NTFS');
  }
  const backup = (at: number) => () => {
    const sector = backups(volume)[at];
    if (sector === undefined) throw damaged('no backup boot sector');
    return parseBootSector(sector);
  };
  return [() => parseBootSector(first), backup(0), backup(1)];
}

/** The units and places in a boot sector. Throws `FormatError` where they make no sense. */
export function parseBootSector(sector: Buffer): BootSector {
  if (!hasOemId(sector, NTFS_OEM_ID)) {
    throw new FormatError('not-recognised', 'the boot sector is not one of NTFS');
  }
  const sectorSize = sector.readUInt16LE(BYTES_PER_SECTOR);
  if (!isPowerOfTwo(sectorSize) || sectorSize < 256 || sectorSize > 4096) {
    throw damaged(`boot sector: ${sectorSize} bytes per sector`);
  }
  const clusterSize = clusterSizeOf(sector, sectorSize);
  const totalSectors = readSafeUInt64LE(sector, TOTAL_SECTORS, 'boot sector: size of the volume');
  const size = totalSectors * sectorSize;
  if (totalSectors === 0 || !Number.isSafeInteger(size)) {
    throw damaged(`boot sector: a volume of ${totalSectors} sectors`);
  }
  const totalClusters = Math.floor(size / clusterSize);
  const mftCluster = readSafeUInt64LE(sector, MFT_CLUSTER, 'boot sector: first cluster of $MFT');
  const mftMirrorCluster = readSafeUInt64LE(
    sector,
    MFT_MIRROR_CLUSTER,
    'boot sector: first cluster of $MFTMirr',
  );
  if (mftCluster >= totalClusters) throw damaged(`boot sector: $MFT at cluster ${mftCluster}`);
  return {
    clusterSize,
    recordSize: recordSizeOf(sector, clusterSize),
    size,
    totalClusters,
    mftCluster,
    mftMirrorCluster,
    serialNumber: sector.readBigUInt64LE(SERIAL_NUMBER),
  };
}

function clusterSizeOf(sector: Buffer, sectorSize: number): number {
  const value = sector.readUInt8(SECTORS_PER_CLUSTER);
  const sectors = value > 0x80 ? 2 ** (256 - value) : value;
  const clusterSize = sectors * sectorSize;
  if (!isPowerOfTwo(sectors) || clusterSize > MAX_CLUSTER_SIZE) {
    throw damaged(`boot sector: sectors per cluster given as ${value}`);
  }
  return clusterSize;
}

function recordSizeOf(sector: Buffer, clusterSize: number): number {
  const value = sector.readInt8(CLUSTERS_PER_RECORD);
  const recordSize = value < 0 ? 2 ** -value : value * clusterSize;
  if (!RECORD_SIZES.includes(recordSize)) throw damaged(`boot sector: file records of ${recordSize} bytes`);
  return recordSize;
}

/** The volume's last sector as 512 and as 4096-byte sectors put it. */
function backups(volume: Device): Buffer[] {
  return [512, 4096].flatMap((sectorSize) => sectorAt(volume, volume.size - sectorSize) ?? []);
}

function sectorAt(volume: Device, offset: number): Buffer | undefined {
  if (offset < 0 || offset + BOOT_SECTOR_SIZE > volume.size) return undefined;
  return volume.read(offset, BOOT_SECTOR_SIZE);
}

function hasOemId(sector: Buffer, oemId: string): boolean {
  return sector.toString('latin1', OEM_ID, OEM_ID + oemId.length) === oemId;
}

function isBootable(sector: Buffer): boolean {
  return sector.readUInt16LE(END_MARK) === 0xaa55;
}

function isPowerOfTwo(value: number): boolean {
  return value > 0 && Number.isInteger(Math.log2(value));
}
