import { damaged } from '../../errors.ts';
import { ATTRIBUTE_LIST } from '../attribute.ts';
import { type AttributeListEntry, parseAttributeList } from '../attribute-list.ts';
import { type FileReference, readReference } from '../file-record.ts';
import type { Clusters } from '../run-device.ts';
import { attributeDevice } from '../stream.ts';
import { type AttributePlace, attributePlaces } from './attribute-places.ts';
import type { EditableRecord, RecordTable } from './record-table.ts';

const SEQUENCE_NUMBER = 0x10;
const BASE_RECORD = 0x20;

/** What a change works on: a volume's bytes, staged, and its records. */
export interface VolumeEdit extends Clusters {
  readonly volume: Clusters['volume'] & { write(offset: number, bytes: Uint8Array): void };
  readonly records: RecordTable;
}

/** A file's records, to be changed. */
export interface FileEdit {
  readonly base: EditableRecord;
  /** What errors call it. */
  readonly what: string;
  readonly hasAttributeList: boolean;
  /** The extents of the attributes of a type, of those with one name where one is given, in the order of their clusters. */
  places(type: number, name?: string): AttributePlace[];
}

/**
 * A file by its reference. Throws `FormatError` (damaged) where the record is another's by now, only extends one, or
 * leads to records that do not know of it.
 */
export function fileEdit(volume: VolumeEdit, reference: FileReference): FileEdit {
  const base = volume.records.load(reference.recordNumber);
  const what = `file record ${base.number}`;
  requireSequence(base, reference);
  if (base.bytes.readBigUInt64LE(BASE_RECORD) !== 0n) throw damaged(`${what} only extends another`);
  const list = listedIn(volume, base, what);

  function recordOf({ record }: AttributeListEntry): EditableRecord {
    if (record.recordNumber === base.number) return base;
    const extension = volume.records.load(record.recordNumber);
    requireSequence(extension, record);
    if (readReference(extension.bytes, BASE_RECORD).recordNumber !== base.number) {
      throw damaged(`${what}: file record ${extension.number} does not extend it, as its list says`);
    }
    return extension;
  }

  function listedPlace(entry: AttributeListEntry): AttributePlace {
    const place = attributePlaces(recordOf(entry)).find(
      ({ attribute: { type, id, name } }) => type === entry.type && id === entry.id && name === entry.name,
    );
    if (place === undefined) throw damaged(`${what}: attribute ${entry.type} is not where its list says`);
    return place;
  }

  function places(type: number, name?: string): AttributePlace[] {
    const isWanted = (other: { readonly type: number; readonly name: string }) =>
      other.type === type && (name === undefined || other.name === name);
    const found =
      list?.filter(isWanted).map(listedPlace) ??
      attributePlaces(base).filter(({ attribute }) => isWanted(attribute));
    return found.sort((a, b) => firstVcnOf(a) - firstVcnOf(b));
  }

  return { base, what, hasAttributeList: list !== undefined, places };
}

/** The reference by which others know a file. */
export function referenceTo({ number, bytes }: EditableRecord): FileReference {
  return { recordNumber: number, sequenceNumber: bytes.readUInt16LE(SEQUENCE_NUMBER) };
}

function requireSequence(record: EditableRecord, { sequenceNumber }: FileReference): void {
  if (sequenceNumber !== 0 && record.bytes.readUInt16LE(SEQUENCE_NUMBER) !== sequenceNumber) {
    throw damaged(`file record ${record.number} now belongs to another file than the one meant`);
  }
}

function listedIn(volume: VolumeEdit, base: EditableRecord, what: string): AttributeListEntry[] | undefined {
  const lists = attributePlaces(base).filter(({ attribute }) => attribute.type === ATTRIBUTE_LIST);
  if (lists.length === 0) return undefined;
  const attributes = lists.map(({ attribute }) => attribute);
  return parseAttributeList(attributeDevice(volume, attributes, what), what);
}

function firstVcnOf({ attribute }: AttributePlace): number {
  return attribute.resident ? 0 : attribute.firstVcn;
}
