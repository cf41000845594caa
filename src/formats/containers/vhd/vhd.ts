import { type Device, sliceDevice } from '../../device.ts';
import { damaged } from '../../errors.ts';
import { extentDevice } from '../extents.ts';
import type { Layer, ParentLink } from '../image.ts';
import { requireInFile } from '../tables.ts';
import { vhdBlockDisk } from './blocks.ts';
import { readVhdDynamicHeader, type VhdDynamicHeader } from './dynamic-header.ts';
import { diskType, readVhdFooter, type VhdFooter } from './footer.ts';

/**
 * Opens a VHD of any type. The size is the footer's "current size", as Hyper-V and Azure take it, not
 * the geometry's. Throws `FormatError` (damaged, unsupported).
 */
export function openVhd(file: Device): Layer {
  const footer = readVhdFooter(file);
  switch (footer.diskType) {
    case diskType.fixed:
      return fixedLayer(file, footer);
    case diskType.dynamic:
    case diskType.differencing:
      return blockLayer(file, footer, footer.diskType === diskType.differencing);
    default:
      throw damaged(`disk type ${footer.diskType} in the VHD footer`);
  }
}

function fixedLayer(file: Device, footer: VhdFooter): Layer {
  if (footer.offset === 0) throw damaged('a fixed VHD with nothing but a footer');
  const { size, warning } = fixedSize(footer);
  return {
    kind: 'vhd-fixed',
    identity: footer.uniqueId,
    sectorSize: 512,
    warnings: warning === undefined ? footer.warnings : [...footer.warnings, warning],
    link: undefined,
    disk: () => (size <= footer.offset ? sliceDevice(file, 0, size) : shortDisk(file, footer.offset, size)),
  };
}

/** The data of a fixed disk lies before the footer; a footer that is wrong yields to that. */
function fixedSize(footer: VhdFooter): { size: number; warning?: string } {
  const { currentSize, offset, warnings } = footer;
  if (currentSize !== undefined && currentSize > 0 && currentSize <= offset) return { size: currentSize };
  if (currentSize === undefined || currentSize === 0 || warnings.length > 0) {
    return { size: offset, warning: `the size was taken from the file: ${offset} bytes` };
  }
  return {
    size: currentSize,
    warning: `the file holds only ${offset} bytes of ${currentSize}: it is cut short`,
  };
}

function shortDisk(file: Device, present: number, size: number): Device {
  const data = sliceDevice(file, 0, present);
  return extentDevice(size, (offset, length) => {
    requireInFile(data, offset, length, 'the disk');
    return { device: data, offset, length };
  });
}

function blockLayer(file: Device, footer: VhdFooter, differencing: boolean): Layer {
  const header = readVhdDynamicHeader(file, footer);
  const size = footer.currentSize;
  if (size === undefined) throw damaged('the size of the disk is not known: the footer has a bad checksum');
  const blocks = Math.ceil(size / header.blockSize);
  const short = blocks > header.tableEntries;
  if (short) throw damaged(`the table has ${header.tableEntries} entries for a disk of ${blocks} blocks`);
  return {
    kind: differencing ? 'vhd-differencing' : 'vhd-dynamic',
    identity: footer.uniqueId,
    sectorSize: 512,
    warnings: footer.warnings,
    link: differencing ? parentLink(header) : undefined,
    disk: (parent) => vhdBlockDisk(file, size, header, differencing, parent),
  };
}

function parentLink(header: VhdDynamicHeader): ParentLink {
  const { parentPaths: paths, parentUniqueId: identity } = header;
  if (paths.length === 0) throw damaged('a differencing VHD that does not name its parent');
  return { reference: { format: 'vhd', paths, identity }, identities: [identity] };
}
