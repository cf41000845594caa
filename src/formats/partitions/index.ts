import type { Device } from '../device.ts';
import { FormatError } from '../errors.ts';
import { bootRecordEntries, isBootRecord, isUnused } from './boot-record.ts';
import { volumeAtZero } from './boot-sector.ts';
import { hasGptSignature, readGpt } from './gpt.ts';
import { readMbr } from './mbr.ts';
import type { Examined, PartitionTable, SectorSize } from './table.ts';

export type { Partition, PartitionTable, SectorSize } from './table.ts';

/** GPT's first 34 sectors at 512 bytes, or its first 6 at 4096: what one read must bring. */
const headLength = 24_576;

/**
 * The partitions of a disk: GPT (UEFI specification 2.10, chapter 5), MBR with logical partitions, or one
 * volume without a table.
 *
 * `sectorSizeHint` is the logical sector size that the disk's container tells; the other one is tried too.
 * A disk read only to its first sectors costs one read of 24 KiB. Throws `FormatError`: `damaged` where a
 * GPT is announced and neither of its copies is sound, `not-recognised` where the first sector is neither a
 * table nor a volume.
 */
export function readPartitionTable(disk: Device, sectorSizeHint?: SectorSize): PartitionTable {
  if (disk.size < 512) throw unrecognised(`${disk.size} bytes are too few for a disk`);
  const head = disk.read(0, Math.min(disk.size, headLength));
  const examined: Examined = { disk, head, hint: sectorSizeHint, warnings: [] };
  const first = head.subarray(0, 512);

  const volume = volumeAtZero(first);
  if (volume) return tableless(examined, volume.sectorSize);

  const entries = isBootRecord(first) ? bootRecordEntries(first) : undefined;
  const protective = entries?.find((entry) => entry.type === 0xee);
  if (entries && protective) return readGpt(examined, { protective, entries });
  const gptSigned = hasGptSignature(examined);
  if (gptSigned && (!entries || entries.every(isUnused))) return readGpt(examined, undefined);
  if (gptSigned)
    examined.warnings.push('a GPT header lies behind the MBR, which does not announce it; the MBR was read');
  if (entries) return readMbr(examined, entries);
  throw unrecognised(
    first.every((byte) => byte === 0)
      ? 'the first sector is blank'
      : 'the first sector holds neither a partition table nor a volume',
  );
}

function tableless(examined: Examined, sectorSize: SectorSize): PartitionTable {
  const whole = { number: 0, start: 0, size: examined.disk.size, type: '', name: '', active: false };
  return { scheme: 'none', fromBackup: false, sectorSize, partitions: [whole], warnings: [] };
}

function unrecognised(message: string): FormatError {
  return new FormatError('not-recognised', message);
}
