import { type GrowableDevice, requireRange, type WritableDevice } from '../../device.ts';
import { FormatError } from '../../errors.ts';
import { DATA } from '../attribute.ts';
import { isBitLocker } from '../boot-sector.ts';
import type { FileReference } from '../file-record.ts';
import type { NtfsFile } from '../types.ts';
import { type CompareNames, nameComparison } from '../upcase.ts';
import { openMftOf, openNtfs } from '../volume.ts';
import { type RepeatedInformation, repeatInDirectories } from './directory-names.ts';
import { type FileEdit, fileEdit, referenceTo, type VolumeEdit } from './file-edit.ts';
import { recordTable } from './record-table.ts';
import { refusalsOf } from './refusals.ts';
import { refused } from './refused.ts';
import { securityIdFor } from './security-edit.ts';
import { stagedDevice } from './staging.ts';
import { setSecurityId, setTimes } from './standard-information-edit.ts';
import { type StreamEdit, streamEdit } from './stream-edit.ts';

const UPCASE_RECORD = 10;
const ROOT_RECORD = 5;
/** The files of NTFS itself; behind them come those in $Extend. */
const FIRST_ORDINARY_RECORD = 24;
const EXTEND = '$EXTEND';
const UNNAMED = { type: DATA, name: '' };

/** From 1601 to 1970, in milliseconds. */
const EPOCH_DIFFERENCE = 11_644_473_600_000;

/** Changes files of an NTFS volume in place. Each call does all of what it is asked, or throws and has written nothing. */
export interface NtfsWriter {
  /**
   * Why nothing may be written to this volume, a sentence each, with the remedy; none for one that may be. Throws
   * `FormatError` (damaged) where that cannot be told.
   */
  refusals(): string[];
  /**
   * The bytes of a file's unnamed stream. Throws `FormatError`: unsupported for a volume that has refusals, for what is no
   * ordinary file, for a compressed, sparse or encrypted one, and in `grow` for want of room; damaged where the file, its
   * clusters or its names in directories are not sound.
   */
  fileDevice(path: string): GrowableDevice;
  /**
   * Gives a file or directory a self-relative security descriptor, byte for byte. What inherits from it stays as it is.
   * Throws `FormatError` as `fileDevice` does.
   */
  setSecurity(path: string, descriptor: Buffer): void;
}

/** How a volume is written to. */
export interface NtfsWriterOptions {
  /**
   * The time that changed files get: last written and record changed for their bytes, record changed for their descriptor.
   * Without it all times stay, and what goes by times (a backup) does not see the change.
   */
  readonly now?: Date;
}

/**
 * Opens an NTFS volume for writing; writes nothing yet. Throws `FormatError`: encrypted (BitLocker) with the remedy,
 * not-recognised, or damaged.
 */
export function openNtfsWriter(device: WritableDevice, options: NtfsWriterOptions = {}): NtfsWriter {
  requireNoBitLocker(device);
  const mft = openMftOf(device);
  const compareNames = nameComparison(() => openNtfs(device).file(UPCASE_RECORD).open());
  const now = options.now === undefined ? undefined : ticksOf(options.now);
  let mayBeWritten = false;

  function changing<T>(change: (volume: VolumeEdit) => T): T {
    const staged = stagedDevice(device);
    const volume = { volume: staged, boot: mft.boot, records: recordTable(staged, mft) };
    const answer = change(volume);
    volume.records.save();
    staged.commit();
    return answer;
  }

  function refusals(): string[] {
    return changing((volume) => refusalsOf(volume, mft, openNtfs(device)));
  }

  function requireWritable(): void {
    if (mayBeWritten) return;
    const [first] = refusals();
    if (first !== undefined) throw refused(first);
    mayBeWritten = true;
  }

  function referenceAt(path: string): FileReference {
    const { recordNumber } = fileAt(device, path);
    return changing((volume) => referenceTo(fileEdit(volume, { recordNumber, sequenceNumber: 0 }).base));
  }

  return {
    refusals,
    fileDevice(path) {
      requireWritable();
      requireOrdinary(fileAt(device, path), path);
      return fileDevice({ changing, compareNames, now, reference: referenceAt(path) });
    },
    setSecurity(path, descriptor) {
      requireWritable();
      const current = fileAt(device, path);
      requireOwnDescriptor(current, path);
      if (current.securityDescriptor()?.equals(descriptor)) return;
      const reference = referenceAt(path);
      changing((volume) => {
        const file = fileEdit(volume, reference);
        if (!setSecurityId(file, securityIdFor(volume, descriptor)) || now === undefined) return;
        setTimes(file, { recordChanged: now });
        repeatInDirectories(volume, file, compareNames, { recordChanged: now });
      });
    },
  };
}

