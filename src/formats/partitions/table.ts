import type { Device } from '../device.ts';

/** One partition of a disk. Offsets and sizes are in bytes. */
export interface Partition {
  /** From 1 as tools show it; logical partitions of an MBR from 5; 0 for a volume without a table. */
  readonly number: number;
  readonly start: number;
  readonly size: number;
  /** GPT's type GUID in upper case, the MBR's type byte as `0x07`, or '' without a table. */
  readonly type: string;
  /** GPT's partition name; '' where there is none. */
  readonly name: string;
  /** The MBR's boot flag, or GPT's attribute "legacy BIOS bootable". */
  readonly active: boolean;
}

/** What a disk says of its partitions. */
export interface PartitionTable {
  readonly scheme: 'gpt' | 'mbr' | 'none';
  /** Whether GPT's backup was used, as its primary table is damaged. */
  readonly fromBackup: boolean;
  readonly sectorSize: SectorSize;
  readonly partitions: readonly Partition[];
  /** What is odd about the table, each one sentence in lower case without a full stop. */
  readonly warnings: readonly string[];
}

export type SectorSize = 512 | 4096;

/** The disk under examination: its first bytes, read once, and where remarks are collected. */
export interface Examined {
  readonly disk: Device;
  readonly head: Buffer;
  readonly hint: SectorSize | undefined;
  readonly warnings: string[];
}

/** Bytes of the examined disk, from its head where they are there, else read. */
export function bytesAt(examined: Examined, offset: number, length: number): Buffer {
  const { disk, head } = examined;
  if (offset >= 0 && length >= 0 && offset + length <= head.length) {
    return head.subarray(offset, offset + length);
  }
  return disk.read(offset, length);
}

/**
 * A partition held against the disk's end: one that begins beyond it is left out, one that ends beyond it
 * is cut, each with a warning, as copies of disks are often cut short.
 */
export function fitted(partition: Partition, examined: Examined): Partition | undefined {
  const { disk, warnings } = examined;
  const { number, start, size } = partition;
  if (!(start < disk.size)) {
    warnings.push(
      `partition ${number} begins at ${start}, beyond the disk's end at ${disk.size}, and is left out`,
    );
    return undefined;
  }
  if (start + size <= disk.size) return partition;
  warnings.push(
    `partition ${number} ends at ${start + size}, beyond the disk's end at ${disk.size}, and is cut there`,
  );
  return { ...partition, size: disk.size - start };
}

/** Remarks on partitions that share bytes. */
export function remarkOnOverlaps(partitions: readonly Partition[], warnings: string[]): void {
  const byStart = partitions.toSorted((a, b) => a.start - b.start);
  byStart.reduce<Partition | undefined>((furthest, partition) => {
    if (!furthest || partition.start >= furthest.start + furthest.size) return partition;
    warnings.push(`partition ${partition.number} overlaps partition ${furthest.number}`);
    return partition.start + partition.size > furthest.start + furthest.size ? partition : furthest;
  }, undefined);
}
