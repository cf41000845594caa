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

/**
 * How much of a hive's logs is read, in bytes: a log's file can claim any size while it is all holes. Real logs of
 * dirty SYSTEM and user hives measure 64 KiB to 3.1 MiB.
 */
export const mostLogged: number = 256 * 2 ** 20;
/** The same for one entry. */
export const mostInEntry: number = 64 * 2 ** 20;

/** What a log that goes beyond these limits is, in place of its content: no log to be used, not even in part. */
export const tooLarge = 'too-large';

/** One step of a replay: pages to lay over the bins, and the size that the bins have afterwards. */
export interface LogEntry {
  readonly sequence: number;
  readonly binsSize: number;
  readonly pages: readonly LogPages[];
  /** Those that the base block has afterwards; a log of the old format says nothing of them. */
  readonly flags?: number;
}
