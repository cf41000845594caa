import { makeImage } from '../../images/index.ts';
import { readThrough } from '../../images/read-through.ts';
import { resealedVhdx } from '../../images/reseal.ts';
import { changedDisk, sampleDisk } from '../../images/sample.ts';
import type { FuzzTarget } from '../target.ts';

const disk = sampleDisk(2 * 1024 * 1024, 1);
const later = changedDisk(disk, 2);
const parent = makeImage('vhdx-dynamic', disk, { identity: '11111111-2222-4333-8444-555555555555' });
const named = { disk, identity: parent.identity ?? '', relativePath: '.\\parent.vhdx' };

const megabyte = 0x10_0000;

/** VHDX of all types, with and without a log, once as it is and once with its checksums made right. */
export const target: FuzzTarget = {
  name: 'vhdx',
  seeds: () => [
    makeImage('vhdx-dynamic', disk).file,
    makeImage('vhdx-dynamic', disk, { log: 'pending' }).file,
    makeImage('vhdx-fixed', disk, { log: 'wrapped', sectorSize: 4096 }).file,
    makeImage('vhdx-differencing', later, { parent: named }).file,
    makeImage('vhdx-differencing', later, { parent: named, log: 'pending' }).file,
  ],
  run(input) {
    readThrough(resealedVhdx(input), parent.file);
    return readThrough(input, parent.file);
  },
  // The inputs are of 6 MiB, which a busy machine copies slowly.
  budget: 3000,
  hotRanges: () => [
    { offset: 0x1_0000, length: 96 },
    { offset: 0x2_0000, length: 96 },
    { offset: 0x3_0000, length: 96 },
    // The log, its beginning and its end; the metadata's table and its items; the table of blocks.
    { offset: megabyte + 4 * 4096, length: 256 },
    { offset: megabyte + 5 * 4096, length: 5 * 4096 },
    { offset: 2 * megabyte - 2 * 4096, length: 256 },
    { offset: 2 * megabyte, length: 256 },
    { offset: 2 * megabyte + 0x1_0000, length: 400 },
    { offset: 3 * megabyte, length: 64 },
  ],
};
