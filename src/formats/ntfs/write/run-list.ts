import type { WritableDevice } from '../../device.ts';
import { damaged } from '../../errors.ts';
import { type Run, runIndexAt } from '../runs.ts';

/**
 * Runs as mapping pairs, each number in as few bytes as its sign allows, which is how Windows writes them; with
 * the zero that ends them. The opposite of `decodeRuns`.
 */
export function encodeRuns(runs: readonly Run[]): Buffer {
  const bytes: number[] = [];
  let lcn = 0;
  for (const run of runs) {
    const length = signedBytes(run.clusters);
    const step = run.lcn === undefined ? [] : signedBytes(run.lcn - lcn);
    lcn = run.lcn ?? lcn;
    bytes.push((step.length << 4) | length.length, ...length, ...step);
  }
  return Buffer.from([...bytes, 0]);
}

/** Little-endian, two's complement. */
function signedBytes(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = ((rest % 256) + 256) % 256;
    bytes.push(low);
    rest = (rest - low) / 256;
  } while (rest !== ((bytes.at(-1) ?? 0) >= 0x80 ? -1 : 0));
  return bytes;
}

/** Writes into a stream's clusters. Throws `FormatError` (damaged), naming `what`, where a byte has none. */
export function writeToRuns(
  volume: WritableDevice,
  clusterSize: number,
  runs: readonly Run[],
  offset: number,
  bytes: Uint8Array,
  what: string,
): void {
  let index = runIndexAt(runs, Math.floor(offset / clusterSize));
  for (let written = 0; written < bytes.length; ) {
    const run = index < 0 ? undefined : runs[index++];
    if (run?.lcn === undefined) throw damaged(`${what} has no cluster for byte ${offset + written}`);
    const into = offset + written - run.vcn * clusterSize;
    const length = Math.min(bytes.length - written, run.clusters * clusterSize - into);
    volume.write(run.lcn * clusterSize + into, bytes.subarray(written, written + length));
    written += length;
  }
}
