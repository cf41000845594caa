import { crc32 } from 'node:zlib';
import { bufferDevice } from '../../../src/formats/device.ts';
import { readPartitionTable } from '../../../src/formats/partitions/index.ts';
import { makeGptDisk, makeMbrDisk } from '../../partitions/index.ts';
import type { FuzzTarget } from '../target.ts';

const kibibyte = 1 << 10;
const size = 64 * kibibyte;
const gptSize = 256 * kibibyte;
// Logical partitions of lab disks lie 1 MiB behind their records.
const logicalStarts = [1280 * kibibyte, 2432 * kibibyte];
const mbrSize = 2560 * kibibyte;

/** Makes a primary header's checksums right again, so that changes get past them. */
function reseal(disk: Buffer, sectorSize: number): void {
  if (disk.length < 2 * sectorSize) return;
  const header = disk.subarray(sectorSize, 2 * sectorSize);
  const length = header.readUInt32LE(80) * header.readUInt32LE(84);
  const start = Number(header.readBigUInt64LE(72)) * sectorSize;
  const size = header.readUInt32LE(12);
  if (size < 92 || size > sectorSize || start + length > disk.length) return;
  header.writeUInt32LE(crc32(disk.subarray(start, start + length)), 88);
  header.writeUInt32LE(0, 16);
  header.writeUInt32LE(crc32(header.subarray(0, size)), 16);
}

/** Partition tables: both copies of a GPT, and an MBR with the records of its logical partitions. */
export const target: FuzzTarget = {
  name: 'partitions',
  seeds() {
    const gpt = [
      { type: 'efi', start: size, size, name: 'EFI' },
      { start: 2 * size, size, name: 'rest' },
    ] as const;
    const logical = logicalStarts.map((start) => ({ start, size, logical: true }));
    return [
      makeGptDisk(gpt, { size: gptSize }),
      makeGptDisk(gpt, { size: gptSize, sectorSize: 4096 }),
      makeMbrDisk([{ start: size, size, active: true }, ...logical], { size: mbrSize }),
    ];
  },
  run(input) {
    for (const sectorSize of [512, 4096]) reseal(input, sectorSize);
    const device = bufferDevice(input);
    const table = readPartitionTable(device);
    for (const { start, size } of table.partitions) device.read(start, size);
    return table;
  },
  hotRanges: (input) => [
    { offset: 440, length: 72 },
    { offset: 512, length: 92 },
    { offset: 1024, length: 512 },
    { offset: 4096, length: 92 },
    { offset: 8192, length: 512 },
    ...logicalStarts.map((start) => ({ offset: start - 1024 * kibibyte + 440, length: 72 })),
    { offset: input.length - 4096, length: 92 },
    { offset: input.length - 512, length: 92 },
  ],
};
