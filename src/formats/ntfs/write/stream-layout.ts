import { readSafeUInt64LE } from '../../device.ts';
import { damaged } from '../../errors.ts';
import { COMPRESSION_MASK, ENCRYPTED, SPARSE } from '../attribute.ts';
import type { Clusters } from '../run-device.ts';
import { append, decodeRuns, endOfRuns, type Run } from '../runs.ts';
import { type AttributePlace, aligned, bytesAt } from './attribute-places.ts';
import type { FileEdit } from './file-edit.ts';
import { refused } from './refused.ts';
import { encodeRuns } from './run-list.ts';

/*
 * An attribute's header, as `attribute.ts` shows it whole:
 *
 *   offset size                          resident                 non-resident
 *   0x04      4  length of all           0x10 4 length of value   0x10 8 first VCN of this extent
 *   0x08      1  0 resident, 1 not       0x14 2 offset of value   0x18 8 last VCN
 *   0x09      1  length of name          0x16 1 1: indexed        0x20 2 offset of the mapping pairs
 *   0x0A      2  offset of name                                   0x28 8 allocated size
 *   0x0C      2  flags                                            0x30 8 data size
 *   0x0E      2  id                                               0x38 8 valid data length
 */
const TYPE = 0x00;
const LENGTH = 0x04;
const NON_RESIDENT = 0x08;
const NAME_LENGTH = 0x09;
const NAME_OFFSET = 0x0a;
const ID = 0x0e;
const VALUE_LENGTH = 0x10;
const VALUE_OFFSET = 0x14;
const RESIDENT_HEADER_SIZE = 0x18;
const LAST_VCN = 0x18;
const MAPPING_PAIRS_OFFSET = 0x20;
const ALLOCATED_SIZE = 0x28;
const DATA_SIZE = 0x30;
const VALID_DATA_LENGTH = 0x38;
const NON_RESIDENT_HEADER_SIZE = 0x40;

/** The sizes of a stream in clusters, in bytes. */
export interface StreamSizes {
  readonly allocated: number;
  readonly size: number;
  /** Behind it a reader is given zeros, whatever the clusters hold. */
  readonly valid: number;
}

/** A stream in its file record. */
export interface ResidentLayout {
  readonly resident: true;
  readonly place: AttributePlace;
  /** A view of the record: what is written to it is written to the record. */
  readonly value: Buffer;
}

/** A stream in clusters. */
export interface ClusterLayout extends StreamSizes {
  readonly resident: false;
  /** The extent that holds the sizes. */
  readonly first: AttributePlace;
  /** The extent that can grow. */
  readonly last: AttributePlace;
  readonly runs: readonly Run[];
}

/**
 * How a stream lies. Throws `FormatError`: unsupported for one that is compressed, sparse or encrypted, damaged for one
 * whose extents and sizes do not agree.
 */
export function streamLayout(
  { boot }: Clusters,
  file: FileEdit,
  type: number,
  name: string,
): ResidentLayout | ClusterLayout {
  const places = file.places(type, name);
  const first = places[0];
  const last = places.at(-1);
  if (first === undefined || last === undefined) {
    throw damaged(`${file.what} has no attribute ${type} ${JSON.stringify(name)}`);
  }
  requirePlain(first, file.what);
  if (first.attribute.resident) return { resident: true, place: first, value: first.attribute.value };
  const runs = runsOf(places, boot.totalClusters, file.what);
  const sizes = sizesIn(first, file.what);
  if (
    sizes.allocated !== endOfRuns(runs) * boot.clusterSize ||
    sizes.size > sizes.allocated ||
    sizes.valid > sizes.size
  ) {
    throw damaged(`${file.what} has sizes that its clusters contradict`);
  }
  return { resident: false, first, last, runs, ...sizes };
}

function requirePlain({ attribute }: AttributePlace, what: string): void {
  const kinds: readonly (readonly [number, string, string])[] = [
    [COMPRESSION_MASK, 'compressed', 'uncompress it in Windows (compact /u)'],
    [SPARSE, 'sparse', 'copy it in Windows, and put the copy in its place'],
    [ENCRYPTED, 'encrypted (EFS)', 'decrypt it in Windows (cipher /d)'],
  ];
  for (const [flag, kind, remedy] of kinds) {
    if ((attribute.flags & flag) !== 0) throw refused(`${what} is ${kind}, and is not written to; ${remedy}`);
  }
}

function runsOf(places: readonly AttributePlace[], totalClusters: number, what: string): Run[] {
  const runs: Run[] = [];
  for (const { attribute } of places) {
    if (attribute.resident || attribute.firstVcn !== endOfRuns(runs)) {
      throw damaged(`${what} has extents that do not continue one another`);
    }
    for (const run of decodeRuns(attribute.mappingPairs, attribute.firstVcn, totalClusters, what))
      append(runs, run);
  }
  if (runs.some(({ lcn }) => lcn === undefined)) throw damaged(`${what} has a hole without being sparse`);
  return runs;
}

