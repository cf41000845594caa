import type { OutgoingHttpHeaders } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ByteRange } from '../../../formats/device.ts';
import { type Address, followRedirect, parseAddress } from './address.ts';
import { openConnections } from './connections.ts';
import { abortedError, exchange, type Sink } from './exchange.ts';
import { networkError } from './network-errors.ts';
import { badAnswer, type FileVersion, Redirected, readPartHead } from './range-response.ts';
import { Setback } from './setback.ts';
import { TargetError } from './target-error.ts';

export interface RequestLimits {
  /** Of one request, in milliseconds. */
  readonly timeout: number;
  /** Further attempts after one that failed. */
  readonly retries: number;
  /** Before the second attempt, in milliseconds; doubled with each further one. */
  readonly backOff: number;
  readonly maxParallel: number;
}

/** Told of everything that goes over the wire. */
export interface Meter {
  request(): void;
  /** May throw, to stop at a limit. */
  received(bytes: number): void;
}

/** Takes bytes of the file as they arrive. */
export type Store = (offset: number, bytes: Buffer) => void;

/** A file on a server, by ranged requests. */
export interface RangeRequests {
  /** Known from the first answer on. */
  version(): FileVersion | undefined;
  /** Fetches a range, up to the file's end. Rejects with `TargetError`. */
  fetch(range: ByteRange, store: Store, signal: AbortSignal): Promise<void>;
  close(): void;
}

const mostRedirects = 5;
/** Of an answer that is shorter than it was asked to be; less than this is no progress. In bytes. */
const leastProgress = 4096;
/** Refusals by which a redirect's target, which may be a link of a few minutes, shows that it is too old. */
const stale = [401, 403, 404, 410];

/** Throws `TargetError` (bad-url). */
export function rangeRequests(url: string, limits: RequestLimits, meter: Meter): RangeRequests {
  const origin = parseAddress(url);
  const connections = openConnections(limits.maxParallel);
  let address = origin;
  let version: FileVersion | undefined;
  let answered = false;

  async function fetch(range: ByteRange, store: Store, signal: AbortSignal): Promise<void> {
    let setbacks = 0;
    for (let done = 0; done < remainingLength(range, version); ) {
      const before = done;
      const rest = { offset: range.offset + done, length: range.length - done };
      const arrived = (bytes: Buffer) => {
        store(range.offset + done, bytes);
        done += bytes.length;
      };
      const setback = await attempt(rest, arrived, signal);
      if (done >= remainingLength(range, version)) return;
      const progressed = done - before >= leastProgress;
      if (progressed) setbacks = 0;
      if (setback || !progressed) setbacks = await pause(setback ?? tooLittle(), setbacks, signal);
    }
  }

  /** The setback, where there was one; what is final is thrown. */
  async function attempt(range: ByteRange, sink: Sink, signal: AbortSignal): Promise<Setback | undefined> {
    try {
      await requestFollowing(range, sink, signal);
      return undefined;
    } catch (error) {
      if (error instanceof Setback) return error;
      throw error;
    }
  }

  /** Waits before the next attempt, or throws where none is left. A server that never answered gets only one more. */
  async function pause(setback: Setback, setbacks: number, signal: AbortSignal): Promise<number> {
    if (setbacks >= (answered ? limits.retries : Math.min(1, limits.retries))) throw setback.failure;
    const pause = limits.backOff * 2 ** setbacks * (0.5 + Math.random() / 2);
    await sleep(Math.max(pause, setback.wait ?? 0), undefined, { signal }).catch(() => {
      throw abortedError();
    });
    return setbacks + 1;
  }

  async function requestFollowing(range: ByteRange, sink: Sink, signal: AbortSignal): Promise<void> {
    const redirected = address !== origin;
    try {
      await follow(address, range, sink, signal);
    } catch (error) {
      if (!redirected || !(error instanceof TargetError) || !stale.includes(error.status ?? 0)) throw error;
      await follow(origin, range, sink, signal);
    }
  }

  async function follow(start: Address, range: ByteRange, sink: Sink, signal: AbortSignal): Promise<void> {
    let at = start;
    for (let redirects = 0; redirects <= mostRedirects; redirects++) {
      try {
        return await request(at, range, sink, signal);
      } catch (error) {
        if (!(error instanceof Redirected)) throw error;
        answered = true;
        at = followRedirect(at, error.location);
      }
    }
    throw new TargetError('redirect', `the server redirects more than ${mostRedirects} times`);
  }

  async function request(at: Address, range: ByteRange, sink: Sink, signal: AbortSignal): Promise<void> {
    const request = await connections.request(at, headersFor(at, range, version)).catch((error: unknown) => {
      throw networkError(error);
    });
    meter.request();
    await exchange(request, { timeout: limits.timeout, signal }, (response) => {
      answered = true;
      const head = readPartHead(response, range, version);
      version ??= head.version;
      address = at;
      return bounded(head.length, (chunk) => {
        meter.received(chunk.length);
        sink(chunk);
      });
    });
  }

  return { fetch, version: () => version, close: () => connections.close() };
}

/** How long a range is once the file's end is known. */
function remainingLength(range: ByteRange, version: FileVersion | undefined): number {
  return version ? Math.min(range.length, version.size - range.offset) : range.length;
}

function bounded(length: number, sink: Sink): Sink {
  let left = length;
  return (chunk) => {
    left -= chunk.length;
    if (left < 0) throw badAnswer('the server sends more bytes than it said');
    sink(chunk);
  };
}

function tooLittle(): Setback {
  return new Setback(badAnswer('the server sends next to nothing of what it is asked for'));
}

function headersFor(
  at: Address,
  { offset, length }: ByteRange,
  version: FileVersion | undefined,
): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = {
    range: `bytes=${offset}-${offset + length - 1}`,
    'accept-encoding': 'identity',
    'user-agent': 'rdpmend',
  };
  if (at.authorization !== undefined) headers['authorization'] = at.authorization;
  // A weak ETag never matches here (RFC 9110, section 13.1.1); the answers' own are compared as well.
  if (version?.etag?.startsWith('"')) headers['if-match'] = version.etag;
  return headers;
}
