import type { Device } from '../../../formats/device.ts';
import { damaged } from '../../../formats/errors.ts';
import { TargetError } from './target-error.ts';

/** What reading a file has cost so far. */
export interface Statistics {
  /** Bytes that came from the file or over the network, read-ahead included. */
  readonly bytesRead: number;
  /** Positioned reads, or requests. */
  readonly reads: number;
  /** Times that the network was waited for; always 0 for a local file. */
  readonly rounds: number;
}

/** A file that images lie in, near or far. */
export interface OpenedFile {
  /** Throws `BytesPending` for bytes that must be fetched first, `TargetError` for those that cannot be had. */
  readonly device: Device;
  /** For reports: the local path as given, or the URL without query string, fragment and user. */
  readonly name: string;
  /**
   * Fetches all that reads have asked for in vain since the last call; false: nothing was missing. Always
   * false for a local file. Rejects with `TargetError` once the bytes cannot be had; from then on a read of
   * bytes that are not there throws that error.
   */
  fetchMissing(): Promise<boolean>;
  readonly statistics: Statistics;
  /** Ends what is under way; nothing can be read any more. May be called twice. */
  close(): void;
}

/** No structure of any format is this long; a length field that says so is wrong. In bytes. */
const longestRead = 32 * 1024 * 1024;

/** Throws `FormatError` (damaged) rather than fill the memory with what a hostile length field asks for. */
export function requireModest(offset: number, length: number): void {
  if (length > longestRead) throw damaged(`${length} bytes at ${offset} are too many for one structure`);
}

export function closedError(): TargetError {
  return new TargetError('closed', 'it has been closed');
}
