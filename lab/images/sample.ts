import { randomFrom } from '../fuzz/mutate.ts';

/**
 * A disk with what an image format can trip over: runs of zeros from one sector to megabytes, runs of the
 * same byte, noise that cannot be packed, text, and a last cluster that is not whole. The same seed gives
 * the same disk.
 */
export function sampleDisk(size: number, seed: number): Buffer {
  const random = randomFrom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const disk = Buffer.alloc(size);
  for (let at = 0; at < size; ) {
    const length = Math.min(size - at, 512 * 2 ** below(12));
    fillRun(disk.subarray(at, at + length), below(5), below);
    at += length;
  }
  return disk;
}

/** A later state of a disk: some runs of sectors are other ones, some are zeros now. */
export function changedDisk(disk: Buffer, seed: number): Buffer {
  const random = randomFrom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const changed = Buffer.from(disk);
  for (let i = 0; i < 24; i++) {
    const at = below(disk.length / 512) * 512;
    const length = Math.min(disk.length - at, 512 * (1 + below(2 ** below(10))));
    fillRun(changed.subarray(at, at + length), below(5), below);
  }
  return changed;
}

function fillRun(run: Buffer, kind: number, below: (limit: number) => number): void {
  if (kind <= 1) run.fill(0);
  else if (kind === 2) run.fill(1 + below(255));
  else if (kind === 3) run.fill(`line ${below(1000)} of a log file\r\n`);
  else for (let i = 0; i < run.length; i++) run[i] = below(256);
}
