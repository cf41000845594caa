import { type RecordEntry, writeBootRecord } from './boot-record.ts';
import {
  type DiskOptions,
  inMemory,
  mebibyte,
  type PlacedPartition,
  place,
  type Sink,
  type Wish,
} from './place.ts';

export interface MbrPartition extends Wish {
  /** 0x07 (NTFS) unless told. */
  readonly type?: number;
  readonly active?: boolean;
  /** Logical partitions come last and lie in one extended partition, each 1 MiB behind its own record. */
  readonly logical?: boolean;
}

const diskSignature = 0x5d0b1ab0;
const extendedLba = 0x0f;

/** Writes an MBR disk with the partitions one after another, and tells where they lie. */
export function writeMbrDisk(
  sink: Sink,
  partitions: readonly MbrPartition[],
  options: DiskOptions,
): PlacedPartition[] {
  const { size, sectorSize = 512 } = options;
  const placed = placeAll(partitions, size, sectorSize);
  partitions.forEach(({ content }, index) => {
    if (content) sink.write((placed[index] as PlacedPartition).start, content);
  });
  const all = partitions.map((partition, index) => ({ ...partition, ...(placed[index] as PlacedPartition) }));
  const entries = all
    .filter(({ logical }) => !logical)
    .map((one) => recordEntry(one, one.start / sectorSize, sectorSize));
  const logical = all.filter((one) => one.logical);
  if (logical.length > 0) entries.push(writeChain(sink, logical, sectorSize));
  if (entries.length > 4) throw new Error('an MBR has four entries');
  sink.write(0, writeBootRecord(entries, diskSignature));
  return placed;
}

/** `writeMbrDisk` in memory. */
export function makeMbrDisk(partitions: readonly MbrPartition[], options: DiskOptions): Buffer {
  return inMemory(options, (sink) => writeMbrDisk(sink, partitions, options));
}

function placeAll(partitions: readonly MbrPartition[], size: number, sectorSize: number): PlacedPartition[] {
  const firstLogical = partitions.findIndex((partition) => partition.logical);
  if (firstLogical >= 0 && partitions.slice(firstLogical).some((partition) => !partition.logical)) {
    throw new Error('logical partitions come last');
  }
  let free = sectorSize;
  return partitions.map((partition) => {
    if (partition.logical) free += mebibyte;
    const found = place(partition, free, size, sectorSize);
    free = found.start + found.size;
    return found;
  });
}

type Placed = MbrPartition & PlacedPartition;

function recordEntry(
  { type = 0x07, active = false, size }: Placed,
  start: number,
  sectorSize: number,
): RecordEntry {
  return { type, active, start, sectors: size / sectorSize };
}

/** Writes the chain of extended boot records; returns the MBR's entry of the extended partition. */
function writeChain(sink: Sink, logical: readonly Placed[], sectorSize: number): RecordEntry {
  const gap = mebibyte / sectorSize;
  const records = logical.map(({ start }) => start / sectorSize - gap);
  const ends = logical.map(({ start, size }) => (start + size) / sectorSize);
  const first = records[0] as number;
  logical.forEach((partition, index) => {
    const entries = [recordEntry(partition, gap, sectorSize)];
    const next = records[index + 1];
    if (next !== undefined) {
      const sectors = (ends[index + 1] as number) - next;
      entries.push({ type: 0x05, start: next - first, sectors });
    }
    sink.write((records[index] as number) * sectorSize, writeBootRecord(entries));
  });
  return { type: extendedLba, start: first, sectors: (ends.at(-1) as number) - first };
}
