import type { Device, GrowableDevice, WritableDevice } from '../../device.ts';
import { damaged } from '../../errors.ts';
import { requireApart } from '../apart.ts';
import { setSectorBits } from '../set-bits.ts';
import { requireInFile } from '../tables.ts';
import { notWritten, writtenDisk } from '../written-disk.ts';
import { vhdBlockDisk } from './blocks.ts';
import type { VhdDynamicHeader } from './dynamic-header.ts';
import { footerSize, type VhdFooter } from './footer.ts';

const sectorSize = 512;
const entrySize = 4;
const unusedEntry = 0xffff_ffff;
const dynamicHeaderSize = 1024;
/** Sixteen times what the largest disk has in blocks of 2 MiB. */
const mostBlocks = 2 ** 24;
/** What the data of a new block is aligned to, where that of all others is. */
const alignment = 4096;

interface BlockFile {
  readonly file: GrowableDevice;
  /** Of the disk. */
  readonly size: number;
  readonly footer: VhdFooter;
  readonly header: VhdDynamicHeader;
  readonly differencing: boolean;
  readonly parent: Device | undefined;
}

/**
 * The disk of a dynamic or differencing VHD as one that can be written to. A new block is put where the footer was, and the
 * footer behind it (specification 1.0, "Block Allocation Table and Data Blocks"). The bits of written sectors are set
 * in both types; a dynamic disk's new block has all of its own, as its zeros are what the disk holds. Throws `FormatError`.
 */
export function writtenVhdBlocks(image: BlockFile): WritableDevice {
  const { file, size, footer, header, differencing, parent } = image;
  const { blockSize, tableOffset } = header;
  const sectors = blockSize / sectorSize;
  const bitmapSize = Math.ceil(sectors / 8 / sectorSize) * sectorSize;
  const aligned = requireSoundTable(image, bitmapSize);
  let footerOffset = footer.offset;
  let reader: Device | undefined;

  function read(offset: number, length: number): Buffer {
    reader ??= vhdBlockDisk(file, size, header, differencing, parent);
    return reader.read(offset, length);
  }

  function write(offset: number, bytes: Buffer): void {
    const block = Math.floor(offset / blockSize);
    const within = offset % blockSize;
    // The reader keeps pages of the table and the bitmaps.
    reader = undefined;
    const start = blockStart(block) ?? allocate(block);
    file.write(start + bitmapSize + within, bytes);
    setSectorBits(file, { offset: start, firstBit: 'highest' }, within / sectorSize, sectorsOf(bytes));
  }

  function blockStart(block: number): number | undefined {
    const entry = file.read(tableOffset + block * entrySize, entrySize).readUInt32BE(0);
    return entry === unusedEntry ? undefined : entry * sectorSize;
  }

  function allocate(block: number): number {
    const start = nextStart();
    if (start / sectorSize >= unusedEntry)
      throw notWritten('the file has reached the 2 TiB that a VHD can be long', 'convert it to a VHDX first');
    const end = start + bitmapSize + blockSize;
    const oldEnd = file.size;
    file.grow(end + footerSize);
    file.write(footerOffset, Buffer.alloc(oldEnd - footerOffset));
    file.write(end, footer.bytes);
    footerOffset = end;
    if (!differencing) setSectorBits(file, { offset: start, firstBit: 'highest' }, 0, sectors);
    const entry = Buffer.alloc(entrySize);
    entry.writeUInt32BE(start / sectorSize);
    file.write(tableOffset + block * entrySize, entry);
    return start;
  }

  function nextStart(): number {
    const unit = aligned ? alignment : sectorSize;
    return Math.ceil((footerOffset + bitmapSize) / unit) * unit - bitmapSize;
  }

  return writtenDisk({ size, unit: sectorSize, block: blockSize, read, write });
}

function sectorsOf(bytes: Buffer): number {
  return Math.ceil(bytes.length / sectorSize);
}

/**
 * That footer copy, header, table and blocks all lie apart, and before the footer. Answers whether the data of every
 * block is aligned to 4 KiB.
 */
function requireSoundTable({ file, size, footer, header }: BlockFile, bitmapSize: number): boolean {
  const { tableOffset, tableEntries, blockSize } = header;
  if (!sameFooters(file, footer.bytes))
    throw notWritten('its two footers differ', 'have it checked and converted to a sound one first');
  requireInFile(file, tableOffset, tableEntries * entrySize, 'the table of blocks');
  const blocks = Math.ceil(size / blockSize);
  if (blocks > mostBlocks) throw notWritten(`it has ${blocks} blocks`, 'convert it to larger blocks first');
  const table = file.read(tableOffset, blocks * entrySize);
  const starts: number[] = [];
  for (let at = 0; at < table.length; at += entrySize) {
    const entry = table.readUInt32BE(at);
    if (entry !== unusedEntry) starts.push(entry * sectorSize);
  }
  const others = [
    { offset: 0, length: footerSize },
    { offset: Number(footer.dataOffset), length: dynamicHeaderSize },
    { offset: tableOffset, length: tableEntries * entrySize },
  ];
  const tail = others.find(({ offset, length }) => offset + length > footer.offset);
  if (tail) throw damaged(`what lies at ${tail.offset} reaches past the footer at ${footer.offset}`);
  requireApart({ starts: Float64Array.from(starts), length: bitmapSize + blockSize }, others, footer.offset);
  return starts.every((start) => (start + bitmapSize) % alignment === 0);
}

/** Programs differ in which of the two they read. */
function sameFooters(file: Device, footer: Buffer): boolean {
  return file.read(0, footerSize).equals(footer);
}
