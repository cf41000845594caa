import type { Attribute } from './attributes.ts';
import { ATTRIBUTE, FIRST_USER_RECORD } from './constants.ts';
import { roundUp } from './fields.ts';
import { freeFileRecords } from './file-record.ts';
import type { Geometry } from './geometry.ts';
import type { Run } from './literal.ts';
import type { Space } from './space.ts';
import { streamAttribute } from './system-files.ts';

/** Windows lets the $MFT grow by so many records at a time; the bitmap grows by eight bytes. */
const RECORDS_AT_A_TIME = 64;
const BITMAP_UNIT = 8;

/** Records beyond those in use, for the root folder's run list. */
const SPARE_RECORDS = 8;

/** Where the $MFT lies and how long it is. */
export interface MasterFileTable {
  readonly records: number;
  readonly runs: readonly Run[];
  readonly bitmapRuns: readonly Run[];
  readonly bitmapSize: number;
}

export interface MasterFileTableOptions {
  /** Record numbers that must exist. */
  readonly taken: number;
  readonly fragments: number;
}

export function layMasterFileTable(
  geometry: Geometry,
  space: Space,
  { taken, fragments }: MasterFileTableOptions,
): MasterFileTable {
  const { clusterSize, recordSize } = geometry;
  const unit = Math.max(1, recordSize / clusterSize);
  const recordsPerUnit = (unit * clusterSize) / recordSize;
  const inFirst = roundUp(FIRST_USER_RECORD, recordsPerUnit);
  const records = Math.max(
    roundUp(taken + SPARE_RECORDS, Math.max(RECORDS_AT_A_TIME, recordsPerUnit)),
    inFirst + (fragments - 1) * recordsPerUnit,
  );
  const clustersOf = (count: number): number => (count * recordSize) / clusterSize;
  const isWhole = fragments === 1;
  // The rest goes before the first piece, which it therefore cannot continue.
  const rest = isWhole ? [] : space.allocateScattered(clustersOf(records - inFirst), fragments - 1, unit);
  const first = clustersOf(isWhole ? records : inFirst);
  const bitmapSize = roundUp(Math.ceil(records / 8), BITMAP_UNIT);
  return {
    records,
    runs: [{ lcn: space.allocate(first), clusters: first }, ...rest],
    bitmapRuns: space.store(Buffer.alloc(bitmapSize)),
    bitmapSize,
  };
}

/** The unnamed stream and the bitmap of $MFT. */
export function masterFileTableContents(mft: MasterFileTable, geometry: Geometry): Attribute[] {
  return [
    streamAttribute(ATTRIBUTE.DATA, mft.runs, mft.records * geometry.recordSize),
    streamAttribute(ATTRIBUTE.BITMAP, mft.bitmapRuns, mft.bitmapSize),
  ];
}

/** Writes every record, free ones too, and the bitmap that says which are free. */
export function writeMasterFileTable(
  mft: MasterFileTable,
  records: ReadonlyMap<number, Buffer>,
  geometry: Geometry,
  space: Space,
): void {
  const { recordSize } = geometry;
  const freeRecord = freeFileRecords(recordSize);
  const bitmap = Buffer.alloc(mft.bitmapSize);
  const table = Buffer.alloc(mft.records * recordSize);
  for (let number = 0; number < mft.records; number++) {
    const record = records.get(number);
    (record ?? freeRecord(number)).copy(table, number * recordSize);
    const byte = bitmap[number >> 3] ?? 0;
    if (record !== undefined) bitmap[number >> 3] = byte | (1 << (number & 7));
  }
  space.write(mft.runs, table);
  space.write(mft.bitmapRuns, bitmap);
}

/** Records that $MFTMirr repeats: the first four, or as many as a bigger cluster holds. */
export function mirroredRecords(geometry: Geometry): number {
  return Math.max(4, geometry.clusterSize / geometry.recordSize);
}
