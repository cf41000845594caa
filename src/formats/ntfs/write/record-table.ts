import type { WritableDevice } from '../../device.ts';
import { damaged, type FormatError } from '../../errors.ts';
import { withNextFixups, withoutFixups } from '../fixups.ts';
import type { Mft } from '../mft.ts';
import { fillFromRuns } from '../run-device.ts';
import { refused } from './refused.ts';
import { writeToRuns } from './run-list.ts';

/*
 * What a record says of itself beyond `file-record.ts`:
 *
 *   offset size
 *   0x04      2  offset of the update sequence array; 0x30 since NTFS 3.1
 *   0x16      2  flags
 *   0x18      4  bytes in use
 *   0x2C      4  its own number, since NTFS 3.1
 */
const ARRAY_OFFSET = 0x04;
const FLAGS = 0x16;
const BYTES_IN_USE = 0x18;
const OWN_NUMBER = 0x2c;
const HEADER_SIZE_WITH_NUMBER = 0x30;
const IN_USE = 0x0001;

/** These have a copy in $MFTMirr on every volume. */
const MIRRORED_RECORDS = 4;

/** A file record without its fixups, free to be changed. */
export interface EditableRecord {
  readonly number: number;
  readonly bytes: Buffer;
}

/** The records that a change touches. */
export interface RecordTable {
  /** The same object each time. Throws `FormatError` (damaged) where it is not a sound record in use. */
  load(number: number): EditableRecord;
  /** Writes the records that have changed, with new fixups, and their copies in $MFTMirr. */
  save(): void;
}

/** The file records of a volume, to be changed on `volume`. */
export function recordTable(volume: WritableDevice, mft: Mft): RecordTable {
  const { recordSize, clusterSize } = mft.boot;
  const loaded = new Map<number, { readonly record: EditableRecord; readonly before: Buffer }>();

  function read(number: number): Buffer {
    const bytes = Buffer.alloc(recordSize);
    fillFromRuns({ volume, boot: mft.boot }, mft.runs, number * recordSize, bytes);
    return bytes;
  }

  function load(number: number): EditableRecord {
    const known = loaded.get(number);
    if (known !== undefined) return known.record;
    if (number >= mft.recordCount) throw damaged(`file record ${number} lies past the end of $MFT`);
    const bytes = recordWithoutFixups(read(number), number);
    if ((bytes.readUInt16LE(FLAGS) & IN_USE) === 0) throw damaged(`file record ${number} is not in use`);
    const record = { number, bytes };
    loaded.set(number, { record, before: Buffer.from(bytes) });
    return record;
  }

  function write({ number, bytes }: EditableRecord): void {
    const mirror = mirrorPlace(mft, number);
    const isMirrored =
      mirror !== undefined &&
      (number < MIRRORED_RECORDS || volume.read(mirror, recordSize).equals(read(number)));
    const onDisk = withNextFixups(bytes);
    writeToRuns(volume, clusterSize, mft.runs, number * recordSize, onDisk, '$MFT');
    if (isMirrored) volume.write(mirror, onDisk);
  }

  function save(): void {
    for (const { record, before } of loaded.values()) if (!record.bytes.equals(before)) write(record);
  }

  return { load, save };
}

/** A record's bytes without fixups. Throws `FormatError` (damaged) where they are not those of this number. */
function recordWithoutFixups(onDisk: Buffer, number: number): Buffer {
  const bytes = withoutFixups(onDisk, 'FILE', `file record ${number}`);
  if (bytes.readUInt32LE(BYTES_IN_USE) > bytes.length) {
    throw damaged(`file record ${number} claims to use more than it has`);
  }
  const hasNumber = bytes.readUInt16LE(ARRAY_OFFSET) >= HEADER_SIZE_WITH_NUMBER;
  if (hasNumber && bytes.readUInt32LE(OWN_NUMBER) !== number) {
    throw damaged(`file record ${number} calls itself ${bytes.readUInt32LE(OWN_NUMBER)}`);
  }
  return bytes;
}

/**
 * Where $MFTMirr may have a copy of a record: of a cluster's worth of them, and of four at least. Beyond those four Windows
 * 10 no longer keeps it up (NTFS-3G, volume.c), so a copy there is one only while it is equal.
 */
function mirrorPlace({ boot }: Mft, number: number): number | undefined {
  const copies = Math.max(MIRRORED_RECORDS, Math.floor(boot.clusterSize / boot.recordSize));
  return number < copies ? boot.mftMirrorCluster * boot.clusterSize + number * boot.recordSize : undefined;
}

/**
 * Throws `FormatError` (damaged) where one of the first four records is bad, or differs from its copy in what it
 * holds: then it is for chkdsk to say which of the two is right.
 */
export function requireMirror(volume: WritableDevice, mft: Mft): void {
  const { recordSize } = mft.boot;
  for (let number = 0; number < MIRRORED_RECORDS; number++) {
    const own = Buffer.alloc(recordSize);
    fillFromRuns({ volume, boot: mft.boot }, mft.runs, number * recordSize, own);
    const copy = volume.read(mirrorPlace(mft, number) ?? 0, recordSize);
    if (!contentOf(own, number).equals(contentOf(copy, number))) {
      throw damaged(`file record ${number} is not what its copy in $MFTMirr is`);
    }
  }
}

function contentOf(onDisk: Buffer, number: number): Buffer {
  const bytes = recordWithoutFixups(onDisk, number);
  return bytes.subarray(0, bytes.readUInt32LE(BYTES_IN_USE));
}

/** The error for a record in which what is wanted has no room. */
export function recordIsFull(number: number): FormatError {
  return refused(
    `file record ${number} has no room for what would be added; attach the disk to a Windows machine, ` +
      'defragment the file or put a copy in its place, and try again',
  );
}
