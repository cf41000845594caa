import { COMPRESSION_UNIT, STREAM_FLAG } from './constants.ts';
import { putFields, roundUp, utf16 } from './fields.ts';
import type { Run } from './literal.ts';
import { allocatedClustersOf, clustersOf, encodeRunList } from './run-list.ts';

/** An attribute whose value lies in its file record. */
export interface ResidentAttribute {
  readonly type: number;
  readonly name: string;
  readonly value: Buffer;
  /** Set for a name that a directory has an entry for. */
  readonly indexed?: boolean;
}

/** An attribute whose value lies in clusters. */
export interface StreamAttribute {
  readonly type: number;
  readonly name: string;
  readonly runs: readonly Run[];
  /** Bytes of the value, and how many of them count as written. */
  readonly size: number;
  readonly initialized: number;
  /** `STREAM_FLAG` bits. */
  readonly flags: number;
}

export type Attribute = ResidentAttribute | StreamAttribute;

export function isResident(attribute: Attribute): attribute is ResidentAttribute {
  return 'value' in attribute;
}

/** What both kinds of attribute begin with. */
const HEADER = {
  type: [0x00, 4],
  length: [0x04, 4],
  nonResident: [0x08, 1],
  nameLength: [0x09, 1],
  nameOffset: [0x0a, 2],
  flags: [0x0c, 2],
  instance: [0x0e, 2],
} as const;

const RESIDENT = { valueLength: [0x10, 4], valueOffset: [0x14, 2], indexed: [0x16, 1] } as const;
const RESIDENT_SIZE = 0x18;

const NON_RESIDENT = {
  lowestVcn: [0x10, 8],
  highestVcn: [0x18, 8],
  mappingPairsOffset: [0x20, 2],
  compressionUnit: [0x22, 1],
  allocatedSize: [0x28, 8],
  dataSize: [0x30, 8],
  initializedSize: [0x38, 8],
  /** Only under the flags for compressed and sparse: the bytes that are really allocated. */
  compressedSize: [0x40, 8],
} as const;
const NON_RESIDENT_SIZE = 0x40;
const SPARSE_SIZE = 0x48;

const hasHoles = STREAM_FLAG.COMPRESSED | STREAM_FLAG.SPARSE;

/** Bytes that a resident attribute takes in its record. */
export function residentLength(name: string, valueLength: number): number {
  return roundUp(roundUp(RESIDENT_SIZE + name.length * 2, 8) + valueLength, 8);
}

/** Bytes of a non-resident attribute before its mapping pairs. */
export function streamHeaderLength(name: string, flags: number): number {
  return roundUp(((flags & hasHoles) !== 0 ? SPARSE_SIZE : NON_RESIDENT_SIZE) + name.length * 2, 8);
}

/** Bytes that an attribute takes in a record that holds all of it. */
export function attributeLength(attribute: Attribute): number {
  if (isResident(attribute)) return residentLength(attribute.name, attribute.value.length);
  const header = streamHeaderLength(attribute.name, attribute.flags);
  return roundUp(header + encodeRunList(attribute.runs).length, 8);
}

export function encodeResident(attribute: ResidentAttribute, instance: number): Buffer {
  const { type, name, value } = attribute;
  const length = residentLength(name, value.length);
  const valueOffset = roundUp(RESIDENT_SIZE + name.length * 2, 8);
  const bytes = Buffer.alloc(length);
  putFields(bytes, 0, HEADER, { type, length, nameLength: name.length, nameOffset: RESIDENT_SIZE, instance });
  putFields(bytes, 0, RESIDENT, {
    valueLength: value.length,
    valueOffset,
    indexed: attribute.indexed === true ? 1 : 0,
  });
  utf16(name).copy(bytes, RESIDENT_SIZE);
  value.copy(bytes, valueOffset);
  return bytes;
}

/** A part of a stream's run list: `runs` begin at cluster `lowestVcn` of the stream. */
export interface Extent {
  readonly lowestVcn: number;
  readonly runs: readonly Run[];
}

/** An attribute with one part of the run list; only the part from cluster 0 knows the sizes. */
export function encodeStream(
  stream: StreamAttribute,
  extent: Extent,
  clusterSize: number,
  instance: number,
): Buffer {
  const { type, name, flags } = stream;
  const nameOffset = (flags & hasHoles) !== 0 ? SPARSE_SIZE : NON_RESIDENT_SIZE;
  const mappingPairsOffset = streamHeaderLength(name, flags);
  const pairs = encodeRunList(extent.runs);
  const length = roundUp(mappingPairsOffset + pairs.length, 8);
  const bytes = Buffer.alloc(length);
  putFields(bytes, 0, HEADER, {
    type,
    length,
    nonResident: 1,
    nameLength: name.length,
    nameOffset,
    flags,
    instance,
  });
  putFields(bytes, 0, NON_RESIDENT, {
    lowestVcn: extent.lowestVcn,
    highestVcn: extent.lowestVcn + clustersOf(extent.runs) - 1,
    mappingPairsOffset,
    ...(extent.lowestVcn === 0 ? sizesOf(stream, clusterSize) : {}),
  });
  utf16(name).copy(bytes, nameOffset);
  pairs.copy(bytes, mappingPairsOffset);
  return bytes;
}

function sizesOf(
  stream: StreamAttribute,
  clusterSize: number,
): Partial<Record<keyof typeof NON_RESIDENT, number>> {
  const sizes = {
    allocatedSize: clustersOf(stream.runs) * clusterSize,
    dataSize: stream.size,
    initializedSize: stream.initialized,
  };
  if ((stream.flags & hasHoles) === 0) return sizes;
  const compressedSize = allocatedClustersOf(stream.runs) * clusterSize;
  return { ...sizes, compressionUnit: COMPRESSION_UNIT.shift, compressedSize };
}

/** Bytes on the volume that a directory entry counts for an attribute. */
export function allocatedSize(attribute: Attribute | undefined, clusterSize: number): number {
  if (attribute === undefined) return 0;
  if (isResident(attribute)) return roundUp(attribute.value.length, 8);
  return allocatedClustersOf(attribute.runs) * clusterSize;
}

/** Bytes of an attribute's value. */
export function dataSize(attribute: Attribute | undefined): number {
  if (attribute === undefined) return 0;
  return isResident(attribute) ? attribute.value.length : attribute.size;
}
