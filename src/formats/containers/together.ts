import { BytesPending, type Device } from '../device.ts';

/** A run of bytes of a device. */
export interface Run {
  readonly device: Device;
  readonly offset: number;
  readonly length: number;
}

/**
 * Reads several runs. Every one is asked for before the first missing one is reported: a remote device
 * then learns of all of them in one round.
 */
export function readTogether(runs: readonly Run[]): Buffer[] {
  let pending: BytesPending | undefined;
  const read: Buffer[] = [];
  for (const { device, offset, length } of runs) {
    try {
      read.push(device.read(offset, length));
    } catch (error) {
      if (!(error instanceof BytesPending)) throw error;
      pending = error;
    }
  }
  if (pending) throw pending;
  return read;
}
