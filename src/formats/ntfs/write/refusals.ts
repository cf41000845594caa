import { damaged, FormatError } from '../../errors.ts';
import { VOLUME_INFORMATION } from '../attribute.ts';
import { parseBootSector } from '../boot-sector.ts';
import type { Mft } from '../mft.ts';
import type { NtfsVolume, VolumeState } from '../types.ts';
import { fileEdit, type VolumeEdit } from './file-edit.ts';
import { requireMirror } from './record-table.ts';

const BOOT_SECTOR_SIZE = 512;
const BYTES_PER_SECTOR = 0x0b;
const SECTOR_SIZES = [512, 4096];

const VOLUME_RECORD = 3;
/** $VOLUME_INFORMATION: flags (2 bytes) at 0x0A. */
const VOLUME_FLAGS = 0x0a;

const CHECK_IN_WINDOWS = 'attach the disk to a Windows machine, run chkdsk /f on the volume, and try again';
const START_AND_SHUT_DOWN = 'start Windows, shut it down in full (shutdown /s /t 0), and try again';
const ATTACH_ONCE =
  'attach the disk to a Windows machine, take it offline there in good order, and try again';

/** What Windows itself still means to do to the volume, by the flags in $Volume. Bit 0, dirty, is in `VolumeState`. */
const PENDING: readonly (readonly [number, string])[] = [
  [0x0002, 'the journal is to be resized'],
  [0x0004, 'the volume is to be upgraded'],
  [0x0010, 'the change journal is being deleted'],
  [0x0020, 'object ids are to be repaired'],
  [0x4000, 'chkdsk is under way'],
];

const JOURNAL: Readonly<Partial<Record<VolumeState['journal'], string>>> = {
  unclean: `the journal ($LogFile) was not closed in good order: Windows would undo what is written; ${ATTACH_ONCE}`,
  unreadable: `the journal ($LogFile) cannot be read; ${CHECK_IN_WINDOWS}`,
};

const HIBERNATION: Readonly<Partial<Record<VolumeState['hibernation'], string>>> = {
  hibernated: `Windows is hibernated and would undo what is written; ${START_AND_SHUT_DOWN}`,
  'fast-startup': `Windows was shut down by Fast Startup and would undo what is written; ${START_AND_SHUT_DOWN}`,
  unknown: `hiberfil.sys cannot be understood, so that Windows may be hibernated; ${START_AND_SHUT_DOWN}`,
};

/** Why a volume must not be written to, each with its remedy; none for one that may. */
export function refusalsOf(volume: VolumeEdit, mft: Mft, reader: NtfsVolume): string[] {
  const { dirty, journal, hibernation } = reader.state();
  const flags = volumeFlags(volume);
  const reasons = [
    ...unitRefusals(volume),
    versionRefusal(reader.version()),
    dirty ? `the volume is marked dirty; ${CHECK_IN_WINDOWS}` : undefined,
    ...PENDING.map(([flag, what]) => ((flags & flag) === 0 ? undefined : `${what}; ${ATTACH_ONCE}`)),
    JOURNAL[journal],
    HIBERNATION[hibernation],
    mirrorRefusal(volume, mft),
  ];
  return reasons.filter((reason) => reason !== undefined);
}

function unitRefusals(volume: VolumeEdit): (string | undefined)[] {
  const sector = volume.volume.read(0, BOOT_SECTOR_SIZE);
  const size = sector.readUInt16LE(BYTES_PER_SECTOR);
  const damage = damageIn(() => parseBootSector(sector));
  if (damage !== undefined) return [`the boot sector is bad (${damage}); ${CHECK_IN_WINDOWS}`];
  return [
    SECTOR_SIZES.includes(size) ? undefined : `sectors of ${size} bytes are not written; use Windows instead`,
  ];
}

function versionRefusal({
  major,
  minor,
}: {
  readonly major: number;
  readonly minor: number;
}): string | undefined {
  if (major === 3 && minor <= 1) return undefined;
  return `NTFS ${major}.${minor} is not written, only 3.0 and 3.1; use the Windows that the volume belongs to`;
}

function volumeFlags(volume: VolumeEdit): number {
  const [place] = fileEdit(volume, { recordNumber: VOLUME_RECORD, sequenceNumber: 0 }).places(
    VOLUME_INFORMATION,
  );
  if (place?.attribute.resident !== true) throw damaged('$Volume has no volume information');
  return place.attribute.value.readUInt16LE(VOLUME_FLAGS);
}

function mirrorRefusal(volume: VolumeEdit, mft: Mft): string | undefined {
  const damage = damageIn(() => requireMirror(volume.volume, mft));
  return damage === undefined ? undefined : `the file table is damaged (${damage}); ${CHECK_IN_WINDOWS}`;
}

function damageIn(check: () => unknown): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof FormatError) return error.message;
    throw error;
  }
}
