import type { Diagnosis } from '../checks/diagnose.ts';
import type { Source } from '../model/source.ts';
import type { ExaminedTarget } from '../report/report.ts';
import { examinedDisk } from '../report/target.ts';
import { type DiskOptions, openDisk } from '../sources/disk/index.ts';
import { isEndpoint } from './targets.ts';

export interface OpenOptions {
  readonly volume?: number;
  readonly followParent?: boolean;
  /** For everything that is asked of an endpoint, in seconds. */
  readonly timeout?: number;
  readonly quick?: boolean;
  /** SHA-1 in upper-case hex. */
  readonly expectCertificate?: string;
  readonly onProgress: NonNullable<DiskOptions['onProgress']>;
}

/** A target that was opened: the machines, or addresses, that it holds, and how each is reported. */
export interface OpenTarget {
  readonly sources: readonly Source[];
  examined(source: number, diagnosis: Diagnosis, unexplained: readonly string[]): ExaminedTarget;
  close(): void;
}

const defaultTimeout = 8;

/** Opens a disk or looks at an endpoint. Throws `TargetProblem` where there is nothing to examine. */
export function openTarget(target: string, options: OpenOptions): Promise<OpenTarget> {
  return isEndpoint(target) ? openEndpointTarget(target, options) : openDiskTarget(target, options);
}

async function openDiskTarget(
  target: string,
  { volume, followParent = false, onProgress }: OpenOptions,
): Promise<OpenTarget> {
  const disk = await openDisk(target, { volume, followParent, onProgress });
  return {
    sources: disk.machines,
    examined(place, diagnosis) {
      return examinedDisk(disk, at(disk.machines, place), diagnosis);
    },
    close: () => disk.close(),
  };
}

/** Loaded only for an endpoint: a disk needs none of it. */
async function openEndpointTarget(
  target: string,
  { timeout = defaultTimeout, quick = false, expectCertificate }: OpenOptions,
): Promise<OpenTarget> {
  const [{ openEndpoint }, { examinedEndpoint }] = await Promise.all([
    import('../sources/endpoint/index.ts'),
    import('../report/endpoint-target.ts'),
  ]);
  const endpoint = await openEndpoint(target, { timeout: timeout * 1000, quick, expectCertificate });
  return {
    sources: endpoint.sources,
    examined(place, diagnosis, unexplained) {
      return examinedEndpoint(endpoint, at(endpoint.sources, place), diagnosis, unexplained);
    },
    close() {},
  };
}

function at<T>(items: readonly T[], place: number): T {
  const item = items[place];
  if (item === undefined) throw new RangeError(`there is no source ${place}`);
  return item;
}
