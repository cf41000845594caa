import { fromSddl } from '../../src/formats/security-descriptor/index.ts';
import { makeHive } from '../hive/index.ts';
import type { MachineLiteral } from '../machine/index.ts';
import { type FileLiteral, makeNtfs, type NtfsLiteral } from '../ntfs/index.ts';
import { makeGptDisk } from '../partitions/index.ts';

const configFolder = 'Windows\\System32\\config';

/** A machine's files as they lie on its volume, with the little that makes it look like Windows. */
export function machineFiles(machine: MachineLiteral): FileLiteral[] {
  return [
    { path: `${configFolder}\\SYSTEM`, data: makeHive(machine.system) },
    { path: `${configFolder}\\SOFTWARE`, data: makeHive(machine.software) },
    { path: 'Windows\\System32\\termsrv.dll', data: Buffer.alloc(4096, 'MZ') },
    { path: 'Users\\Public' },
    ...(machine.folders ?? []).map(({ path, sddl }) => withSecurity({ path }, sddl)),
    ...machine.files.map(({ path, data, sddl }) => withSecurity({ path, data }, sddl)),
  ];
}

function withSecurity(file: FileLiteral, sddl: string | undefined): FileLiteral {
  return sddl === undefined ? file : { ...file, security: fromSddl(sddl) };
}

/** A machine's volume. */
export function machineVolume(machine: MachineLiteral, options: Omit<NtfsLiteral, 'files'> = {}): Buffer {
  return makeNtfs({ label: 'Windows', journal: 'clean', ...options, files: machineFiles(machine) });
}

const mebibyte = 1024 * 1024;

/** A machine's disk as Windows lays it on a machine with UEFI: EFI system partition, reserved, Windows. */
export function machineDisk(machine: MachineLiteral, options: Omit<NtfsLiteral, 'files'> = {}): Buffer {
  return gptDisk([machineVolume(machine, options)]);
}

/** A disk with these Windows volumes behind an EFI system partition, as partitions 3 and on. */
export function gptDisk(volumes: readonly Buffer[]): Buffer {
  const volumesSize = volumes.reduce(
    (sum, volume) => sum + Math.ceil(volume.length / mebibyte) * mebibyte,
    0,
  );
  return makeGptDisk(
    [
      { type: 'efi', name: 'EFI system partition', size: mebibyte },
      { type: 'msr', name: 'Microsoft reserved partition', size: mebibyte },
      ...volumes.map((content) => ({ type: 'windows' as const, name: 'Basic data partition', content })),
    ],
    { size: volumesSize + 4 * mebibyte },
  );
}
