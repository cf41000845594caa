import type { GrowableDevice } from '../../device.ts';
import { damaged } from '../../errors.ts';
import { setSectorBits } from '../set-bits.ts';
import {
  type BlockEntry,
  bitmapPresent,
  blockEntry,
  blockState,
  entrySize,
  sectorsOfChunk,
} from './blocks.ts';
import type { VhdxMetadata } from './metadata.ts';
import type { VhdxRegions } from './regions.ts';

const megabyte = 0x10_0000;

/** Where things are in a VHDX. */
export interface VhdxPlaces {
  readonly regions: VhdxRegions;
  readonly metadata: VhdxMetadata;
}

/** Writes the blocks of a VHDX's disk. */
export interface VhdxBlocks {
  /** Bytes within one block; over a parent whole sectors. */
  write(offset: number, bytes: Buffer): void;
}

/**
 * New blocks are put at the end of the file, at whole MiB ([MS-VHDX] 2.4). One of a disk without a parent becomes fully
 * present: what it does not yet hold is zeros, as the disk was. One that was the parent's becomes partly present, with its
 * sectors' bits in the chunk's sector bitmap block, which is made where there is none (2.5.1.1, 2.5.1.2). A place
 * that the entry of a block without data may still name is reserved, and is left alone.
 */
export function writtenVhdxBlocks(file: GrowableDevice, { regions, metadata }: VhdxPlaces): VhdxBlocks {
  const { blockSize, sectorSize } = metadata;
  const { bat } = regions;
  const chunkRatio = (sectorsOfChunk * sectorSize) / blockSize;

  function entryAt(index: number): BlockEntry {
    return blockEntry(file.read(bat.offset + index * entrySize, entrySize));
  }

  function setEntry(index: number, { state, offset }: BlockEntry): void {
    const bytes = Buffer.alloc(entrySize);
    bytes.writeBigUInt64LE((BigInt(offset / megabyte) << 20n) | BigInt(state));
    file.write(bat.offset + index * entrySize, bytes);
  }

  function append(length: number): number {
    const offset = Math.ceil(file.size / megabyte) * megabyte;
    file.grow(offset + length);
    return offset;
  }

  function writableEntry(index: number, firstSector: number): BlockEntry {
    const entry = entryAt(index);
    switch (entry.state) {
      case blockState.fullyPresent:
      case blockState.partiallyPresent:
        return entry;
      case blockState.notPresent:
        return metadata.parent ? overParent(index, firstSector) : allocated(index, blockState.fullyPresent);
      case blockState.undefined:
      case blockState.zero:
      case blockState.unmapped:
        return allocated(index, blockState.fullyPresent);
      default:
        throw damaged(`a block has the state ${entry.state}`);
    }
  }

  function allocated(index: number, state: number): BlockEntry {
    const entry = { state, offset: append(blockSize) };
    setEntry(index, entry);
    return entry;
  }

  /** Bits of a block that was not there say nothing: they may be left from an earlier one. */
  function overParent(index: number, firstSector: number): BlockEntry {
    const bitmap = bitmapOf(index) ?? newBitmap(index);
    setSectorBits(file, bitmap, firstSector, blockSize / sectorSize, 0);
    return allocated(index, blockState.partiallyPresent);
  }

  function bitmapIndex(index: number): number {
    return index - (index % (chunkRatio + 1)) + chunkRatio;
  }

  function bitmapOf(index: number): { offset: number; firstBit: 'lowest' } | undefined {
    const { state, offset } = entryAt(bitmapIndex(index));
    return state === bitmapPresent ? { offset, firstBit: 'lowest' } : undefined;
  }

  function newBitmap(index: number): { offset: number; firstBit: 'lowest' } {
    const offset = append(megabyte);
    setEntry(bitmapIndex(index), { state: bitmapPresent, offset });
    return { offset, firstBit: 'lowest' };
  }

  return {
    write(offset, bytes) {
      const block = Math.floor(offset / blockSize);
      const index = block + Math.floor(block / chunkRatio);
      const within = offset % blockSize;
      const firstOfBlock = ((block % chunkRatio) * blockSize) / sectorSize;
      const entry = writableEntry(index, firstOfBlock);
      file.write(entry.offset + within, bytes);
      if (entry.state !== blockState.partiallyPresent) return;
      const bitmap = bitmapOf(index);
      if (!bitmap) throw damaged(`block ${block} is partly present, and its sector bitmap is not there`);
      const sectors = Math.ceil(bytes.length / sectorSize);
      setSectorBits(file, bitmap, firstOfBlock + within / sectorSize, sectors);
    },
  };
}
