import { makeImage } from '../../images/index.ts';
import { readThrough } from '../../images/read-through.ts';
import { changedDisk, sampleDisk } from '../../images/sample.ts';
import type { FuzzTarget } from '../target.ts';

const disk = sampleDisk(200 * 1024, 1);
const later = changedDisk(disk, 2);
const backing = { path: 'base.raw', format: 'raw', disk } as const;

/** qcow2 of both versions, with compressed clusters of both kinds, subclusters and a raw backing file. */
export const target: FuzzTarget = {
  name: 'qcow2',
  seeds: () => [
    makeImage('qcow2', disk, { clusterBits: 9, version: 2, compression: 'deflate' }).file,
    makeImage('qcow2', disk, { clusterBits: 12, compression: 'deflate' }).file,
    makeImage('qcow2', disk, { clusterBits: 12, compression: 'zstd' }).file,
    makeImage('qcow2', later, { clusterBits: 14, extendedL2: true, backing }).file,
    makeImage('qcow2', later, { clusterBits: 9, version: 2, backing }).file,
    makeImage('qcow2', later, { clusterBits: 16, compression: 'zstd', extendedL2: true, backing }).file,
  ],
  run: (input) => readThrough(input, disk),
  hotRanges: (input) => {
    const clusterSize = 2 ** Math.min(21, input.readUInt32BE(20));
    // Behind the data the maker puts the L2 tables, the L1 table, and two clusters or more of counts.
    const tables = Math.min(input.length, 8 * clusterSize);
    return [
      { offset: 0, length: Math.min(200, input.length) },
      { offset: input.length - tables, length: tables },
    ];
  },
};
