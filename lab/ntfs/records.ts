import { encodeAttributeList, type ListEntry } from './attribute-list.ts';
import {
  type Attribute,
  attributeLength,
  type Extent,
  encodeResident,
  encodeStream,
  isResident,
  residentLength,
  type StreamAttribute,
  streamHeaderLength,
} from './attributes.ts';
import { ATTRIBUTE, RECORD_FLAG } from './constants.ts';
import { attributesOffset, encodeFileRecord, fileReference, recordCapacity } from './file-record.ts';
import { clustersOf, runsThatFit } from './run-list.ts';
import type { Space } from './space.ts';
import { moveOut } from './streams.ts';
import { compareFileNames } from './up-case.ts';

/** Bytes of a non-resident $ATTRIBUTE_LIST in one run. */
const MOVED_LIST_LENGTH = 0x58;

/** Below this many bytes beside a stream's header, its run list begins in a fresh record. */
const SCARCE_ROOM = 16;

/** A file's base record and everything in it. */
export interface RecordSet {
  readonly number: number;
  readonly sequence: number;
  /** `RECORD_FLAG` bits of the base record. */
  readonly flags: number;
  readonly links: number;
  /** $STANDARD_INFORMATION is among them and stays in the base record. */
  readonly attributes: readonly Attribute[];
}

/** What records are made with. */
export interface RecordPlant {
  readonly recordSize: number;
  readonly space: Space;
  /** A free record for what does not fit into a base record, and its sequence number. */
  takeRecord(): { number: number; sequence: number };
}

/** Where a part of an attribute came to lie. */
export interface PlacedAttribute {
  readonly attribute: Attribute;
  readonly record: number;
  /** Bytes from the record's start. */
  readonly offset: number;
}

export interface PackedRecords {
  readonly records: readonly { number: number; bytes: Buffer }[];
  readonly placed: readonly PlacedAttribute[];
}

/** An attribute, or one part of a stream's run list. */
interface Piece {
  readonly attribute: Attribute;
  readonly extent: Extent | null;
}

/** Encodes a file's records: one, or as many as its run lists and names need under an attribute list. */
export function packRecords(set: RecordSet, plant: RecordPlant): PackedRecords {
  const whole = set.attributes.map(wholePiece);
  const room = recordCapacity(plant.recordSize);
  if (totalLength(set.attributes) <= room)
    return encodeAll(set, [{ ...set, base: 0n, pieces: whole }], plant);
  const { groups, listLength } = distribute(set.attributes, room);
  const [inBase = [], ...others] = groups;
  const base = fileReference(set.number, set.sequence);
  const extensions = others.map((pieces) => ({
    ...plant.takeRecord(),
    flags: RECORD_FLAG.IN_USE,
    links: 0,
    base,
    pieces,
  }));
  const drafts = [{ ...set, base: 0n, pieces: inBase }, ...extensions];
  return encodeAll(set, withAttributeList(drafts, listLength, plant), plant);
}

interface Draft {
  readonly number: number;
  readonly sequence: number;
  readonly flags: number;
  readonly links: number;
  readonly base: bigint;
  readonly pieces: readonly Piece[];
}

function wholePiece(attribute: Attribute): Piece {
  return { attribute, extent: isResident(attribute) ? null : { lowestVcn: 0, runs: attribute.runs } };
}

export function totalLength(attributes: readonly Attribute[]): number {
  return attributes.reduce((sum, attribute) => sum + attributeLength(attribute), 0);
}

/** Spreads attributes over records such that the base record has room for the list of them all. */
function distribute(
  attributes: readonly Attribute[],
  room: number,
): { groups: Piece[][]; listLength: number } {
  for (let listLength = residentLength('', 0); ; ) {
    const groups = spread(attributes, room, listLength);
    const list = encodeAttributeList(groups.flat().map((piece) => listEntry(piece, 0n, 0)));
    const resident = residentLength('', list.length);
    const needed = resident > room / 3 ? MOVED_LIST_LENGTH : resident;
    if (needed <= listLength) return { groups, listLength };
    listLength = needed;
  }
}

