import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import type { MachineLiteral } from '../machine/index.ts';
import { writeNtfs } from '../ntfs/index.ts';
import { writeGptDisk } from '../partitions/index.ts';
import { installationFiles } from './installation.ts';

const gibibyte = 2 ** 30;

/** Writes a raw image of 127 GiB, the size of an ordinary cloud disk, with Windows on partition 2: a sparse file. */
export function writeBigDisk(path: string, machine: MachineLiteral): void {
  const descriptor = openSync(path, 'w');
  const write = (offset: number, bytes: Uint8Array): void => {
    writeSync(descriptor, bytes, 0, bytes.length, offset);
  };
  try {
    ftruncateSync(descriptor, 127 * gibibyte);
    const wishes = [{ type: 'efi', size: gibibyte } as const, { size: 125 * gibibyte }];
    const [, place] = writeGptDisk({ write }, wishes, { size: 127 * gibibyte });
    if (!place) throw new Error('there is no second partition');
    const files = installationFiles(machine, { layout: { fragments: 12 } });
    const volume = { size: place.size, mftRecords: 5000, mftFragments: 6, journal: 'clean', files } as const;
    writeNtfs(volume, { write: (offset, bytes) => write(place.start + offset, bytes) });
  } finally {
    closeSync(descriptor);
  }
}
