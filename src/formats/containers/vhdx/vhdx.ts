import type { Device } from '../../device.ts';
import type { ImageKind, Layer, ParentLink } from '../image.ts';
import { overlayDevice } from '../overlay.ts';
import { vhdxBlockDisk } from './blocks.ts';
import { readVhdxHeader, type VhdxLogPlace } from './header.ts';
import { readVhdxLog } from './log.ts';
import { readVhdxMetadata, type VhdxMetadata } from './metadata.ts';
import type { VhdxParentLocator } from './parent-locator.ts';
import { readVhdxRegions } from './regions.ts';

/**
 * Opens a VHDX of any type ([MS-VHDX]). A log that was not carried out is replayed over the file in memory,
 * before anything else of the file is believed. Throws `FormatError` (damaged, unsupported).
 */
export function openVhdx(stored: Device): Layer {
  const header = readVhdxHeader(stored);
  const replayed = replay(stored, header.log);
  const file = replayed.device;
  const regions = readVhdxRegions(file);
  const metadata = readVhdxMetadata(file, regions.metadata);
  return {
    kind: kindOf(metadata),
    identity: header.dataWriteGuid,
    sectorSize: metadata.sectorSize,
    warnings: [...header.warnings, ...replayed.warnings, ...regions.warnings],
    link: metadata.parent && parentLink(metadata.parent),
    disk: (parent) => vhdxBlockDisk(file, metadata, regions.bat, parent),
  };
}

interface Replayed {
  readonly device: Device;
  readonly warnings: readonly string[];
}

function replay(file: Device, place: VhdxLogPlace | undefined): Replayed {
  if (!place) return { device: file, warnings: [] };
  const log = readVhdxLog(file, place);
  // A writer that died between naming a new log and its first entry has changed nothing yet.
  if (!log) return { device: file, warnings: ['the log is in use and holds no valid entry'] };
  const warnings = ['the log was replayed: the file was not closed cleanly'];
  if (log.flushedFileOffset > file.size) {
    warnings.push(`the file is shorter than the ${log.flushedFileOffset} bytes that its log tells of`);
  }
  return { device: overlayDevice(file, log.writes, log.lastFileOffset), warnings };
}

function kindOf(metadata: VhdxMetadata): ImageKind {
  if (metadata.parent) return 'vhdx-differencing';
  return metadata.fixed ? 'vhdx-fixed' : 'vhdx-dynamic';
}

function parentLink(locator: VhdxParentLocator): ParentLink {
  const { paths, linkages } = locator;
  return { reference: { format: 'vhdx', paths, identity: linkages[0] }, identities: linkages };
}
