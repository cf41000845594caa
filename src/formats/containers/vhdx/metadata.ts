import { type Device, readSafeUInt64LE } from '../../device.ts';
import { damaged, FormatError } from '../../errors.ts';
import { guidLE } from '../../guid.ts';
import { requireInFile } from '../tables.ts';
import { parseVhdxParentLocator, type VhdxParentLocator } from './parent-locator.ts';
import type { VhdxRegion } from './regions.ts';

/**
 * The metadata table ([MS-VHDX] 2.6.1), at the beginning of the metadata region; little-endian.
 *
 *   offset size header                offset size entry
 *        0    8 signature                  0   16 item id
 *        8    2 reserved                  16    4 offset, in the region
 *       10    2 entry count               20    4 length
 *       12   20 reserved                  24    4 flags
 *                                         28    4 reserved
 */
const layout = { entryCount: 10, headerSize: 32 } as const;
const entryLayout = { itemId: 0, offset: 16, length: 20, flags: 24, size: 32 } as const;
const requiredFlag = 4;

const tableSize = 0x1_0000;
const mostEntries = 2047;
const longestItem = 0x10_0000;

/** The known items ([MS-VHDX] 2.6.2). */
const items = {
  fileParameters: 'caa16737-fa36-4d43-b3b6-33f0aa44e76b',
  virtualDiskSize: '2fa54224-cd1b-4876-b211-5dbed83bf4b8',
  virtualDiskId: 'beca12ab-b2e6-4523-93ef-c309e000c746',
  logicalSectorSize: '8141bf1d-a96f-4709-ba47-f233a8faab5f',
  physicalSectorSize: 'cda348c7-445d-4471-9cc9-e9885251c556',
  parentLocator: 'a8d35f2d-b30b-454d-abf7-d3d84834ab0c',
} as const;

/** The flags of the file parameters ([MS-VHDX] 2.6.2.1). */
const leaveBlockAllocated = 1;
const hasParent = 2;

const smallestBlock = 0x10_0000;
const largestBlock = 0x1000_0000;
/** 64 TiB ([MS-VHDX] 2.6.2.2). */
const largestDisk = 64 * 2 ** 40;

export interface VhdxMetadata {
  readonly blockSize: number;
  /** The disk is of a fixed size: all blocks stay allocated. */
  readonly fixed: boolean;
  readonly diskSize: number;
  readonly sectorSize: 512 | 4096;
  /** Defined for a differencing disk. */
  readonly parent: VhdxParentLocator | undefined;
}

interface Item {
  readonly id: string;
  readonly offset: number;
  readonly length: number;
}

/** The metadata that reading needs. Throws `FormatError` (damaged, unsupported). */
export function readVhdxMetadata(file: Device, region: VhdxRegion): VhdxMetadata {
  const found = readItems(file, region);
  const bytesOf = (id: string, length: number, name: string) =>
    itemBytes(file, region, found, id, length, name);
  const parameters = bytesOf(items.fileParameters, 8, 'file parameters');
  const flags = parameters.readUInt32LE(4);
  const size = bytesOf(items.virtualDiskSize, 8, 'virtual disk size');
  const sector = bytesOf(items.logicalSectorSize, 4, 'logical sector size').readUInt32LE(0);
  const isChild = (flags & hasParent) !== 0;
  return {
    blockSize: requireBlockSize(parameters.readUInt32LE(0)),
    fixed: (flags & leaveBlockAllocated) !== 0,
    diskSize: requireDiskSize(readSafeUInt64LE(size, 0, 'the size of the disk')),
    sectorSize: requireSectorSize(sector),
    parent: isChild ? parseVhdxParentLocator(bytesOf(items.parentLocator, 20, 'parent locator')) : undefined,
  };
}

function readItems(file: Device, region: VhdxRegion): Item[] {
  requireInFile(file, region.offset, tableSize, 'the metadata table');
  // The items usually follow the table at once: one read brings both.
  const front = Math.min(2 * tableSize, file.size - region.offset);
  const table = file.read(region.offset, front);
  if (table.toString('latin1', 0, 8) !== 'metadata') throw damaged(`no metadata table at ${region.offset}`);
  const count = table.readUInt16LE(layout.entryCount);
  if (count > mostEntries) throw damaged(`${count} entries in the metadata table`);
  return Array.from({ length: count }, (_, i) => {
    const at = layout.headerSize + i * entryLayout.size;
    const id = guidLE(table, at + entryLayout.itemId);
    const required = (table.readUInt32LE(at + entryLayout.flags) & requiredFlag) !== 0;
    if (required && !Object.values<string>(items).includes(id)) {
      throw new FormatError('unsupported', `a VHDX that requires the unknown metadata item ${id}`);
    }
    return {
      id,
      offset: table.readUInt32LE(at + entryLayout.offset),
      length: table.readUInt32LE(at + entryLayout.length),
    };
  });
}

function itemBytes(
  file: Device,
  region: VhdxRegion,
  found: readonly Item[],
  id: string,
  shortest: number,
  name: string,
): Buffer {
  const item = found.find((candidate) => candidate.id === id);
  if (!item) throw damaged(`the metadata has no ${name}`);
  if (item.length < shortest || item.length > longestItem) throw damaged(`${name} of ${item.length} bytes`);
  requireInFile(file, region.offset + item.offset, item.length, name);
  return file.read(region.offset + item.offset, item.length);
}

function requireBlockSize(size: number): number {
  const powerOfTwo = (size & (size - 1)) === 0;
  if (!powerOfTwo || size < smallestBlock || size > largestBlock)
    throw damaged(`a block size of ${size} bytes`);
  return size;
}

function requireDiskSize(size: number): number {
  if (size > largestDisk) throw damaged(`a virtual disk of ${size} bytes`);
  return size;
}

function requireSectorSize(size: number): 512 | 4096 {
  if (size !== 512 && size !== 4096) throw damaged(`a logical sector size of ${size} bytes`);
  return size;
}