function sizesIn(first: AttributePlace, what: string): StreamSizes {
  const bytes = bytesAt(first);
  return {
    allocated: readSafeUInt64LE(bytes, ALLOCATED_SIZE, `${what}: allocated size`),
    size: readSafeUInt64LE(bytes, DATA_SIZE, `${what}: size`),
    valid: readSafeUInt64LE(bytes, VALID_DATA_LENGTH, `${what}: valid data length`),
  };
}

/** Puts the sizes into an extent at VCN 0. */
export function setSizes(bytes: Buffer, { allocated, size, valid }: StreamSizes): void {
  bytes.writeBigUInt64LE(BigInt(allocated), ALLOCATED_SIZE);
  bytes.writeBigUInt64LE(BigInt(size), DATA_SIZE);
  bytes.writeBigUInt64LE(BigInt(valid), VALID_DATA_LENGTH);
}

/** The last extent of a stream with further runs at its end, never shorter than it was. */
export function withMoreRuns(
  last: AttributePlace,
  more: readonly Run[],
  totalClusters: number,
  what: string,
): Buffer {
  if (last.attribute.resident) throw damaged(`${what} lies in its record and has no runs`);
  const before = bytesAt(last);
  const runs = decodeRuns(last.attribute.mappingPairs, last.attribute.firstVcn, totalClusters, what);
  for (const run of more) append(runs, run);
  const pairs = encodeRuns(runs);
  const pairsAt = before.readUInt16LE(MAPPING_PAIRS_OFFSET);
  const bytes = Buffer.alloc(Math.max(before.length, aligned(pairsAt + pairs.length)));
  before.copy(bytes, 0, 0, pairsAt);
  pairs.copy(bytes, pairsAt);
  bytes.writeUInt32LE(bytes.length, LENGTH);
  bytes.writeBigInt64LE(BigInt(endOfRuns(runs, last.attribute.firstVcn) - 1), LAST_VCN);
  return bytes;
}

/** A resident attribute with another value; name, id and flags as before. */
export function withValue(place: AttributePlace, value: Buffer): Buffer {
  const before = bytesAt(place);
  const valueAt = before.readUInt16LE(VALUE_OFFSET);
  const bytes = Buffer.alloc(aligned(valueAt + value.length));
  before.copy(bytes, 0, 0, valueAt);
  value.copy(bytes, valueAt);
  bytes.writeUInt32LE(bytes.length, LENGTH);
  bytes.writeUInt32LE(value.length, VALUE_LENGTH);
  return bytes;
}

/** A new resident attribute, still without an id. */
export function residentAttribute(type: number, name: string, value: Buffer): Buffer {
  const encodedName = Buffer.from(name, 'utf16le');
  const valueAt = aligned(RESIDENT_HEADER_SIZE + encodedName.length);
  const bytes = Buffer.alloc(aligned(valueAt + value.length));
  bytes.writeUInt32LE(type, TYPE);
  bytes.writeUInt32LE(bytes.length, LENGTH);
  bytes.writeUInt8(name.length, NAME_LENGTH);
  bytes.writeUInt16LE(RESIDENT_HEADER_SIZE, NAME_OFFSET);
  bytes.writeUInt32LE(value.length, VALUE_LENGTH);
  bytes.writeUInt16LE(valueAt, VALUE_OFFSET);
  encodedName.copy(bytes, RESIDENT_HEADER_SIZE);
  value.copy(bytes, valueAt);
  return bytes;
}

/** A new attribute in clusters, from its first on. */
export function clusterAttribute(
  head: { readonly type: number; readonly name: string; readonly id: number },
  runs: readonly Run[],
  sizes: StreamSizes,
): Buffer {
  const encodedName = Buffer.from(head.name, 'utf16le');
  const pairs = encodeRuns(runs);
  const pairsAt = aligned(NON_RESIDENT_HEADER_SIZE + encodedName.length);
  const bytes = Buffer.alloc(aligned(pairsAt + pairs.length));
  bytes.writeUInt32LE(head.type, TYPE);
  bytes.writeUInt32LE(bytes.length, LENGTH);
  bytes.writeUInt8(1, NON_RESIDENT);
  bytes.writeUInt8(head.name.length, NAME_LENGTH);
  bytes.writeUInt16LE(NON_RESIDENT_HEADER_SIZE, NAME_OFFSET);
  bytes.writeUInt16LE(head.id, ID);
  bytes.writeBigInt64LE(BigInt(endOfRuns(runs) - 1), LAST_VCN);
  bytes.writeUInt16LE(pairsAt, MAPPING_PAIRS_OFFSET);
  setSizes(bytes, sizes);
  encodedName.copy(bytes, NON_RESIDENT_HEADER_SIZE);
  pairs.copy(bytes, pairsAt);
  return bytes;
}