interface OpenFile {
  readonly changing: <T>(change: (volume: VolumeEdit) => T) => T;
  readonly compareNames: CompareNames;
  readonly now: bigint | undefined;
  readonly reference: FileReference;
}

function fileDevice({ changing, compareNames, now, reference }: OpenFile): GrowableDevice {
  function withStream<T>(use: (stream: StreamEdit, file: FileEdit, volume: VolumeEdit) => T): T {
    return changing((volume) => {
      const file = fileEdit(volume, reference);
      return use(streamEdit(volume, file, UNNAMED), file, volume);
    });
  }

  function change(make: (stream: StreamEdit) => boolean): void {
    withStream((stream, file, volume) => {
      const { size, allocated } = stream;
      if (!make(stream)) return;
      const times = now === undefined ? {} : { modified: now, recordChanged: now };
      setTimes(file, times);
      const information: RepeatedInformation = {
        ...times,
        ...(stream.size === size ? {} : { size: stream.size }),
        ...(stream.allocated === allocated ? {} : { allocated: stream.allocated }),
      };
      if (Object.keys(information).length > 0) repeatInDirectories(volume, file, compareNames, information);
    });
  }

  withStream((stream) => stream.requireInUse());
  const device: GrowableDevice = {
    get size() {
      return withStream((stream) => stream.size);
    },
    read: (offset, length) => withStream((stream) => stream.read(offset, length)),
    write(offset, bytes) {
      change((stream) => {
        requireRange(stream, offset, bytes.length);
        return stream.write(offset, bytes);
      });
    },
    grow(size) {
      change((stream) => {
        if (size <= stream.size) return false;
        stream.grow(size);
        return true;
      });
    },
  };
  return device;
}

function requireNoBitLocker(device: WritableDevice): void {
  if (!isBitLocker(device)) return;
  throw new FormatError(
    'encrypted',
    'the volume is encrypted by BitLocker; decrypt it in Windows (manage-bde -off), and try again',
  );
}

function fileAt(device: WritableDevice, path: string): NtfsFile {
  const file = openNtfs(device).find(path);
  if (file === undefined) throw refused(`there is no ${path} on the volume, and no file is made`);
  const isOfNtfs = file.recordNumber < FIRST_ORDINARY_RECORD && file.recordNumber !== ROOT_RECORD;
  const [first = ''] = path.split('\\').filter((part) => part !== '');
  if (isOfNtfs || first.toUpperCase() === EXTEND)
    throw refused(`${path} belongs to NTFS itself and is not written to`);
  return file;
}

function requireOrdinary(file: NtfsFile, path: string): void {
  if (file.isDirectory) throw refused(`${path} is a directory`);
  if (file.reparseTag === undefined) return;
  throw refused(
    `${path} is a link, or a filter of Windows keeps its bytes; copy it in Windows, and put the copy in its place`,
  );
}

function requireOwnDescriptor(file: NtfsFile, path: string): void {
  if (file.reparseTag === undefined || !file.isDirectory) return;
  throw refused(`${path} is a link to another directory, whose permissions may be meant; name that one`);
}

function ticksOf(date: Date): bigint {
  return BigInt(date.getTime() + EPOCH_DIFFERENCE) * 10_000n;
}
