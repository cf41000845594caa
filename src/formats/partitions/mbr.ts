import { type BootRecordEntry, bootRecordEntries, hasSignature, isUnused } from './boot-record.ts';
import { volumeAtZero } from './boot-sector.ts';
import {
  bytesAt,
  type Examined,
  fitted,
  type Partition,
  type PartitionTable,
  remarkOnOverlaps,
  type SectorSize,
} from './table.ts';

/** Types of a partition that only holds a chain of logical ones: CHS, LBA, Linux. */
const extendedTypes = [0x05, 0x0f, 0x85];
const dynamicDiskType = 0x42;
const firstLogicalNumber = 5;
/** More than any tool makes; sfdisk stops at 60. */
const mostLogical = 256;

/** The partitions of an MBR; extended ones are left out and their logical ones are listed in their place. */
export function readMbr(examined: Examined, entries: readonly BootRecordEntry[]): PartitionTable {
  const sectorSize = mbrSectorSize(examined, entries);
  const partitions: Partition[] = [];
  const logical: Partition[] = [];
  entries.forEach((entry, slot) => {
    if (isUnused(entry)) return;
    if (extendedTypes.includes(entry.type)) {
      logical.push(
        ...logicalPartitions(examined, entry.start, sectorSize, firstLogicalNumber + logical.length),
      );
      return;
    }
    const partition = fitted(partitionOf(entry, slot + 1, entry.start, sectorSize), examined);
    if (partition) partitions.push(partition);
  });
  if (entries.some((entry) => entry.type === dynamicDiskType)) {
    examined.warnings.push(
      'the disk is a dynamic disk: its volumes may span, mirror or stripe its partitions',
    );
  }
  partitions.push(...logical);
  remarkOnOverlaps(partitions, examined.warnings);
  return { scheme: 'mbr', fromBackup: false, sectorSize, partitions, warnings: examined.warnings };
}

/**
 * Walks a chain of extended boot records. Each has one logical partition, placed from that record, and a
 * link to the next record, placed from the extended partition. A broken chain ends with a warning.
 */
function logicalPartitions(
  examined: Examined,
  extendedStart: number,
  sectorSize: SectorSize,
  firstNumber: number,
): Partition[] {
  const found: Partition[] = [];
  const seen = new Set<number>();
  let recordStart: number | undefined = extendedStart;
  let number = firstNumber;
  while (recordStart !== undefined) {
    const entries = extendedBootRecord(examined, recordStart, sectorSize, seen);
    if (!entries) break;
    for (const entry of entries.filter((candidate) => !isUnused(candidate) && !isLink(candidate))) {
      const start = recordStart + entry.start;
      const partition = fitted(partitionOf(entry, number++, start, sectorSize), examined);
      if (partition) found.push(partition);
    }
    const link: BootRecordEntry | undefined = entries.find((entry) => isLink(entry) && !isUnused(entry));
    recordStart = link && extendedStart + link.start;
  }
  return found;
}

function isLink(entry: BootRecordEntry): boolean {
  return extendedTypes.includes(entry.type);
}

/** The first two entries of the record at a sector, or nothing (and a warning) where the chain is broken. */
function extendedBootRecord(
  examined: Examined,
  sector: number,
  sectorSize: SectorSize,
  seen: Set<number>,
): BootRecordEntry[] | undefined {
  const at = sector * sectorSize;
  const trouble = (why: string) => {
    examined.warnings.push(`the chain of logical partitions breaks at ${at}: ${why}`);
    return undefined;
  };
  if (seen.has(sector)) return trouble('it comes back to itself');
  if (seen.size === mostLogical) return trouble(`it has more than ${mostLogical} links`);
  seen.add(sector);
  if (at + 512 > examined.disk.size) return trouble("it leaves the disk's end");
  const record = bytesAt(examined, at, 512);
  if (!hasSignature(record)) return trouble('no boot record is there');
  return bootRecordEntries(record).slice(0, 2);
}

function partitionOf(
  entry: BootRecordEntry,
  number: number,
  startSector: number,
  sectorSize: SectorSize,
): Partition {
  return {
    number,
    start: startSector * sectorSize,
    size: entry.sectors * sectorSize,
    type: `0x${entry.type.toString(16).padStart(2, '0').toUpperCase()}`,
    name: '',
    active: entry.status === 0x80,
  };
}

/**
 * An MBR does not tell its sector size. Without a hint it is 512, unless a partition begins with a volume's
 * boot sector where 4096 would put it, and none has a boot record where 512 would.
 */
function mbrSectorSize(examined: Examined, entries: readonly BootRecordEntry[]): SectorSize {
  if (examined.hint) return examined.hint;
  const used = entries.filter((entry) => !isUnused(entry));
  const sectorAt = (at: number) => (at + 512 <= examined.disk.size ? bytesAt(examined, at, 512) : undefined);
  const fits = ({ start }: BootRecordEntry, size: SectorSize, test: (sector: Buffer) => boolean) => {
    const sector = sectorAt(start * size);
    return sector !== undefined && test(sector);
  };
  if (used.some((entry) => fits(entry, 512, hasSignature))) return 512;
  return used.some((entry) => fits(entry, 4096, (sector) => volumeAtZero(sector) !== undefined)) ? 4096 : 512;
}
