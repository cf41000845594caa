import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { networkError } from './network-errors.ts';
import { type FileVersion, type PartHead, Redirected, readPartHead } from './range-response.ts';
import { Setback } from './setback.ts';
import { TargetError } from './target-error.ts';

const asked = { offset: 100, length: 50 };

function read(status: number, headers: IncomingHttpHeaders, known?: FileVersion): PartHead {
  return readPartHead({ statusCode: status, headers } as IncomingMessage, asked, known);
}

describe('the head of an answer', () => {
  it('says which bytes come, and of which version of the file', () => {
    const headers = { 'content-range': 'bytes 100-149/1000', etag: '"1"', 'last-modified': 'today' };
    expect(read(206, headers)).toEqual({
      length: 50,
      version: { size: 1000, etag: '"1"', lastModified: 'today' },
    });
    expect(read(206, { 'content-range': 'bytes 100-119/120' }).length).toBe(20);
    expect(read(206, { 'content-range': 'bytes 100-100/1000', 'content-encoding': 'Identity' }).length).toBe(
      1,
    );
  });

  it('never promises more than was asked, whatever a server sends', () => {
    const value = fc.oneof(
      fc.string(),
      fc.stringMatching(/^bytes \d{1,17}-\d{1,17}\/(\d{1,17}|\*)$/),
      fc.integer({ min: 90, max: 160 }).map((last) => `bytes 100-${last}/${last + 3}`),
      fc.constant(undefined),
    );
    const status = fc.oneof(fc.integer({ min: 0, max: 999 }), fc.constantFrom(200, 206, 302, 412, 416, 503));
    const names = ['content-range', 'etag', 'last-modified', 'retry-after', 'location', 'content-encoding'];
    const headers = fc.record(Object.fromEntries(names.map((name) => [name, value])));
    const version = fc.option(fc.constant({ size: 153, etag: undefined, lastModified: undefined }), {
      nil: undefined,
    });
    fc.assert(
      fc.property(status, headers, version, (code, sent, known) => {
        try {
          const { length, version } = read(code, sent as IncomingHttpHeaders, known);
          expect(length).toBeGreaterThan(0);
          expect(length).toBeLessThanOrEqual(50);
          expect(version.size).toBeGreaterThanOrEqual(100 + length);
        } catch (error) {
          const typed = [TargetError, Setback, Redirected].some((kind) => error instanceof kind);
          if (!typed) throw error;
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('an error of the network', () => {
  const errors: [string, object, TargetError['kind'], boolean][] = [
    ['a reset', { code: 'ECONNRESET' }, 'unreachable', true],
    ['an unknown host', { code: 'ENOTFOUND' }, 'unreachable', false],
    ['an old certificate', { code: 'CERT_HAS_EXPIRED' }, 'tls', false],
    ['another TLS version', { code: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION' }, 'tls', false],
    ['no HTTP', { code: 'HPE_INVALID_CONSTANT' }, 'bad-answer', false],
    ['a code that is none', { code: 'sig=SECRET' }, 'unreachable', false],
    ['no code', {}, 'unreachable', false],
  ];
  it.each(errors)('by %s is told by its code alone', (_, fields, kind, passes) => {
    const error = networkError(Object.assign(new Error('GET /os.vhd?sig=SECRET'), fields));
    const failure = error instanceof Setback ? error.failure : error;
    expect([failure.kind, error instanceof Setback]).toEqual([kind, passes]);
    expect(failure.message).not.toContain('SECRET');
  });

  it('with several addresses is the last one', () => {
    const errors = ['ENETUNREACH', 'ECONNREFUSED'].map((code) => Object.assign(new Error(), { code }));
    expect((networkError(new AggregateError(errors)) as Setback).failure.message).toMatch(/refuses/);
  });
});
