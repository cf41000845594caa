import type { Device } from '../device.ts';
import { damaged, FormatError } from '../errors.ts';
import { VOLUME_INFORMATION, VOLUME_NAME } from './attribute.ts';
import { bootSectorCandidates } from './boot-sector.ts';
import { type FileContext, MftFile, ROOT_RECORD } from './file.ts';
import { hibernationState } from './hibernation.ts';
import { journalState } from './log-file.ts';
import { type Mft, openMft } from './mft.ts';
import { securityStore } from './security-store.ts';
import type { NtfsFile, NtfsVolume, VolumeState } from './types.ts';
import { nameComparison } from './upcase.ts';

const LOG_FILE_RECORD = 2;
const VOLUME_RECORD = 3;
const SECURE_RECORD = 9;
const UPCASE_RECORD = 10;

/*
 * $VOLUME_INFORMATION: major version at 0x08, minor at 0x09, flags (2 bytes) at 0x0A.
 */
const MAJOR_VERSION = 0x08;
const MINOR_VERSION = 0x09;
const VOLUME_FLAGS = 0x0a;
const VOLUME_INFORMATION_SIZE = 0x0c;
const VOLUME_IS_DIRTY = 0x0001;

/** In a reparse tag: the file stands for another one, as junctions and symbolic links do. */
const IS_NAME_SURROGATE = 0x2000_0000;

/**
 * Opens an NTFS volume, from its boot sector or, where that is damaged, the backup in the last sector.
 * Throws `FormatError`: not-recognised, encrypted (BitLocker), or damaged.
 */
export function openNtfs(volume: Device): NtfsVolume {
  const mft = openMftOf(volume);
  const context: FileContext = {
    mft,
    compareNames: nameComparison(() => file(UPCASE_RECORD).open()),
    security: securityStore(() => file(SECURE_RECORD)),
  };

  function file(recordNumber: number): MftFile {
    return new MftFile(context, mft.record(recordNumber));
  }

  const { clusterSize, recordSize, size, serialNumber } = mft.boot;
  return {
    clusterSize,
    recordSize,
    size,
    serialNumber,
    root: file(ROOT_RECORD),
    label: () => file(VOLUME_RECORD).residentValue(VOLUME_NAME)?.toString('utf16le') ?? '',
    version: () => {
      const information = volumeInformation(file(VOLUME_RECORD));
      return { major: information.readUInt8(MAJOR_VERSION), minor: information.readUInt8(MINOR_VERSION) };
    },
    find: (path) => find(file(ROOT_RECORD), path),
    file,
    state: () => ({
      dirty: (volumeInformation(file(VOLUME_RECORD)).readUInt16LE(VOLUME_FLAGS) & VOLUME_IS_DIRTY) !== 0,
      journal: orIfDamaged(() => journalState(file(LOG_FILE_RECORD).open()), 'unreadable'),
      hibernation: orIfDamaged(() => hibernation(file(ROOT_RECORD)), 'unknown'),
    }),
  };
}

/**
 * The MFT by the first boot sector that leads to one. Throws `FormatError` as `openNtfs` does; where none leads
 * there, it is the error of the first of all.
 */
export function openMftOf(volume: Device): Mft {
  let first: FormatError | undefined;
  for (const candidate of bootSectorCandidates(volume)) {
    try {
      return openMft({ volume, boot: candidate() });
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      first ??= error;
    }
  }
  throw first ?? damaged('no boot sector');
}

function find(root: MftFile, path: string): MftFile | undefined {
  let current: MftFile | undefined = root;
  for (const name of path.split('\\').filter((part) => part !== '')) {
    if (current === undefined) return undefined;
    if (!current.isDirectory) {
      current.requireNoDirectory();
      return undefined;
    }
    requireNoLink(current);
    current = current.entry(name);
  }
  return current;
}

function requireNoLink(directory: NtfsFile): void {
  const tag = directory.reparseTag ?? 0;
  if ((tag & IS_NAME_SURROGATE) !== 0) {
    throw new FormatError(
      'unsupported',
      `${directory.name} is a link to another place, which is not followed`,
    );
  }
}

function volumeInformation(volumeFile: MftFile): Buffer {
  const information = volumeFile.residentValue(VOLUME_INFORMATION);
  if (information === undefined || information.length < VOLUME_INFORMATION_SIZE) {
    throw damaged('$Volume has no volume information');
  }
  return information;
}

function hibernation(root: NtfsFile): VolumeState['hibernation'] {
  const file = root.entry('hiberfil.sys');
  return file === undefined ? 'none' : hibernationState(file.open());
}

function orIfDamaged<T>(answer: () => T, instead: T): T {
  try {
    return answer();
  } catch (error) {
    if (error instanceof FormatError) return instead;
    throw error;
  }
}
