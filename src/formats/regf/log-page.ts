import type { Device } from '../device.ts';

/** A run of bytes that a log has for the bins. All positions and lengths are multiples of 512 bytes. */
export interface LogPages {
  /** From the start of the bins. */
  readonly binsOffset: number;
  readonly length: number;
  readonly log: Device;
  /** From the start of the log. */
  readonly logOffset: number;
}

/** One step of a replay: pages to lay over the bins, and the size that the bins have afterwards. */
export interface LogEntry {
  readonly sequence: number;
  readonly binsSize: number;
  readonly pages: readonly LogPages[];
}
