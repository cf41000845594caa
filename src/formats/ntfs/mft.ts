import type { Device } from '../device.ts';
import { damaged, FormatError } from '../errors.ts';
import { type Attribute, DATA, type NonResidentAttribute } from './attribute.ts';
import { type FileRecord, type FileReference, parseFileRecord } from './file-record.ts';
import { type Clusters, runDevice } from './run-device.ts';
import { append, decodeRuns, endOfRuns, type Run } from './runs.ts';
import { attributeList } from './stream.ts';

const CACHED_RECORDS = 1000;
/** $MFTMirr holds the first four records, or a cluster's worth of them; only these four are sure. */
const MIRRORED_RECORDS = 4;
const MFT_RECORD = 0;

/** The table of all files. */
export interface Mft extends Clusters {
  /** Where $MFT itself lies. */
  readonly runs: readonly Run[];
  /** One past the greatest record number. */
  readonly recordCount: number;
  /** A record by its number. Throws `FormatError` (damaged) where it is none that is in use. */
  record(number: number): FileRecord;
  /** A record that must still be the one meant. Throws `FormatError` (damaged) where it has been reused. */
  recordAt(reference: FileReference): FileRecord;
}

/** The MFT, by its own first record or, where that is bad, the mirror's. Throws `FormatError` (damaged). */
export function openMft(clusters: Clusters): Mft {
  const first = firstRecord(clusters);
  const { runs, stream } = mftStream(clusters, first);
  const { recordSize } = clusters.boot;
  const recordCount = Math.floor(stream.size / recordSize);
  const cache = new Map<number, FileRecord>();

  function load(number: number): FileRecord {
    if (number >= recordCount)
      throw damaged(`file record ${number} lies past the end of $MFT, or past what can be read of it`);
    const read = () => parseFileRecord(stream.read(number * recordSize, recordSize), number);
    return number < MIRRORED_RECORDS ? orElse(read, () => mirroredRecord(clusters, number)) : read();
  }

  function record(number: number): FileRecord {
    const found = cache.get(number) ?? load(number);
    if (!found.inUse) throw damaged(`file record ${number} is not in use`);
    cache.delete(number);
    cache.set(number, found);
    if (cache.size > CACHED_RECORDS) cache.delete(cache.keys().next().value ?? number);
    return found;
  }

  function recordAt(reference: FileReference): FileRecord {
    const found = record(reference.recordNumber);
    if (reference.sequenceNumber !== 0 && reference.sequenceNumber !== found.sequenceNumber) {
      throw damaged(`file record ${found.number} now belongs to another file than the one meant`);
    }
    return found;
  }

  cache.set(MFT_RECORD, first);
  return { ...clusters, runs, recordCount, record, recordAt };
}

function firstRecord(clusters: Clusters): FileRecord {
  const { boot, volume } = clusters;
  const at = boot.mftCluster * boot.clusterSize;
  const first = () => requireMftRecord(parseFileRecord(volume.read(at, boot.recordSize), MFT_RECORD));
  return orElse(first, () => requireMftRecord(mirroredRecord(clusters, MFT_RECORD)));
}

function requireMftRecord(record: FileRecord): FileRecord {
  if (!record.inUse || !record.attributes.some(isMftData)) throw damaged('file record 0 is not that of $MFT');
  return record;
}

function mirroredRecord({ boot, volume }: Clusters, number: number): FileRecord {
  const at = boot.mftMirrorCluster * boot.clusterSize + number * boot.recordSize;
  return parseFileRecord(volume.read(at, boot.recordSize), number);
}

/** The answer of the first, or of the second where the first finds damage; if both do, the first's error. */
function orElse<T>(first: () => T, second: () => T): T {
  try {
    return first();
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    try {
      return second();
    } catch (again) {
      throw again instanceof FormatError ? error : again;
    }
  }
}

/**
 * $MFT's own data. A fragmented one needs its attribute list, whose entries lie in records of the MFT
 * itself; each extent lies in the part that the extents before it map, so they are added one by one. Where
 * one cannot be read, the part before it still can.
 */
function mftStream(
  clusters: Clusters,
  first: FileRecord,
): { readonly runs: readonly Run[]; readonly stream: Device } {
  const runs: Run[] = [];
  addExtents(clusters, first, runs);
  for (const entry of attributeList(clusters, first) ?? []) {
    if (entry.type !== DATA || entry.name !== '' || entry.firstVcn < endOfRuns(runs)) continue;
    const extension = extensionOfMft(clusters, runs, entry.record.recordNumber);
    if (extension === undefined) break;
    addExtents(clusters, extension, runs);
  }
  const { dataSize, validDataLength } = first.attributes.find(isMftData) ?? {
    dataSize: 0,
    validDataLength: 0,
  };
  const size = Math.min(validDataLength, dataSize, endOfRuns(runs) * clusters.boot.clusterSize);
  return { runs, stream: runDevice(clusters, { runs, dataSize: size, validDataLength: size }) };
}

/** Adds the extents of $MFT in a record that continue the runs so far. */
function addExtents({ boot }: Clusters, record: FileRecord, runs: Run[]): void {
  for (const extent of record.attributes.filter(isMftData)) {
    if (extent.firstVcn !== endOfRuns(runs)) continue;
    const more = decodeRuns(extent.mappingPairs, extent.firstVcn, boot.totalClusters, '$MFT');
    for (const run of more) append(runs, run);
  }
}

function extensionOfMft(clusters: Clusters, runs: readonly Run[], number: number): FileRecord | undefined {
  const { recordSize, clusterSize } = clusters.boot;
  const dataSize = endOfRuns(runs) * clusterSize;
  const mapped = runDevice(clusters, { runs, dataSize, validDataLength: dataSize });
  try {
    const record = parseFileRecord(mapped.read(number * recordSize, recordSize), number);
    return record.base?.recordNumber === MFT_RECORD ? record : undefined;
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

function isMftData(attribute: Attribute): attribute is NonResidentAttribute {
  return attribute.type === DATA && attribute.name === '' && !attribute.resident;
}
