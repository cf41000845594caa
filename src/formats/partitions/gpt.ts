import { damaged, FormatError } from '../errors.ts';
import { guidLE } from '../guid.ts';
import { zlib } from '../zlib.ts';
import type { BootRecordEntry } from './boot-record.ts';
import {
  bytesAt,
  type Examined,
  fitted,
  type Partition,
  type PartitionTable,
  remarkOnOverlaps,
  type SectorSize,
} from './table.ts';

const signature = 'EFI PART';

// The GPT header: UEFI specification 2.10, section 5.3.2, table 5-5.
const headerLayout = {
  signature: 0, // 8 bytes
  headerSize: 12, // u32
  headerCrc: 16, // u32, over the header with this field zero
  myLba: 24, // u64
  alternateLba: 32, // u64
  entriesLba: 72, // u64
  entryCount: 80, // u32
  entrySize: 84, // u32
  entriesCrc: 88, // u32
  end: 92,
} as const;

// A partition entry: section 5.3.3, table 5-6.
const entryLayout = {
  type: 0, // GUID
  firstLba: 32, // u64
  lastLba: 40, // u64, the last sector that belongs to it
  attributes: 48, // u64
  name: 56, // 36 UTF-16 units
  end: 128,
} as const;

const legacyBiosBootable = 0b100;
/** 64 times what Windows makes; more is not believed. */
const longestEntries = 1 << 20;
const unusedType = '00000000-0000-0000-0000-000000000000';

/** Types whose partition is no volume by itself. */
const spanningTypes: Readonly<Record<string, string>> = {
  '5808C8AA-7E8F-42E0-85D2-E1E90434CFB3': 'the database of a dynamic disk',
  'AF9B60A0-1431-4F62-BC68-3311714A69AD':
    'part of a dynamic disk, whose volumes may span, mirror or stripe it',
  'E75CAF8F-F680-4CEE-AFA3-B001E56EFC2D': 'part of a Storage Spaces pool',
};

/** The MBR in front of a GPT: its entry of type EE, and all entries. */
interface ProtectiveMbr {
  readonly protective: BootRecordEntry;
  readonly entries: readonly BootRecordEntry[];
}

interface GptCopy {
  readonly sectorSize: SectorSize;
  readonly entries: Buffer;
  readonly entrySize: number;
}

/** Whether a GPT header's signature stands where a primary header would. */
export function hasGptSignature(examined: Examined): boolean {
  return sectorSizes(examined).some((size) => signatureAt(examined, size));
}

/**
 * The partitions of a GPT disk, from the first copy of the table that is sound. `mbr` is the protective MBR,
 * undefined where it is gone. Throws `FormatError` (damaged) where no copy is sound.
 */
export function readGpt(examined: Examined, mbr: ProtectiveMbr | undefined): PartitionTable {
  const troubles: string[] = [];
  const primary = firstSound(examined, primaryPlaces(examined), troubles);
  const copy = primary ?? firstSound(examined, backupPlaces(examined, mbr), []);
  if (!copy) throw damaged(`the disk is marked as GPT, but ${troubles[0]}, and no backup table is sound`);
  if (!primary) examined.warnings.push(`the backup partition table was used: ${troubles[0]}`);
  remarkOnMbr(examined, mbr);
  return {
    scheme: 'gpt',
    fromBackup: !primary,
    sectorSize: copy.sectorSize,
    partitions: partitionsOf(examined, copy),
    warnings: examined.warnings,
  };
}

interface Place {
  readonly lba: number;
  readonly sectorSize: SectorSize;
}

function sectorSizes({ hint }: Examined): SectorSize[] {
  return hint === 4096 ? [4096, 512] : [512, 4096];
}

/** Sector 1, of the size under which the signature is there, else of the likelier size. */
function primaryPlaces(examined: Examined): Place[] {
  const sizes = sectorSizes(examined);
  const signed = sizes.filter((size) => signatureAt(examined, size));
  return (signed.length > 0 ? signed : sizes.slice(0, 1)).map((sectorSize) => ({ lba: 1, sectorSize }));
}

/**
 * Where a backup header may lie: where the primary header says, in the disk's last sector, and in the last
 * sector that the protective MBR covers. They differ once a disk has been grown or its image cut.
 */
function backupPlaces(examined: Examined, mbr: ProtectiveMbr | undefined): Place[] {
  return sectorSizes(examined).flatMap((sectorSize) => {
    const sectors = Math.floor(examined.disk.size / sectorSize);
    const lbas = [sectors - 1];
    if (signatureAt(examined, sectorSize)) {
      const header = bytesAt(examined, sectorSize, headerLayout.end);
      lbas.unshift(Number(header.readBigUInt64LE(headerLayout.alternateLba)));
    }
    if (mbr) lbas.push(mbr.protective.start + mbr.protective.sectors - 1);
    return [...new Set(lbas)]
      .filter((lba) => Number.isSafeInteger(lba) && lba > 1 && lba < sectors)
      .map((lba) => ({ lba, sectorSize }));
  });
}

