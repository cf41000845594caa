import { type Device, readSafeUInt64LE } from '../../device.ts';
import { damaged, FormatError } from '../../errors.ts';
import { guidLE } from '../../guid.ts';
import { crc32cWithout } from '../crc32c.ts';

/**
 * The region table ([MS-VHDX] 2.2.3), of which there are two alike; little-endian.
 *
 *   offset size header                offset size entry
 *        0    4 signature 'regi'           0   16 guid
 *        4    4 checksum (CRC-32C)        16    8 file offset
 *        8    4 entry count               24    4 length
 *       12    4 reserved                  28    4 bit 0: required
 */
const layout = { checksum: 4, entryCount: 8, headerSize: 16 } as const;
const entryLayout = { guid: 0, fileOffset: 16, length: 24, required: 28, size: 32 } as const;

const tableSize = 0x1_0000;
const tableOffsets = [0x3_0000, 0x4_0000] as const;
const mostEntries = 2047;

const batGuid = '2dc27766-f623-4200-9d64-115e9bfd4a08';
const metadataGuid = '8b7ca206-4790-4b9a-b8fe-575f050f886e';

export interface VhdxRegion {
  readonly guid: string;
  /** In the file, in bytes. */
  readonly offset: number;
  readonly length: number;
  readonly required: boolean;
}

export interface VhdxRegions {
  readonly bat: VhdxRegion;
  readonly metadata: VhdxRegion;
  readonly warnings: readonly string[];
}

/** The regions of the file by the first valid of the two tables. Throws `FormatError` (damaged, unsupported). */
export function readVhdxRegions(file: Device): VhdxRegions {
  // The second is a copy that is looked at only in need: the sum over 64 KiB is the dearest part of opening.
  const [first, copy] = tableOffsets;
  const intact = tableAt(file, first);
  const table = intact ?? tableAt(file, copy);
  if (!table) throw damaged('neither of the two VHDX region tables is valid');
  const regions = entriesOf(table);
  const unknown = regions.find(({ guid, required }) => required && guid !== batGuid && guid !== metadataGuid);
  if (unknown)
    throw new FormatError('unsupported', `a VHDX that requires the unknown region ${unknown.guid}`);
  return {
    bat: named(regions, batGuid, 'block allocation table'),
    metadata: named(regions, metadataGuid, 'metadata'),
    warnings: intact ? [] : ['the first VHDX region table is damaged, the second was used'],
  };
}

/** The table at this place; undefined where none is valid. */
function tableAt(file: Device, offset: number): Buffer | undefined {
  if (offset + tableSize > file.size) return undefined;
  const bytes = file.read(offset, tableSize);
  if (bytes.toString('latin1', 0, 4) !== 'regi') return undefined;
  if (crc32cWithout(bytes, layout.checksum) !== bytes.readUInt32LE(layout.checksum)) return undefined;
  return bytes.readUInt32LE(layout.entryCount) <= mostEntries ? bytes : undefined;
}

function entriesOf(table: Buffer): VhdxRegion[] {
  return Array.from({ length: table.readUInt32LE(layout.entryCount) }, (_, i) => {
    const at = layout.headerSize + i * entryLayout.size;
    return {
      guid: guidLE(table, at + entryLayout.guid),
      offset: readSafeUInt64LE(table, at + entryLayout.fileOffset, 'the offset of a VHDX region'),
      length: table.readUInt32LE(at + entryLayout.length),
      required: (table.readUInt32LE(at + entryLayout.required) & 1) !== 0,
    };
  });
}

function named(regions: readonly VhdxRegion[], guid: string, name: string): VhdxRegion {
  const region = regions.find((candidate) => candidate.guid === guid);
  if (!region) throw damaged(`the VHDX has no ${name} region`);
  return region;
}
