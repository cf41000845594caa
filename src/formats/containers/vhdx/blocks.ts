import type { Device } from '../../device.ts';
import { damaged } from '../../errors.ts';
import { sectorRun } from '../bitmap.ts';
import { type Extent, extentDevice, ofParent, zeros } from '../extents.ts';
import { requireInFile, tablesOf } from '../tables.ts';
import type { VhdxMetadata } from './metadata.ts';
import type { VhdxRegion } from './regions.ts';

const megabyte = 0x10_0000;
export const entrySize = 8;
/** How many sectors the bitmap block of a chunk, of 1 MiB, has bits for ([MS-VHDX] 2.5). */
export const sectorsOfChunk: number = 2 ** 23;

/** The states of a payload block ([MS-VHDX] 2.5.1.1). */
export const blockState = {
  notPresent: 0,
  undefined: 1,
  zero: 2,
  unmapped: 3,
  fullyPresent: 6,
  partiallyPresent: 7,
} as const;
/** The one state of a sector bitmap block in which it is there ([MS-VHDX] 2.5.1.2). */
export const bitmapPresent = 6;

export interface BlockEntry {
  readonly state: number;
  /** Of the block, in the file, in bytes. */
  readonly offset: number;
}

/** An entry of the table: bits 0 to 2 the state, bits 20 to 63 the offset in MiB. */
export function blockEntry(bytes: Buffer, at = 0): BlockEntry {
  const low = bytes.readUInt32LE(at);
  return { state: low & 7, offset: (bytes.readUInt32LE(at + 4) * 2 ** 12 + (low >>> 20)) * megabyte };
}

/**
 * The disk of a VHDX. The block allocation table has, for every chunk, an entry for each of its blocks and
 * then one for its sector bitmap, which only a differencing disk uses: a set bit is a sector of the file's
 * own, a clear one the parent's.
 */
export function vhdxBlockDisk(
  file: Device,
  metadata: VhdxMetadata,
  bat: VhdxRegion,
  parent: Device | undefined,
): Device {
  const { blockSize, sectorSize, diskSize } = metadata;
  const differencing = metadata.parent !== undefined;
  const chunkRatio = (sectorsOfChunk * sectorSize) / blockSize;
  const tables = tablesOf(file);

  function entryAt(index: number, what: string): BlockEntry {
    if ((index + 1) * entrySize > bat.length)
      throw damaged(`the ${what} lies outside the block allocation table`);
    return blockEntry(tables.entry(bat.offset + index * entrySize, entrySize, what));
  }

  function payloadEntry(block: number): BlockEntry {
    return entryAt(block + Math.floor(block / chunkRatio), `table entry of block ${block}`);
  }

  function inFile(at: number, length: number, block: number): Extent {
    if (at < megabyte) throw damaged(`block ${block} lies at ${at}, over the VHDX headers`);
    requireInFile(file, at, length, `block ${block}`);
    return { device: file, offset: at, length };
  }

  function locate(offset: number, length: number): Extent {
    const block = Math.floor(offset / blockSize);
    const within = offset % blockSize;
    const most = Math.min(length, blockSize - within);
    const entry = payloadEntry(block);
    switch (entry.state) {
      case blockState.notPresent:
        return ofParent(parent, offset, most);
      case blockState.undefined:
      case blockState.zero:
      case blockState.unmapped:
        return zeros(most);
      case blockState.fullyPresent:
        return inFile(entry.offset + within, most, block);
      case blockState.partiallyPresent:
        if (differencing) return partlyPresent(entry, block, offset, most);
    }
    throw damaged(`block ${block} has the state ${entry.state}`);
  }

  function partlyPresent(entry: BlockEntry, block: number, offset: number, most: number): Extent {
    const chunk = Math.floor(block / chunkRatio);
    const name = `sector bitmap of chunk ${chunk}`;
    const { state, offset: at } = entryAt(
      chunk * (chunkRatio + 1) + chunkRatio,
      `table entry of the ${name}`,
    );
    if (state !== bitmapPresent)
      throw damaged(`block ${block} is partly present, and the ${name} is not there`);
    const skipped = offset % sectorSize;
    const sectors = Math.ceil((skipped + most) / sectorSize);
    const first = Math.floor(offset / sectorSize) % sectorsOfChunk;
    const own = sectorRun(tables, { offset: at, firstBit: 'lowest', name }, first, sectors);
    const run = Math.min(most, own.sectors * sectorSize - skipped);
    return own.bit ? inFile(entry.offset + (offset % blockSize), run, block) : ofParent(parent, offset, run);
  }

  return extentDevice(diskSize, locate);
}
