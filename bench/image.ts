import { closeSync, existsSync, ftruncateSync, openSync, renameSync, writeSync } from 'node:fs';
import { corpusAvailable, corpusFile } from '../lab/corpus-files.ts';
import { makeHive } from '../lab/hive/index.ts';
import { healthyMachine } from '../lab/machine/index.ts';
import { type FileLiteral, writeNtfs } from '../lab/ntfs/index.ts';
import { writeGptDisk } from '../lab/partitions/index.ts';
import { machineFiles } from '../lab/world/disk.ts';

const mebibyte = 1024 * 1024;

export interface BenchImage {
  readonly file: string;
  /** Where the Windows volume begins, in sectors of 512 bytes, as sleuthkit's -o takes it. */
  readonly volumeSector: number;
  /** What the SYSTEM hive is, for the table. */
  readonly hive: string;
}

/** Files beside the hives: System32 on a real machine has thousands, and finding one among them is part of the work. */
const filesInSystem32 = 4500;

/**
 * A sparse raw disk with a GPT and a Windows volume on all of it, with a real SYSTEM hive from the corpus where it is at
 * hand. `hive` is a name in the corpus.
 */
export function makeBenchImage(file: string, size: number, hive: string): BenchImage {
  const volumeStart = 3 * mebibyte;
  const volumeSector = volumeStart / 512;
  const described = corpusAvailable ? `the real hive ${hive}` : 'a hive of the lab';
  if (!existsSync(file)) {
    writeImage(`${file}.new`, size, volumeStart, hiveFiles(hive));
    renameSync(`${file}.new`, file);
  }
  return { file, volumeSector, hive: described };
}

function hiveFiles(hive: string): FileLiteral[] {
  const machine = healthyMachine('2022');
  const others = machineFiles(machine).filter(({ path }) => !path.endsWith('\\SYSTEM'));
  const config = 'Windows\\System32\\config';
  const system = corpusAvailable
    ? [
        { path: `${config}\\SYSTEM`, data: corpusFile(`hives/${hive}`) },
        ...logsOf(hive).map((log) => ({
          path: `${config}\\SYSTEM.${log}`,
          data: corpusFile(`hives/${hive}.${log}`),
        })),
      ]
    : [{ path: `${config}\\SYSTEM`, data: makeHive(machine.system) }];
  const ordinary = Array.from({ length: filesInSystem32 }, (_, index) => ({
    path: `Windows\\System32\\library-${String(index).padStart(4, '0')}.dll`,
    data: Buffer.from('MZ'),
  }));
  return [...ordinary, ...others, ...system];
}

function logsOf(hive: string): string[] {
  return hive.includes('dirty') ? ['LOG1', 'LOG2'] : [];
}

function writeImage(file: string, size: number, volumeStart: number, files: FileLiteral[]): void {
  const descriptor = openSync(file, 'w');
  try {
    const sinkFrom = (start: number) => ({
      write(offset: number, bytes: Buffer) {
        writeSync(descriptor, bytes, 0, bytes.length, start + offset);
      },
    });
    const volumeSize = size - volumeStart - 2 * mebibyte;
    ftruncateSync(descriptor, size);
    writeGptDisk(
      sinkFrom(0),
      [
        { type: 'efi', name: 'EFI system partition', start: mebibyte, size: mebibyte },
        { type: 'msr', name: 'Microsoft reserved partition', start: 2 * mebibyte, size: mebibyte },
        { type: 'windows', name: 'Basic data partition', start: volumeStart, size: volumeSize },
      ],
      { size },
    );
    writeNtfs({ size: volumeSize, label: 'Windows', journal: 'clean', files }, sinkFrom(volumeStart));
  } finally {
    closeSync(descriptor);
  }
}
