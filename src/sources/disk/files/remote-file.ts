import { BytesPending, type Device, requireRange } from '../../../formats/device.ts';
import { targetName } from './address.ts';
import { type BlockStore, blockStore } from './block-store.ts';
import { type FetchRounds, fetchRounds } from './fetch-rounds.ts';
import { closedError, type OpenedFile, requireModest, type Statistics } from './opened-file.ts';
import { type RangeRequests, rangeRequests } from './range-requests.ts';
import { TargetError } from './target-error.ts';

export interface RemoteOptions {
  /** Ends all that is under way, and every later fetch, with `TargetError` (aborted). */
  readonly signal?: AbortSignal;
  /** Of one request, in milliseconds; 15,000 unless told. */
  readonly timeout?: number;
  /** Smallest piece that is fetched, in bytes; 64 KiB unless told. */
  readonly blockSize?: number;
  /** Requests side by side; 8 unless told. */
  readonly maxParallel?: number;
  /** Most bytes that may be fetched in all; 256 MiB unless told. */
  readonly maxBytes?: number;
  /** Most bytes of the file that are kept in memory; 32 MiB unless told. */
  readonly maxKept?: number;
  /** Further attempts after one that failed; 3 unless told. */
  readonly retries?: number;
  /** Before the second attempt, in milliseconds; doubled with each further one. 250 unless told. */
  readonly backOff?: number;
  /** Told of every piece that arrives. */
  readonly onProgress?: (statistics: Statistics) => void;
}

/**
 * On a 10 GiB disk with hives of 11 and 49 MiB, blocks of 64 KiB took 28 rounds and 3.7 MB; of 32 KiB 33 and 2.7;
 * of 128 KiB 24 and 5.6; of 256 KiB 21 and 10.0.
 */
const defaults = {
  timeout: 15_000,
  blockSize: 64 * 1024,
  maxParallel: 8,
  maxBytes: 256 * 1024 * 1024,
  maxKept: 32 * 1024 * 1024,
  retries: 3,
  backOff: 250,
};

/**
 * Opens a file behind an http or https URL whose server can send parts of it. Rejects with `TargetError`; no
 * error, name or statistic holds the URL's query string, fragment or user.
 */
export async function openRemoteFile(url: string, options: RemoteOptions = {}): Promise<OpenedFile> {
  const settings = { ...defaults, ...options };
  const statistics = { bytesRead: 0, reads: 0, rounds: 0 };
  const meter = {
    request: () => {
      statistics.reads++;
    },
    received: (bytes: number) => {
      statistics.bytesRead += bytes;
      if (statistics.bytesRead > settings.maxBytes) throw tooMuch(settings.maxBytes);
      options.onProgress?.(statistics);
    },
  };
  const requests = rangeRequests(url, settings, meter);
  const rounds = fetchRounds(requests, settings, () => statistics.rounds++);
  try {
    const blocks = await openBlocks(requests, rounds, settings);
    return remoteFile(targetName(url), requests, rounds, blocks, statistics);
  } catch (error) {
    requests.close();
    throw error;
  }
}

type Settings = typeof defaults & { readonly signal?: AbortSignal };

/** The first block tells the file's size and version; HEAD would too, but some signed links forbid it. */
async function openBlocks(
  requests: RangeRequests,
  rounds: FetchRounds,
  settings: Settings,
): Promise<BlockStore> {
  let blocks: BlockStore | undefined;
  await rounds.fetch([{ offset: 0, length: settings.blockSize }], (offset, bytes) => {
    const size = requests.version()?.size ?? 0;
    blocks ??= blockStore(size, settings.blockSize, settings.maxKept);
    blocks.store(offset, bytes);
  });
  if (!blocks) throw new TargetError('empty', 'it is empty');
  blocks.endRound();
  return blocks;
}

function remoteFile(
  name: string,
  requests: RangeRequests,
  rounds: FetchRounds,
  blocks: BlockStore,
  statistics: Statistics,
): OpenedFile {
  let failure: { readonly error: unknown } | undefined;
  let underWay: Promise<boolean> | undefined;

  const device: Device = {
    size: requests.version()?.size ?? 0,
    read(offset, length) {
      requireRange(device, offset, length);
      requireModest(offset, length);
      if (failure && isFatal(failure.error)) throw failure.error;
      try {
        return blocks.read(offset, length);
      } catch (error) {
        throw failure && error instanceof BytesPending ? failure.error : error;
      }
    },
  };

  async function fetchRound(): Promise<boolean> {
    if (failure) throw failure.error;
    try {
      const ranges = blocks.takeMissing();
      if (ranges.length === 0) return false;
      await rounds.fetch(ranges, blocks.store);
      blocks.endRound();
      return true;
    } catch (error) {
      failure ??= { error };
      throw failure.error;
    }
  }

  /** One round at a time; who waited for another's round may find that it brought all that was missing. */
  async function fetchMissing(): Promise<boolean> {
    let waited = false;
    while (underWay) {
      await underWay.catch(() => false);
      waited = true;
    }
    underWay = fetchRound().finally(() => {
      underWay = undefined;
    });
    return (await underWay) || waited;
  }

  function close(): void {
    failure = { error: closedError() };
    rounds.close();
    requests.close();
  }

  return { device, name, statistics, fetchMissing, close };
}

/** After these not even what has arrived is to be believed or used. */
function isFatal(error: unknown): boolean {
  return error instanceof TargetError && (error.kind === 'changed' || error.kind === 'closed');
}

function tooMuch(limit: number): TargetError {
  return new TargetError('too-much', `more than ${Math.floor(limit / 2 ** 20)} MiB would have to be fetched`);
}
