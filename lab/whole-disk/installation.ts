import { makeHive } from '../hive/index.ts';
import type { MachineLiteral } from '../machine/index.ts';
import { type FileLiteral, type LayoutLiteral, makeNtfs, type NtfsLiteral } from '../ntfs/index.ts';
import { makeMbrDisk } from '../partitions/index.ts';
import { machineFiles, machineVolume } from '../world/disk.ts';

/** A hive as it lies in its folder: the file itself, and the logs beside it. */
export interface HiveFiles {
  /** Undefined: there is no such hive. */
  readonly primary: Buffer | undefined;
  /** By what their names end in: `.LOG1`. */
  readonly logs?: Readonly<Record<string, Buffer | undefined>>;
}

/** What of an installation differs from how `machineFiles` lays it. */
export interface InstallationOptions {
  readonly hives?: Readonly<Record<string, HiveFiles>>;
  /** Of the hives and their logs. */
  readonly layout?: LayoutLiteral;
  /** The folder of the hives, in any case. */
  readonly configFolder?: string;
  /** Turns the hives' names into what they are called here. */
  readonly hiveNamed?: (name: string) => string;
  readonly others?: readonly FileLiteral[];
}

const configFolder = 'Windows\\System32\\config';

/** The files of a machine's volume with its hives in another state, another place, or another name. */
export function installationFiles(machine: MachineLiteral, options: InstallationOptions = {}): FileLiteral[] {
  const { layout, hiveNamed = (name) => name, others = [] } = options;
  const folder = options.configFolder ?? configFolder;
  const kept = machineFiles(machine).filter(({ path }) => !path.startsWith(`${configFolder}\\`));
  const hives = Object.entries(hiveFiles(machine, options.hives)).map(([name, data]): FileLiteral => {
    return { path: `${folder}\\${hiveNamed(name)}`, data, ...(layout && { layout }) };
  });
  return [...hives, ...kept, ...others];
}

/** The hives and their logs by name; those that are not told of are clean. */
function hiveFiles(
  { system, software }: MachineLiteral,
  given: Readonly<Record<string, HiveFiles>> = {},
): Record<string, Buffer> {
  const files: Record<string, Buffer> = {};
  if (!('SYSTEM' in given)) files['SYSTEM'] = makeHive(system);
  if (!('SOFTWARE' in given)) files['SOFTWARE'] = makeHive(software);
  for (const [name, { primary, logs = {} }] of Object.entries(given)) {
    if (primary) files[name] = primary;
    for (const [suffix, log] of Object.entries(logs)) if (log) files[`${name}${suffix}`] = log;
  }
  return files;
}

/** A machine's volume with its hives in another state, another place, or another name. */
export function installationVolume(
  machine: MachineLiteral,
  options: InstallationOptions = {},
  ntfs: Omit<NtfsLiteral, 'files'> = {},
): Buffer {
  return makeNtfs({
    label: 'Windows',
    journal: 'clean',
    ...ntfs,
    files: installationFiles(machine, options),
  });
}

const mebibyte = 2 ** 20;

/** A machine's disk as small as can be: an MBR, and Windows on partition 1. */
export function smallDisk(machine: MachineLiteral): Buffer {
  const content = machineVolume(machine);
  const size = mebibyte + Math.ceil(content.length / 4096) * 4096;
  return makeMbrDisk([{ content, active: true }], { size });
}