/** The shortest first, so that a long run list is what gets divided. */
function spread(attributes: readonly Attribute[], room: number, listLength: number): Piece[][] {
  const groups: Piece[][] = [[]];
  let left = room - listLength;
  const place = (piece: Piece, length: number): void => {
    groups.at(-1)?.push(piece);
    left -= length;
  };
  const turnOver = (): void => {
    groups.push([]);
    left = room;
  };
  for (const attribute of inPlacingOrder(attributes)) {
    const length = attributeLength(attribute);
    if (length > left && !isResident(attribute)) {
      divideRuns(attribute, () => left, place, turnOver);
      continue;
    }
    if (length > left) turnOver();
    if (length > left) throw new Error('an attribute is bigger than a file record');
    place(wholePiece(attribute), length);
  }
  return groups;
}

function inPlacingOrder(attributes: readonly Attribute[]): Attribute[] {
  const isFirst = (attribute: Attribute): number =>
    attribute.type === ATTRIBUTE.STANDARD_INFORMATION ? 0 : 1;
  return [...attributes].sort(
    (left, right) => isFirst(left) - isFirst(right) || attributeLength(left) - attributeLength(right),
  );
}

function divideRuns(
  stream: StreamAttribute,
  left: () => number,
  place: (piece: Piece, length: number) => void,
  turnOver: () => void,
): void {
  const header = streamHeaderLength(stream.name, stream.flags);
  let lowestVcn = 0;
  let from = 0;
  while (from < stream.runs.length) {
    const room = left() - header;
    const rest = stream.runs.slice(from, from + Math.max(0, room));
    const count = room < SCARCE_ROOM ? 0 : runsThatFit(rest, room);
    if (count === 0) {
      turnOver();
      continue;
    }
    const extent = { lowestVcn, runs: rest.slice(0, count) };
    place({ attribute: stream, extent }, attributeLength({ ...stream, runs: extent.runs }));
    lowestVcn += clustersOf(extent.runs);
    from += count;
  }
}

function withAttributeList(drafts: readonly Draft[], room: number, plant: RecordPlant): Draft[] {
  const entries = drafts.flatMap((draft) =>
    inRecordOrder(draft.pieces, draft.base === 0n).map(({ piece, instance }) =>
      listEntry(piece, fileReference(draft.number, draft.sequence), instance),
    ),
  );
  const value = encodeAttributeList(entries);
  const resident = { type: ATTRIBUTE.ATTRIBUTE_LIST, name: '', value };
  const list = attributeLength(resident) <= room ? resident : moveOut(resident, plant.space);
  return drafts.map((draft) =>
    draft.base === 0n ? { ...draft, pieces: [...draft.pieces, wholePiece(list)] } : draft,
  );
}

function listEntry(piece: Piece, reference: bigint, instance: number): ListEntry {
  const { type, name } = piece.attribute;
  return { type, name, lowestVcn: piece.extent?.lowestVcn ?? 0, reference, instance };
}

/** Pieces as a record has them; `leavesListOut` keeps a number for the list that is yet to come. */
function inRecordOrder(
  pieces: readonly Piece[],
  leavesListOut: boolean,
): { piece: Piece; instance: number }[] {
  const sorted = [...pieces].sort(comparePieces);
  return sorted.map((piece, index) => {
    const comesAfterList = leavesListOut && piece.attribute.type > ATTRIBUTE.ATTRIBUTE_LIST;
    return { piece, instance: index + (comesAfterList ? 1 : 0) };
  });
}

function comparePieces(left: Piece, right: Piece): number {
  return (
    left.attribute.type - right.attribute.type ||
    compareFileNames(left.attribute.name, right.attribute.name) ||
    (left.extent?.lowestVcn ?? 0) - (right.extent?.lowestVcn ?? 0)
  );
}

function encodeAll(set: RecordSet, drafts: readonly Draft[], plant: RecordPlant): PackedRecords {
  const placed: PlacedAttribute[] = [];
  const records = drafts.map((draft) => {
    let offset = attributesOffset(plant.recordSize);
    const attributes = inRecordOrder(draft.pieces, false).map(({ piece, instance }) => {
      const bytes = encodePiece(piece, plant.space.clusterSize, instance);
      placed.push({ attribute: piece.attribute, record: draft.number, offset });
      offset += bytes.length;
      return bytes;
    });
    return { number: draft.number, bytes: encodeFileRecord({ ...draft, attributes }, plant.recordSize) };
  });
  if (records[0]?.number !== set.number) throw new Error('the base record comes first');
  return { records, placed };
}

function encodePiece(piece: Piece, clusterSize: number, instance: number): Buffer {
  const { attribute, extent } = piece;
  if (isResident(attribute)) return encodeResident(attribute, instance);
  return encodeStream(attribute, extent ?? { lowestVcn: 0, runs: attribute.runs }, clusterSize, instance);
}