function signatureAt({ head }: Examined, at: number): boolean {
  return head.toString('latin1', at, at + signature.length) === signature;
}

function firstSound(examined: Examined, places: readonly Place[], troubles: string[]): GptCopy | undefined {
  for (const place of places) {
    try {
      return readCopy(examined, place);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      troubles.push(error.message);
    }
  }
  return undefined;
}

/** One copy of the table by the sector of its header; throws `FormatError` unless both checksums are right. */
function readCopy(examined: Examined, { lba, sectorSize }: Place): GptCopy {
  const where = `GPT header at ${lba * sectorSize}`;
  const sector = bytesAt(examined, lba * sectorSize, sectorSize);
  if (sector.toString('latin1', 0, signature.length) !== signature) {
    throw damaged(`the ${where} has no signature`);
  }
  const headerSize = sector.readUInt32LE(headerLayout.headerSize);
  if (headerSize < headerLayout.end || headerSize > sectorSize) {
    throw damaged(`the ${where} has an impossible size of ${headerSize}`);
  }
  const header = Buffer.from(sector.subarray(0, headerSize));
  header.writeUInt32LE(0, headerLayout.headerCrc);
  if (zlib().crc32(header) !== sector.readUInt32LE(headerLayout.headerCrc)) {
    throw damaged(`the ${where} has a bad checksum`);
  }
  if (header.readBigUInt64LE(headerLayout.myLba) !== BigInt(lba)) {
    throw damaged(`the ${where} belongs to another sector`);
  }
  return readEntries(examined, header, sectorSize, where);
}

function readEntries(examined: Examined, header: Buffer, sectorSize: SectorSize, where: string): GptCopy {
  const entrySize = header.readUInt32LE(headerLayout.entrySize);
  const length = header.readUInt32LE(headerLayout.entryCount) * entrySize;
  if (entrySize < entryLayout.end || entrySize % 8 !== 0 || length > longestEntries) {
    throw damaged(`the ${where} tells of ${length} bytes of partition entries of ${entrySize}`);
  }
  const start = Number(header.readBigUInt64LE(headerLayout.entriesLba)) * sectorSize;
  if (start + length > examined.disk.size) {
    throw damaged(`the ${where} places its entries beyond the disk's end`);
  }
  const entries = bytesAt(examined, start, length);
  if (zlib().crc32(entries) !== header.readUInt32LE(headerLayout.entriesCrc)) {
    throw damaged(`the partition entries of the ${where} have a bad checksum`);
  }
  return { sectorSize, entries, entrySize };
}

function partitionsOf(examined: Examined, copy: GptCopy): Partition[] {
  const partitions: Partition[] = [];
  for (let at = 0, number = 1; at + copy.entrySize <= copy.entries.length; at += copy.entrySize, number++) {
    const entry = copy.entries.subarray(at, at + copy.entrySize);
    const partition = partitionOf(examined, entry, number, copy.sectorSize);
    const kept = partition && fitted(partition, examined);
    if (kept) partitions.push(kept);
  }
  remarkOnOverlaps(partitions, examined.warnings);
  return partitions;
}

function partitionOf(
  { warnings }: Examined,
  entry: Buffer,
  number: number,
  sectorSize: SectorSize,
): Partition | undefined {
  const type = guidLE(entry, entryLayout.type).toUpperCase();
  if (type === unusedType) return undefined;
  // Beyond 2^53 these are rounded, and lie outside any disk all the same.
  const first = Number(entry.readBigUInt64LE(entryLayout.firstLba));
  const last = Number(entry.readBigUInt64LE(entryLayout.lastLba));
  if (last < first) {
    warnings.push(`partition ${number} ends in sector ${last}, before its first, ${first}, and is left out`);
    return undefined;
  }
  const spanning = spanningTypes[type];
  if (spanning) warnings.push(`partition ${number} is ${spanning}`);
  return {
    number,
    start: first * sectorSize,
    size: (last - first + 1) * sectorSize,
    type,
    name: entry.toString('utf16le', entryLayout.name, entryLayout.end).split('\0', 1)[0] ?? '',
    active: (entry.readUInt8(entryLayout.attributes) & legacyBiosBootable) !== 0,
  };
}

function remarkOnMbr({ warnings }: Examined, mbr: ProtectiveMbr | undefined): void {
  if (!mbr) {
    warnings.push('the GPT has no protective MBR, without which Windows does not take it for one');
    return;
  }
  const others = mbr.entries.filter(({ type }) => type !== 0 && type !== 0xee);
  if (others.length > 0) {
    warnings.push('the MBR is a hybrid, with partitions beside the protective one; the GPT was read');
  }
}
