import { makeImage } from '../../images/index.ts';
import { readThrough } from '../../images/read-through.ts';
import { resealedVhd } from '../../images/reseal.ts';
import { changedDisk, sampleDisk } from '../../images/sample.ts';
import type { FuzzTarget } from '../target.ts';

const disk = sampleDisk(96 * 1024, 1);
const later = changedDisk(disk, 2);
const parent = makeImage('vhd-dynamic', disk, { blockSize: 4096 });
const identity = parent.identity ?? '';

/** VHD of all types, once as it is and once with its checksums made right. */
export const target: FuzzTarget = {
  name: 'vhd',
  seeds: () => [
    makeImage('vhd-fixed', disk).file,
    parent.file,
    makeImage('vhd-dynamic', disk, { blockSize: 32_768 }).file,
    makeImage('vhd-differencing', later, {
      blockSize: 16_384,
      identity: '11111111-2222-4333-8444-555555555555',
      parent: { disk, identity, relativePath: '.\\parent.vhd', absolutePath: 'C:\\disks\\parent.vhd' },
    }).file,
  ],
  run(input) {
    readThrough(resealedVhd(input), parent.file);
    return readThrough(input, parent.file);
  },
  hotRanges: (input) => [
    { offset: 0, length: 1536 },
    { offset: 1536, length: 512 },
    { offset: Math.max(0, input.length - 512), length: Math.min(512, input.length) },
  ],
};
