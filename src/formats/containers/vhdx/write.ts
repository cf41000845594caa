import type { Device, GrowableDevice, WritableDevice } from '../../device.ts';
import { zeroGuid } from '../../guid.ts';
import { overlayDevice } from '../overlay.ts';
import { notWritten, writtenDisk } from '../written-disk.ts';
import { vhdxBlockDisk } from './blocks.ts';
import { readVhdxHeader, updateVhdxHeader, type VhdxHeader } from './header.ts';
import { readVhdxLog, type VhdxLogSequence } from './log.ts';
import { readVhdxMetadata } from './metadata.ts';
import { readVhdxRegions, type VhdxRegions } from './regions.ts';
import { requireSoundBlocks } from './sound-blocks.ts';
import { type VhdxPlaces, writtenVhdxBlocks } from './write-blocks.ts';

/** Without a parent nothing keeps account of single sectors. */
const smallestUnit = 512;
const takeCopy = 'take another copy of it, or have it checked first';
/** Twice the largest disk: more than any log can truly speak of. */
const longestFile = 128 * 2 ** 40;
/** What a log of 1 MiB zeroes at most in practice is a few blocks of the table. */
const mostReplayed = 256 * 1024 * 1024;

/**
 * The disk of a VHDX of any type as one that can be written to; `parent` is the disk under a differencing one, and is not
 * written to.
 *
 * Nothing is written before the first write that changes the disk. That one first does what opening for writing demands: a
 * new FileWriteGuid ([MS-VHDX] 2.2.2.1), then a pending log carried out (2.3.3), then both headers with a new DataWriteGuid and
 * no LogGuid, which is how a file lies that was closed cleanly (2.2.2). The tables are then written in place and not
 * through the log (2.3), whose one purpose is that they change whole or not at all: here the owner of `file` sees to
 * that, and an empty log is valid at rest.
 *
 * Throws `FormatError`, `unsupported` where the log cannot be replayed whole or a structure's first copy is damaged.
 */
export function writeVhdx(
  file: GrowableDevice,
  parent: Device | undefined,
  newGuid: () => string,
): WritableDevice {
  const header = readVhdxHeader(file);
  const log = pendingLog(file, header);
  const replayed = log ? overlayDevice(file, log.writes, log.lastFileOffset) : file;
  const places = placesOf(replayed);
  requireSoundBlocks(replayed, places, header.logRange);
  const { metadata, regions } = places;
  const blocks = writtenVhdxBlocks(file, places);
  let begun = false;
  let reader: Device | undefined;

  function begin(): void {
    begun = true;
    updateVhdxHeader(file, { fileWriteGuid: newGuid() });
    if (log) replay(file, log);
    const closed = { dataWriteGuid: newGuid(), logGuid: zeroGuid };
    updateVhdxHeader(file, closed);
    updateVhdxHeader(file, closed);
  }

  return writtenDisk({
    size: metadata.diskSize,
    unit: metadata.parent ? metadata.sectorSize : smallestUnit,
    block: metadata.blockSize,
    read(offset, length) {
      reader ??= vhdxBlockDisk(begun ? file : replayed, metadata, regions.bat, parent);
      return reader.read(offset, length);
    },
    write(offset, bytes) {
      // The reader keeps pages of the table and the bitmaps.
      reader = undefined;
      if (!begun) begin();
      blocks.write(offset, bytes);
    },
  });
}

function pendingLog(file: Device, header: VhdxHeader): VhdxLogSequence | undefined {
  if (!header.log) return undefined;
  const log = readVhdxLog(file, header.log);
  if (!log) throw notWritten('its log is in use and holds no valid entry', takeCopy);
  const { flushedFileOffset, lastFileOffset, writes } = log;
  if (flushedFileOffset > file.size)
    throw notWritten(`it is shorter than the ${flushedFileOffset} bytes that its log tells of`, takeCopy);
  if (lastFileOffset > longestFile) throw notWritten(`its log tells of ${lastFileOffset} bytes`, takeCopy);
  const end = Math.max(file.size, lastFileOffset);
  if (writes.some(({ offset, length }) => offset + length > end))
    throw notWritten('its log changes what lies past the end of the file', takeCopy);
  if (writes.reduce((sum, { length }) => sum + length, 0) > mostReplayed)
    throw notWritten(
      'its log changes more than is replayed here',
      'have it attached and detached once first',
    );
  return log;
}

function replay(file: GrowableDevice, { writes, lastFileOffset }: VhdxLogSequence): void {
  file.grow(lastFileOffset);
  for (const { offset, length, data } of writes) file.write(offset, data ?? Buffer.alloc(length));
}

function placesOf(file: Device): VhdxPlaces {
  const regions: VhdxRegions = readVhdxRegions(file);
  const [warning] = regions.warnings;
  if (warning !== undefined) throw notWritten(warning, takeCopy);
  return { regions, metadata: readVhdxMetadata(file, regions.metadata) };
}
