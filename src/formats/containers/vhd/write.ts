import { type Device, type GrowableDevice, sliceDevice, type WritableDevice } from '../../device.ts';
import { damaged } from '../../errors.ts';
import { notWritten, writtenDisk } from '../written-disk.ts';
import { readVhdDynamicHeader } from './dynamic-header.ts';
import { diskType, readVhdFooter, type VhdFooter } from './footer.ts';
import { writtenVhdBlocks } from './write-blocks.ts';

const mebibyte = 1024 * 1024;
const sectorSize = 512;

/**
 * The disk of a VHD of any type as one that can be written to; `parent` is the disk under a differencing one, and is not
 * written to. The footer of a fixed one stays as it is: nothing in it tells of writes. Throws `FormatError`, `unsupported`
 * for a footer that is missing or damaged, a file that was cut short, and a disk with a saved state.
 */
export function writeVhd(file: GrowableDevice, parent: Device | undefined): WritableDevice {
  const footer = readVhdFooter(file);
  requireSound(footer);
  const size = footer.currentSize;
  if (size === undefined) throw damaged('the size of the disk is not known');
  if (footer.diskType === diskType.fixed) return fixedDisk(file, footer, size);
  return writtenVhdBlocks({
    file,
    size,
    footer,
    header: readVhdDynamicHeader(file, footer),
    differencing: footer.diskType === diskType.differencing,
    parent,
  });
}

function requireSound({ warnings, savedState }: VhdFooter): void {
  const [warning] = warnings;
  if (warning !== undefined)
    throw notWritten(warning, 'take another copy of it, or have it converted to a sound one');
  if (savedState)
    throw notWritten(
      'a machine was saved as it ran on this disk',
      'start that machine and shut it down, or discard its saved state, first',
    );
}

function fixedDisk(file: GrowableDevice, footer: VhdFooter, size: number): WritableDevice {
  if (size === 0 || size > footer.offset)
    throw notWritten(`the file holds only ${footer.offset} bytes of ${size}`, 'take another copy of it');
  const disk = sliceDevice(file, 0, size);
  return writtenDisk({
    size,
    unit: sectorSize,
    block: mebibyte,
    read: (offset, length) => disk.read(offset, length),
    write: (offset, bytes) => file.write(offset, bytes),
  });
}
