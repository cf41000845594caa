import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

// Loaded before the program: a disk with bad sectors. Reads that touch one of the ranges in FAILING_READS,
// `offset+length` in bytes with commas between, fail as a dying disk's do.

const ranges = (process.env['FAILING_READS'] ?? '').split(',').map((range) => {
  const [offset = 0, length = 0] = range.split('+').map(Number);
  return { offset, end: offset + length };
});

const { readSync } = fs;

function failingRead(
  descriptor: number,
  buffer: NodeJS.ArrayBufferView,
  at: number,
  length: number,
  position: number,
): number {
  if (ranges.some(({ offset, end }) => position < end && position + length > offset)) {
    throw Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO' });
  }
  return readSync(descriptor, buffer, at, length, position);
}

fs.readSync = failingRead as typeof fs.readSync;
syncBuiltinESMExports();
