import { bufferDevice, type Device } from '../device.ts';
import { damaged, FormatError } from '../errors.ts';
import {
  ATTRIBUTE_LIST,
  type Attribute,
  COMPRESSION_MASK,
  ENCRYPTED,
  type NonResidentAttribute,
} from './attribute.ts';
import { type AttributeListEntry, parseAttributeList } from './attribute-list.ts';
import { compressedDevice } from './compressed-device.ts';
import type { FileRecord } from './file-record.ts';
import { type Clusters, type Extents, runDevice } from './run-device.ts';
import { append, decodeRuns, endOfRuns, type Run } from './runs.ts';

/**
 * The entries of a record's $ATTRIBUTE_LIST; `undefined` where it has none. The list itself always lies
 * in the file's own record, in one extent. Throws `FormatError` (damaged).
 */
export function attributeList(clusters: Clusters, record: FileRecord): AttributeListEntry[] | undefined {
  const list = record.attributes.filter(({ type }) => type === ATTRIBUTE_LIST);
  const what = `file record ${record.number}`;
  return list.length === 0 ? undefined : parseAttributeList(attributeDevice(clusters, list, what), what);
}

/**
 * The value of an attribute, from all its extents. Throws `FormatError` (damaged, encrypted), naming
 * `what`, where the extents have gaps, leave the volume, or do not hold the size that they claim.
 */
export function attributeDevice(clusters: Clusters, extents: readonly Attribute[], what: string): Device {
  const [first] = extents;
  if (first === undefined) throw damaged(`${what} has no such attribute`);
  if ((first.flags & ENCRYPTED) !== 0) throw new FormatError('encrypted', `${what} is encrypted (EFS)`);
  if (first.resident) return bufferDevice(first.value);
  const mapped = mapExtents(clusters, extents, first, what);
  return (first.flags & COMPRESSION_MASK) !== 0 && first.compressionUnit !== 0
    ? compressedDevice(clusters, mapped, first.compressionUnit, what)
    : runDevice(clusters, mapped);
}

function mapExtents(
  { boot }: Clusters,
  extents: readonly Attribute[],
  first: NonResidentAttribute,
  what: string,
): Extents {
  const runs: Run[] = [];
  for (const extent of extents) {
    if (extent.resident || extent.firstVcn !== endOfRuns(runs)) {
      throw damaged(`${what} has extents that do not continue one another`);
    }
    for (const run of decodeRuns(extent.mappingPairs, extent.firstVcn, boot.totalClusters, what))
      append(runs, run);
  }
  const validDataLength = Math.min(first.validDataLength, first.dataSize);
  const mapped = endOfRuns(runs) * boot.clusterSize;
  if (first.dataSize > mapped) {
    throw damaged(`${what} is ${first.dataSize} bytes long, of which the run list holds ${mapped}`);
  }
  return { runs, dataSize: first.dataSize, validDataLength };
}
