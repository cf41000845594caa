import { type Device, requireRange } from '../device.ts';
import { FormatError } from '../errors.ts';
import type { BootSector } from './boot-sector.ts';
import { type Run, runIndexAt } from './runs.ts';

/** What one `read` may ask for: more than any structure needs, and no more than an image's own reader gives. */
const MAX_READ = 32 * 1024 * 1024;

/** A volume's bytes and its units. */
export interface Clusters {
  readonly volume: Device;
  readonly boot: BootSector;
}

/** A stream's extents and sizes. */
export interface Extents {
  readonly runs: readonly Run[];
  readonly dataSize: number;
  readonly validDataLength: number;
}

/** Bytes that a device makes rather than has: checks the range, and how much memory it takes. */
export function computedDevice(
  size: number,
  readChecked: (offset: number, length: number) => Buffer,
): Device {
  const device: Device = {
    size,
    read(offset, length) {
      requireRange(device, offset, length);
      if (length > MAX_READ) {
        throw new FormatError('unsupported', `${length} bytes are too many to read at once`);
      }
      return readChecked(offset, length);
    },
  };
  return device;
}

/** A stream that lies in clusters, as it is; holes and what lies past the valid data length are zeros. */
export function runDevice(clusters: Clusters, extents: Extents): Device {
  return computedDevice(extents.dataSize, (offset, length) => {
    const valid = Math.max(0, Math.min(length, extents.validDataLength - offset));
    const whole = valid === length ? wholeInOneRun(clusters, extents.runs, offset, length) : undefined;
    if (whole !== undefined) return whole;
    const output = Buffer.alloc(length);
    fillFromRuns(clusters, extents.runs, offset, output.subarray(0, valid));
    return output;
  });
}

/** Fills `output` with the stream's bytes from `offset`; holes and what no run covers stay as they are. */
export function fillFromRuns(clusters: Clusters, runs: readonly Run[], offset: number, output: Buffer): void {
  const { clusterSize } = clusters.boot;
  let filled = 0;
  let index = runIndexAt(runs, Math.floor(offset / clusterSize));
  while (filled < output.length) {
    const run = index < 0 ? undefined : runs[index++];
    if (run === undefined) return;
    const into = offset + filled - run.vcn * clusterSize;
    const length = Math.min(output.length - filled, run.clusters * clusterSize - into);
    if (run.lcn !== undefined) {
      clusters.volume.read(run.lcn * clusterSize + into, length).copy(output, filled);
    }
    filled += length;
  }
}

/** The parent's own buffer where one run holds it all: no copy. */
function wholeInOneRun(
  { volume, boot }: Clusters,
  runs: readonly Run[],
  offset: number,
  length: number,
): Buffer | undefined {
  const run = runs[runIndexAt(runs, Math.floor(offset / boot.clusterSize))];
  if (run?.lcn === undefined) return undefined;
  const into = offset - run.vcn * boot.clusterSize;
  return into + length <= run.clusters * boot.clusterSize
    ? volume.read(run.lcn * boot.clusterSize + into, length)
    : undefined;
}
