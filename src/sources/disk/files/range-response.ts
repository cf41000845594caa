import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { ByteRange } from '../../../formats/device.ts';
import { Setback } from './setback.ts';
import { TargetError } from './target-error.ts';

/** What must stay the same as long as a file on a server does. */
export interface FileVersion {
  /** In bytes. */
  readonly size: number;
  readonly etag: string | undefined;
  readonly lastModified: string | undefined;
}

/** What a good answer to a ranged request says of itself. */
export interface PartHead {
  readonly version: FileVersion;
  /** Bytes of the body: never more than asked, fewer where the file ends or the server likes smaller pieces. */
  readonly length: number;
}

/** A redirect, which is no answer yet. */
export class Redirected extends Error {
  override readonly name = 'Redirected';
  readonly location: string | undefined;

  constructor(location: string | undefined) {
    super('redirected');
    this.location = location;
  }
}

const redirects = [301, 302, 303, 307, 308];
const passingStatuses = [408, 425, 429, 500, 502, 503, 504];
/** A server that wants more patience than this has given its answer. In seconds. */
const longestWait = 30;

const adviceByStatus: Readonly<Record<number, string>> = {
  400: 'the link may be incomplete',
  401: 'the link may be incomplete or may have expired',
  403: 'the link may have expired, or may not allow reading from here',
  404: 'there is no such file',
  407: 'the proxy wants a user and a password',
  409: 'the file may be in use, or may not be readable now',
  410: 'the file is gone',
};

/**
 * Reads the head of an answer to a request for `asked`. Throws `Redirected`; `Setback` where the server asks to
 * come again; `TargetError`: http-status, no-ranges, empty, changed, bad-answer.
 */
export function readPartHead(response: IncomingMessage, asked: ByteRange, known?: FileVersion): PartHead {
  const { statusCode: status = 0, headers } = response;
  if (redirects.includes(status)) throw new Redirected(headers.location);
  if (status === 412) throw changed('its ETag is another');
  if (status === 416) throw noSuchRange(headers, known);
  if (status === 200) throw wholeFile(headers);
  if (status !== 206) throw refusal(status, headers);
  requirePlainBody(headers);
  const { first, last, size } = parseContentRange(headers);
  const version = { size, etag: headers.etag, lastModified: headers['last-modified'] };
  if (known) requireSame(known, version);
  const end = Math.min(asked.offset + asked.length, size);
  if (first !== asked.offset || last >= end)
    throw badAnswer('the server sends another range than the one asked for');
  return { version, length: last + 1 - first };
}

function refusal(status: number, headers: IncomingHttpHeaders): Setback | TargetError {
  const wait = passingStatuses.includes(status) ? secondsToWait(headers['retry-after']) : undefined;
  const advice =
    wait !== undefined && wait > longestWait ? `wants to be left alone for ${wait} seconds` : undefined;
  const reason = advice ? `the server ${advice}` : adviceByStatus[status];
  const message = `the server answered ${status}${reason ? `: ${reason}` : ''}`;
  const failure = new TargetError('http-status', message, status);
  if (!passingStatuses.includes(status) || advice) return failure;
  return new Setback(failure, wait === undefined ? undefined : wait * 1000);
}

/** `Retry-After` is a number of seconds or a date. */
function secondsToWait(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - Date.now()) / 1000));
}

function noSuchRange(headers: IncomingHttpHeaders, known: FileVersion | undefined): TargetError {
  if (known) return changed('it became shorter');
  if (/^bytes \*\/0$/.test(headers['content-range'] ?? '')) return new TargetError('empty', 'it is empty');
  return new TargetError('no-ranges', 'the server refuses to send a part of the file', 416);
}

function wholeFile(headers: IncomingHttpHeaders): TargetError {
  if (headers['content-length'] === '0') return new TargetError('empty', 'it is empty');
  return new TargetError('no-ranges', 'the server can only send the whole file, not a part of it', 200);
}

function requirePlainBody(headers: IncomingHttpHeaders): void {
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding.toLowerCase() !== 'identity') throw badAnswer('the server compresses what it sends');
}

function parseContentRange(headers: IncomingHttpHeaders): { first: number; last: number; size: number } {
  const fields = /^bytes (\d{1,16})-(\d{1,16})\/(\d{1,16}|\*)$/.exec(headers['content-range'] ?? '');
  if (!fields) throw badAnswer('the server does not say which range it sends');
  if (fields[3] === '*') throw new TargetError('no-ranges', 'the server does not say how long the file is');
  const [first, last, size] = [Number(fields[1]), Number(fields[2]), Number(fields[3])];
  if (![first, last, size].every(Number.isSafeInteger) || first > last || last >= size) {
    throw badAnswer('the server names a range that cannot be');
  }
  return { first, last, size };
}

function requireSame(known: FileVersion, now: FileVersion): void {
  if (now.size !== known.size) throw changed(`it was ${known.size} bytes long and is now ${now.size}`);
  // Some servers leave a header out of some answers; only two that differ say anything.
  if (known.etag !== undefined && now.etag !== undefined) {
    if (known.etag !== now.etag) throw changed('its ETag is another');
    return;
  }
  const [before, after] = [known.lastModified, now.lastModified];
  if (before !== undefined && after !== undefined && before !== after) throw changed('its date is another');
}

function changed(how: string): TargetError {
  return new TargetError('changed', `the file changed on the server while it was read: ${how}`);
}

export function badAnswer(message: string): TargetError {
  return new TargetError('bad-answer', message);
}
