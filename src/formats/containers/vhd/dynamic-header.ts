import { type Device, readSafeUInt64BE } from '../../device.ts';
import { damaged } from '../../errors.ts';
import { uuidBE } from '../../guid.ts';
import { requireInFile } from '../tables.ts';
import { hasVhdChecksum, type VhdFooter } from './footer.ts';
import { locatorCount, locatorSize, parentPaths } from './parent-locators.ts';

/**
 * The dynamic disk header (specification 1.0, "Dynamic Disk Header Format"); big-endian.
 *
 *   offset size name                  offset size name
 *        0    8 cookie 'cxsparse'         40   16 parent unique id
 *        8    8 data offset               56    4 parent time stamp
 *       16    8 table offset              60    4 reserved
 *       24    4 header version            64  512 parent unicode name
 *       28    4 max table entries        576  192 8 parent locators
 *       32    4 block size               768  256 reserved
 *       36    4 checksum
 */
const layout = {
  cookie: 0,
  tableOffset: 16,
  maxTableEntries: 28,
  blockSize: 32,
  checksum: 36,
  parentUniqueId: 40,
  parentName: 64,
  parentLocators: 576,
} as const;

const headerSize = 1024;
const parentNameSize = 512;
const largestBlock = 256 * 1024 * 1024;

export interface VhdDynamicHeader {
  /** Where the block allocation table lies in the file. */
  readonly tableOffset: number;
  readonly tableEntries: number;
  /** In bytes, a power of two, without the bitmap before the data. */
  readonly blockSize: number;
  readonly parentUniqueId: string;
  /** As stored, relative ones first; empty for a disk without a parent. */
  readonly parentPaths: readonly string[];
}

/** The header that the footer of a dynamic or differencing disk points at. Throws `FormatError` (damaged). */
export function readVhdDynamicHeader(file: Device, footer: VhdFooter): VhdDynamicHeader {
  if (footer.dataOffset > BigInt(file.size)) {
    throw damaged(`the dynamic header at ${footer.dataOffset} lies past the end of the file`);
  }
  const offset = Number(footer.dataOffset);
  requireInFile(file, offset, headerSize, 'the dynamic header');
  const bytes = file.read(offset, headerSize);
  if (bytes.toString('latin1', layout.cookie, layout.cookie + 8) !== 'cxsparse') {
    throw damaged(`no dynamic header at ${offset}, where the footer says it is`);
  }
  if (!hasVhdChecksum(bytes, layout.checksum))
    throw damaged(`bad checksum in the dynamic header at ${offset}`);
  const name = bytes.subarray(layout.parentName, layout.parentName + parentNameSize);
  const locators = bytes.subarray(layout.parentLocators, layout.parentLocators + locatorCount * locatorSize);
  return {
    tableOffset: readSafeUInt64BE(bytes, layout.tableOffset, 'the offset of the block table'),
    tableEntries: bytes.readUInt32BE(layout.maxTableEntries),
    blockSize: requireBlockSize(bytes.readUInt32BE(layout.blockSize)),
    parentUniqueId: uuidBE(bytes, layout.parentUniqueId),
    parentPaths: parentPaths(file, locators, name),
  };
}

function requireBlockSize(size: number): number {
  const powerOfTwo = size !== 0 && (size & (size - 1)) === 0;
  if (!powerOfTwo || size < 512 || size > largestBlock) throw damaged(`a block size of ${size} bytes`);
  return size;
}
