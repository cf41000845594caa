import { BOOT_SIZE, INDEX_BLOCK_SIZE } from './constants.ts';
import { putFields } from './fields.ts';

/** The NTFS boot sector. */
const BOOT_SECTOR = {
  bytesPerSector: [0x0b, 2],
  sectorsPerCluster: [0x0d, 1],
  mediaDescriptor: [0x15, 1],
  sectorsPerTrack: [0x18, 2],
  heads: [0x1a, 2],
  hiddenSectors: [0x1c, 4],
  driveNumber: [0x24, 4],
  totalSectors: [0x28, 8],
  mftLcn: [0x30, 8],
  mftMirrorLcn: [0x38, 8],
  /** Clusters, or a negative power of two of bytes. */
  recordSize: [0x40, 1],
  indexBlockSize: [0x44, 1],
  serialNumber: [0x48, 8],
} as const;

/** A jump over the fields, and the name that marks the format. */
const JUMP = Buffer.from([0xeb, 0x52, 0x90]);
const OEM_NAME = Buffer.from('NTFS    ', 'latin1');
/** cli, hlt, and back: the volume starts nothing. */
const BOOT_CODE = Buffer.from([0xfa, 0xf4, 0xeb, 0xfc]);
const BOOT_CODE_OFFSET = 0x54;
const SIGNATURE = 0xaa55;
const SIGNATURE_OFFSET = 0x1fe;

const FIXED_DISK = 0xf8;
const SECTORS_PER_TRACK = 63;
const HEADS = 255;
/** Drive 0x80, and 0x80 again for the boot signature. */
const DRIVE = 0x0080_0080;

export interface BootSector {
  readonly sectorSize: number;
  readonly clusterSize: number;
  readonly recordSize: number;
  /** Without the last one, which holds the copy of the boot sector. */
  readonly totalSectors: number;
  readonly mftLcn: number;
  readonly mftMirrorLcn: number;
  readonly serialNumber: bigint;
}

/** The contents of $Boot; its first sector is also the volume's last one. */
export function encodeBoot(boot: BootSector): Buffer {
  const { sectorSize, clusterSize, totalSectors, mftLcn, mftMirrorLcn, serialNumber } = boot;
  const bytes = Buffer.alloc(BOOT_SIZE);
  JUMP.copy(bytes);
  OEM_NAME.copy(bytes, JUMP.length);
  BOOT_CODE.copy(bytes, BOOT_CODE_OFFSET);
  bytes.writeUInt16LE(SIGNATURE, SIGNATURE_OFFSET);
  return putFields(bytes, 0, BOOT_SECTOR, {
    bytesPerSector: sectorSize,
    sectorsPerCluster: clusterSize / sectorSize,
    mediaDescriptor: FIXED_DISK,
    sectorsPerTrack: SECTORS_PER_TRACK,
    heads: HEADS,
    driveNumber: DRIVE,
    totalSectors,
    mftLcn,
    mftMirrorLcn,
    recordSize: clustersOrPower(boot.recordSize, clusterSize),
    indexBlockSize: clustersOrPower(INDEX_BLOCK_SIZE, clusterSize),
    serialNumber,
  });
}

function clustersOrPower(size: number, clusterSize: number): number {
  return size >= clusterSize ? size / clusterSize : -Math.log2(size);
}
