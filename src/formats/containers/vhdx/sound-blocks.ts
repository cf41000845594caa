import type { ByteRange, Device } from '../../device.ts';
import { damaged } from '../../errors.ts';
import { requireApart } from '../apart.ts';
import { requireInFile } from '../tables.ts';
import { notWritten } from '../written-disk.ts';
import { bitmapPresent, blockEntry, blockState, entrySize, sectorsOfChunk } from './blocks.ts';
import type { VhdxPlaces } from './write-blocks.ts';

const megabyte = 0x10_0000;
/** 64 MiB of table; a disk of 64 TiB in blocks of 32 MiB has a quarter of it. */
const mostEntries = 2 ** 23;

interface Table {
  readonly starts: Float64Array;
  readonly bitmaps: readonly ByteRange[];
}

/**
 * That every entry of the block allocation table has a state that its type of disk may have ([MS-VHDX] 2.5.1), and that
 * headers, log, regions and blocks lie apart in the file. Throws `FormatError`.
 */
export function requireSoundBlocks(file: Device, places: VhdxPlaces, log: ByteRange): void {
  const { regions, metadata } = places;
  const { starts, bitmaps } = readTable(file, places);
  const others = [{ offset: 0, length: megabyte }, log, regions.bat, regions.metadata, ...bitmaps];
  const beyond = bitmaps.find(({ offset, length }) => offset + length > file.size);
  if (beyond) throw damaged(`the sector bitmap at ${beyond.offset} reaches past the end of the file`);
  requireApart({ starts, length: metadata.blockSize }, others, file.size);
}

function readTable(file: Device, { regions, metadata }: VhdxPlaces): Table {
  const { blockSize, sectorSize, diskSize, parent } = metadata;
  const chunkRatio = (sectorsOfChunk * sectorSize) / blockSize;
  const count = entryCount(Math.ceil(diskSize / blockSize), chunkRatio, parent !== undefined);
  if (count > mostEntries) throw notWritten(`it has ${count} blocks`, 'convert it to larger blocks first');
  if (count * entrySize > regions.bat.length)
    throw damaged(`the block allocation table of ${regions.bat.length} bytes is too short for the disk`);
  requireInFile(file, regions.bat.offset, count * entrySize, 'the block allocation table');
  const table = file.read(regions.bat.offset, count * entrySize);
  const starts: number[] = [];
  const bitmaps: ByteRange[] = [];
  for (let index = 0; index < count; index++) {
    const { state, offset } = blockEntry(table, index * entrySize);
    if (index % (chunkRatio + 1) === chunkRatio) {
      if (state === bitmapPresent && parent) bitmaps.push({ offset, length: megabyte });
    } else if (holdsData(state, index, parent !== undefined)) starts.push(offset);
  }
  return { starts: Float64Array.from(starts), bitmaps };
}

/** Of a disk without a parent the bitmap of the last chunk has no entry ([MS-VHDX] 2.5). */
function entryCount(blocks: number, chunkRatio: number, differencing: boolean): number {
  if (differencing) return Math.ceil(blocks / chunkRatio) * (chunkRatio + 1);
  return blocks + Math.floor(Math.max(0, blocks - 1) / chunkRatio);
}

function holdsData(state: number, index: number, differencing: boolean): boolean {
  if (state === blockState.fullyPresent) return true;
  if (state === blockState.partiallyPresent && differencing) return true;
  if (state <= blockState.unmapped) return false;
  throw damaged(`entry ${index} of the block allocation table has the state ${state}`);
}
