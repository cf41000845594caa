import { requireRange } from '../../device.ts';
import { fillFromRuns } from '../run-device.ts';
import { endOfRuns, type Run } from '../runs.ts';
import { bytesAt, freeBytes, replaceAttribute } from './attribute-places.ts';
import { type ClusterBitmap, clusterBitmap } from './cluster-bitmap.ts';
import type { FileEdit, VolumeEdit } from './file-edit.ts';
import { writeToRuns } from './run-list.ts';
import { changeBetween } from './staging.ts';
import {
  type ClusterLayout,
  clusterAttribute,
  type ResidentLayout,
  setSizes,
  streamLayout,
  withMoreRuns,
  withValue,
} from './stream-layout.ts';

/** What is written at once; zeros up to where something is written as well. */
const CHUNK = 1024 * 1024;

/** One attribute of a file as bytes that can be changed and added to. */
export interface StreamEdit {
  /** In bytes. */
  readonly size: number;
  /** What it takes on the volume, in bytes; of one in its record its size, rounded up to 8. */
  readonly allocated: number;
  /** The bytes as a reader is given them. */
  read(offset: number, length: number): Buffer;
  /** Whether anything was another before. */
  write(offset: number, bytes: Uint8Array): boolean;
  /** To at least this size; what is new reads as zeros. Throws `FormatError` (unsupported) where there is no room. */
  grow(size: number): void;
  /** Throws `FormatError` (damaged) where it has clusters that $Bitmap counts as free. */
  requireInUse(): void;
}

/** An attribute of a file. Throws `FormatError` as `streamLayout` does. */
export function streamEdit(
  volume: VolumeEdit,
  file: FileEdit,
  key: { readonly type: number; readonly name: string },
): StreamEdit {
  const layout = () => streamLayout(volume, file, key.type, key.name);
  layout();

  function write(offset: number, bytes: Uint8Array): boolean {
    requireRange(stream, offset, bytes.length);
    let hasChanged = false;
    for (let at = 0; at < bytes.length; at += CHUNK) {
      const after = bytes.subarray(at, at + CHUNK);
      const change = changeBetween(stream.read(offset + at, after.length), after);
      if (change === undefined) continue;
      const now = layout();
      // Zeros at the end of what makes the valid bytes more are valid bytes too, though a reader saw them before.
      const isPastValid = !now.resident && offset + at + after.length > now.valid;
      const changed = after.subarray(change.start, isPastValid ? after.length : change.end);
      store(volume, file, now, offset + at + change.start, changed);
      hasChanged = true;
    }
    return hasChanged;
  }

  const stream: StreamEdit = {
    get size() {
      const now = layout();
      return now.resident ? now.value.length : now.size;
    },
    get allocated() {
      const now = layout();
      return now.resident ? Math.ceil(now.value.length / 8) * 8 : now.allocated;
    },
    read(offset, length) {
      requireRange(stream, offset, length);
      return load(volume, layout(), offset, length);
    },
    write,
    grow(size) {
      const now = layout();
      if (now.resident) growResident(volume, file, key, now, size);
      else growInClusters(volume, file, now, size);
    },
    requireInUse() {
      const now = layout();
      if (!now.resident) clusterBitmap(volume).requireInUse(now.runs, file.what);
    },
  };
  return stream;
}

function load(
  volume: VolumeEdit,
  layout: ResidentLayout | ClusterLayout,
  offset: number,
  length: number,
): Buffer {
  if (layout.resident) return Buffer.from(layout.value.subarray(offset, offset + length));
  const bytes = Buffer.alloc(length);
  const valid = Math.max(0, Math.min(length, layout.valid - offset));
  fillFromRuns(volume, layout.runs, offset, bytes.subarray(0, valid));
  return bytes;
}

/** What lies between the valid bytes and those that are written was zeros to a reader, and now must be so. */
function store(
  volume: VolumeEdit,
  file: FileEdit,
  layout: ResidentLayout | ClusterLayout,
  offset: number,
  bytes: Uint8Array,
): void {
  if (layout.resident) {
    layout.value.set(bytes, offset);
    return;
  }
  const { clusterSize } = volume.boot;
  const { runs, valid, size, allocated } = layout;
  for (let at = valid; at < offset; at += CHUNK) {
    const zeros = Buffer.alloc(Math.min(CHUNK, offset - at));
    writeToRuns(volume.volume, clusterSize, runs, at, zeros, file.what);
  }
  writeToRuns(volume.volume, clusterSize, runs, offset, bytes, file.what);
  const end = offset + bytes.length;
  if (end > valid) setSizes(bytesAt(layout.first), { allocated, size, valid: end });
}

function growInClusters(volume: VolumeEdit, file: FileEdit, layout: ClusterLayout, size: number): void {
  if (size <= layout.size) return;
  const { clusterSize, totalClusters } = volume.boot;
  const missing = Math.ceil(size / clusterSize) - endOfRuns(layout.runs);
  let { first } = layout;
  if (missing > 0) {
    const more = allocateBehind(clusterBitmap(volume), layout.runs, missing);
    replaceAttribute(layout.last, withMoreRuns(layout.last, more, totalClusters, file.what));
    first = file.places(first.attribute.type, first.attribute.name)[0] ?? first;
  }
  const allocated = layout.allocated + Math.max(0, missing) * clusterSize;
  setSizes(bytesAt(first), { allocated, size, valid: layout.valid });
}

function allocateBehind(bitmap: ClusterBitmap, runs: readonly Run[], clusters: number): Run[] {
  const last = runs.at(-1);
  const near = last?.lcn === undefined ? 0 : last.lcn + last.clusters;
  return bitmap.allocate(clusters, near, endOfRuns(runs));
}

function growResident(
  volume: VolumeEdit,
  file: FileEdit,
  key: { readonly type: number; readonly name: string },
  { place, value }: ResidentLayout,
  size: number,
): void {
  if (size <= value.length) return;
  const roomInRecord = place.length + freeBytes(place.record);
  if (size < roomInRecord) {
    const longer = withValue(place, Buffer.concat([value], size));
    if (longer.length <= roomInRecord) {
      replaceAttribute(place, longer);
      return;
    }
  }
  moveToClusters(volume, file, { ...key, id: place.attribute.id }, { resident: true, place, value }, size);
}

function moveToClusters(
  volume: VolumeEdit,
  file: FileEdit,
  head: { readonly type: number; readonly name: string; readonly id: number },
  { place, value }: ResidentLayout,
  size: number,
): void {
  const { clusterSize } = volume.boot;
  const content = Buffer.from(value);
  const runs = clusterBitmap(volume).allocate(Math.ceil(size / clusterSize), 0, 0);
  const sizes = { allocated: endOfRuns(runs) * clusterSize, size, valid: content.length };
  replaceAttribute(place, clusterAttribute(head, runs, sizes));
  writeToRuns(volume.volume, clusterSize, runs, 0, content, file.what);
}
