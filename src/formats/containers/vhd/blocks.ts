import type { Device } from '../../device.ts';
import { damaged } from '../../errors.ts';
import { sectorRun } from '../bitmap.ts';
import { type Extent, extentDevice, ofParent } from '../extents.ts';
import { requireInFile, tablesOf } from '../tables.ts';
import type { VhdDynamicHeader } from './dynamic-header.ts';

const sectorSize = 512;
const entrySize = 4;
/** A block that is not there: the parent's, or zeros. */
const unusedEntry = 0xffffffff;

/**
 * The disk of a dynamic or differencing VHD. A table entry is the sector of the file at which a block
 * begins: first its bitmap, one bit a sector from the highest bit of each byte on, padded to whole
 * sectors, then its data (specification 1.0, "Block Allocation Table and Data Blocks").
 *
 * Only a differencing disk (`differencing`) needs the bitmap: a clear bit means the parent's sector.
 */
export function vhdBlockDisk(
  file: Device,
  size: number,
  header: VhdDynamicHeader,
  differencing: boolean,
  parent: Device | undefined,
): Device {
  const { blockSize, tableOffset, tableEntries } = header;
  const tables = tablesOf(file);
  const bitmapSize = Math.ceil(blockSize / sectorSize / 8 / sectorSize) * sectorSize;

  function blockOffset(block: number): number | undefined {
    if (block >= tableEntries)
      throw damaged(`block ${block} lies outside the table of ${tableEntries} blocks`);
    const what = `table entry of block ${block}`;
    const entry = tables.entry(tableOffset + block * entrySize, entrySize, what).readUInt32BE(0);
    return entry === unusedEntry ? undefined : entry * sectorSize;
  }

  function inFile(at: number, length: number, block: number): Extent {
    requireInFile(file, at, length, `block ${block}`);
    return { device: file, offset: at, length };
  }

  function locate(offset: number, length: number): Extent {
    const block = Math.floor(offset / blockSize);
    const within = offset % blockSize;
    const most = Math.min(length, blockSize - within);
    const start = blockOffset(block);
    if (start === undefined) return ofParent(parent, offset, most);
    const data = start + bitmapSize + within;
    if (!differencing) return inFile(data, most, block);
    const bitmap = { offset: start, firstBit: 'highest', name: `bitmap of block ${block}` } as const;
    const skipped = within % sectorSize;
    const sectors = Math.ceil((skipped + most) / sectorSize);
    const own = sectorRun(tables, bitmap, Math.floor(within / sectorSize), sectors);
    const run = Math.min(most, own.sectors * sectorSize - skipped);
    return own.bit ? inFile(data, run, block) : ofParent(parent, offset, run);
  }

  return extentDevice(size, locate);
}
