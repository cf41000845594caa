import { makeHive } from '../hive/index.ts';
import { healthyMachine, type MachineLiteral } from '../machine/index.ts';
import { type BuiltNtfs, buildNtfs, type FileLiteral, type NtfsLiteral } from '../ntfs/index.ts';
import { machineFiles } from '../world/disk.ts';
import { type HivePatient, hivePatient } from './hive.ts';

/** What of a healthy machine's volume is changed before it is made. */
export interface WindowsOptions extends Omit<NtfsLiteral, 'files'> {
  /** When the machine is looked at; today unless told. */
  readonly now?: Date;
  readonly machine?: (machine: MachineLiteral) => void;
  readonly system?: (hive: HivePatient) => void;
  readonly software?: (hive: HivePatient) => void;
  /** Beside the machine's own; one with the same path takes its place. */
  readonly files?: readonly FileLiteral[];
}

export type BuiltWindows = BuiltNtfs & { readonly image: Buffer };

const configFolder = 'Windows\\System32\\config';
export const systemPath = `${configFolder}\\SYSTEM`;
export const softwarePath = `${configFolder}\\SOFTWARE`;

/** A volume with Windows, healthy but for what the options break, with the places of everything on it. */
export function buildWindows(options: WindowsOptions = {}): BuiltWindows {
  const { now, machine: change, system, software, files = [], ...volume } = options;
  const machine = healthyMachine('2022', now ? { now } : {});
  change?.(machine);
  const own = machineFiles(machine).filter(({ path }) => !files.some((file) => file.path === path));
  const broken = own.map((file) => {
    if (file.path === systemPath && system)
      return { ...file, data: operated(makeHive(machine.system), system) };
    if (file.path === softwarePath && software) {
      return { ...file, data: operated(makeHive(machine.software), software) };
    }
    return file;
  });
  return buildNtfs({ label: 'Windows', journal: 'clean', ...volume, files: [...broken, ...files] });
}

/** As `buildWindows`: the volume alone, which is a disk without a partition table. */
export function windowsVolume(options: WindowsOptions = {}): Buffer {
  return buildWindows(options).image;
}

function operated(hive: Buffer, operate: (hive: HivePatient) => void): Buffer {
  const patient = hivePatient(hive);
  operate(patient);
  return patient.finish();
}
