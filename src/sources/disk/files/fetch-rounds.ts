import type { ByteRange } from '../../../formats/device.ts';
import type { RangeRequests, Store } from './range-requests.ts';

/** Fetches many ranges at a time. */
export interface FetchRounds {
  /** Settles when nothing of it is under way any more; the first range that cannot be had ends the others. */
  fetch(ranges: readonly ByteRange[], store: Store): Promise<void>;
  /** Ends what is under way. */
  close(): void;
}

export interface RoundLimits {
  readonly maxParallel: number;
  readonly signal?: AbortSignal;
}

export function fetchRounds(
  requests: RangeRequests,
  { maxParallel, signal }: RoundLimits,
  begins: () => void,
): FetchRounds {
  const closing = new AbortController();

  async function fetch(ranges: readonly ByteRange[], store: Store): Promise<void> {
    begins();
    const failing = new AbortController();
    const signals = [closing.signal, failing.signal, ...(signal ? [signal] : [])];
    const ended = AbortSignal.any(signals);
    const queue = ranges.values();
    let failure: { readonly error: unknown } | undefined;

    async function work(): Promise<void> {
      for (const range of queue) await requests.fetch(range, store, ended);
    }

    function fail(error: unknown): void {
      failure ??= { error };
      failing.abort();
    }

    const workers = Array.from({ length: Math.min(maxParallel, ranges.length) }, () => work().catch(fail));
    await Promise.all(workers);
    if (failure) throw failure.error;
  }

  return { fetch, close: () => closing.abort() };
}
