import type { ResidentAttribute, StreamAttribute } from './attributes.ts';
import { ATTRIBUTE, COMPRESSION_UNIT, STREAM_FLAG } from './constants.ts';
import type { LayoutLiteral, Run } from './literal.ts';
import { compressLznt1 } from './lznt1.ts';
import { joinRuns } from './run-list.ts';
import type { Space } from './space.ts';

/** Clusters up to this size can be compressed. */
const BIGGEST_COMPRESSED_CLUSTER = 4096;

/** A resident attribute that may move out to clusters where its record is too small. */
export interface MovableAttribute extends ResidentAttribute {
  readonly movable: true;
}

/** Lays the clusters of a file's unnamed stream. */
export function layStream(
  data: Buffer,
  layout: LayoutLiteral,
  initialized: number | undefined,
  space: Space,
): MovableAttribute | StreamAttribute {
  if (layout === 'auto' && initialized === undefined) return movable(ATTRIBUTE.DATA, '', data);
  const { runs, flags } = layClusters(data, layout, space);
  return {
    type: ATTRIBUTE.DATA,
    name: '',
    runs,
    size: data.length,
    initialized: initialized ?? data.length,
    flags,
  };
}

export function movable(type: number, name: string, value: Buffer): MovableAttribute {
  return { type, name, value, movable: true };
}

/** The same attribute with its value in clusters, in one run unless told. */
export function moveOut(
  attribute: ResidentAttribute,
  space: Space,
  fragments = 1,
  unit = 1,
): StreamAttribute {
  const { type, name, value } = attribute;
  const runs = space.store(value, fragments, unit);
  return { type, name, runs, size: value.length, initialized: value.length, flags: 0 };
}

function layClusters(data: Buffer, layout: LayoutLiteral, space: Space): { runs: Run[]; flags: number } {
  if (layout === 'compressed') return { runs: layCompressed(data, space), flags: STREAM_FLAG.COMPRESSED };
  if (layout === 'sparse') return { runs: layUnits(data, space, storeWhole), flags: STREAM_FLAG.SPARSE };
  const flags = layout === 'encrypted' ? STREAM_FLAG.ENCRYPTED : 0;
  return { runs: space.store(data, typeof layout === 'object' ? layout.fragments : 1), flags };
}

function layCompressed(data: Buffer, space: Space): Run[] {
  if (space.clusterSize > BIGGEST_COMPRESSED_CLUSTER) {
    throw new Error(`clusters of ${space.clusterSize} bytes cannot be compressed`);
  }
  return layUnits(data, space, storeCompressed);
}

/** Each unit of 16 clusters by itself; one of zeros is a hole. */
function layUnits(data: Buffer, space: Space, storeUnit: (unit: Buffer, space: Space) => Run[]): Run[] {
  const unitSize = COMPRESSION_UNIT.clusters * space.clusterSize;
  const runs: Run[] = [];
  for (let start = 0; start < data.length; start += unitSize) {
    const unit = data.subarray(start, start + unitSize);
    const isHole = unit.every((byte) => byte === 0);
    runs.push(...(isHole ? [{ lcn: null, clusters: COMPRESSION_UNIT.clusters }] : storeUnit(unit, space)));
  }
  return joinRuns(runs);
}

function storeWhole(unit: Buffer, space: Space): Run[] {
  const lcn = space.allocate(COMPRESSION_UNIT.clusters);
  const runs = [{ lcn, clusters: COMPRESSION_UNIT.clusters }];
  space.write(runs, unit);
  return runs;
}

/** A unit that saves no cluster is stored as it is; otherwise a hole follows up to 16 clusters. */
function storeCompressed(unit: Buffer, space: Space): Run[] {
  const compressed = compressLznt1(unit);
  const clusters = Math.ceil(compressed.length / space.clusterSize);
  if (clusters >= COMPRESSION_UNIT.clusters) return storeWhole(unit, space);
  return [...space.store(compressed), { lcn: null, clusters: COMPRESSION_UNIT.clusters - clusters }];
}
