import { once } from 'node:events';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { ServeOptions } from '../../../../lab/http/index.ts';
import { expectNoSecret, secretQuery } from '../../../../lab/http/secrets.ts';
import {
  content,
  failureOf,
  from,
  noSocketsLeft,
  only,
  open,
  readThrough,
  serve,
} from '../../../../lab/http/trial.ts';
import { inRounds, TargetError } from './index.ts';

describe('a server that fails', () => {
  const refused: [string, ServeOptions, Partial<TargetError>, RegExp][] = [
    [
      '403',
      { fault: from(0, { kind: 'status', status: 403 }) },
      { kind: 'http-status', status: 403 },
      /expired/,
    ],
    [
      '401',
      { fault: from(0, { kind: 'status', status: 401 }) },
      { kind: 'http-status', status: 401 },
      /expired/,
    ],
    [
      '404',
      { fault: from(0, { kind: 'status', status: 404 }) },
      { kind: 'http-status', status: 404 },
      /no such file/,
    ],
    [
      '500 for ever',
      { fault: from(0, { kind: 'status', status: 500 }) },
      { kind: 'http-status', status: 500 },
      /500/,
    ],
    [
      'a status of no kind',
      { fault: from(0, { kind: 'status', status: 299 }) },
      { kind: 'http-status' },
      /299/,
    ],
    ['no ranges', { fault: from(0, { kind: 'no-ranges' }) }, { kind: 'no-ranges' }, /whole file/],
    ['416', { fault: from(0, { kind: 'status', status: 416 }) }, { kind: 'no-ranges' }, /part/],
    [
      'an unknown length',
      { fault: from(0, { kind: 'content-range', value: 'bytes 0-65535/*' }) },
      { kind: 'no-ranges' },
      /how long/,
    ],
    [
      'no Content-Range',
      { fault: from(0, { kind: 'content-range', value: undefined }) },
      { kind: 'bad-answer' },
      /which range/,
    ],
    [
      'another range',
      { fault: from(0, { kind: 'content-range', value: 'bytes 1-65536/3000017' }) },
      { kind: 'bad-answer' },
      /another range/,
    ],
    [
      'an impossible range',
      { fault: from(0, { kind: 'content-range', value: 'bytes 0-65535/9' }) },
      { kind: 'bad-answer' },
      /cannot be/,
    ],
    [
      'too large a file',
      { fault: from(0, { kind: 'content-range', value: 'bytes 0-65535/9999999999999999' }) },
      { kind: 'bad-answer' },
      /cannot be/,
    ],
    ['a compressed body', { fault: from(0, { kind: 'compressed' }) }, { kind: 'bad-answer' }, /compresses/],
    [
      'more than it said',
      { fault: from(0, { kind: 'overrun', bytes: 10 }) },
      { kind: 'bad-answer' },
      /more bytes/,
    ],
    ['no HTTP', { fault: from(0, { kind: 'garbage' }) }, { kind: 'bad-answer' }, /HTTP/],
    ['resets', { fault: from(0, { kind: 'reset' }) }, { kind: 'unreachable' }, /cut/],
    [
      'bodies that end early',
      { fault: from(0, { kind: 'truncate', after: 10 }) },
      { kind: 'unreachable' },
      /cut/,
    ],
    ['silence', { fault: from(0, { kind: 'silent' }) }, { kind: 'timeout' }, /long/],
    [
      'a byte now and then',
      { fault: from(0, { kind: 'dribble', bytes: 1, everyMilliseconds: 20 }) },
      { kind: 'timeout' },
      /long/,
    ],
    [
      'next to nothing',
      { fault: from(0, { kind: 'short', bytes: 1 }) },
      { kind: 'bad-answer' },
      /next to nothing/,
    ],
  ];
  it.each(refused)('by %s ends in an error that says so', async (_, options, expected, message) => {
    const server = await serve(options);
    const failure = await failureOf(open(server.url, { timeout: expected.kind === 'timeout' ? 150 : 5000 }));
    expect(failure).toMatchObject(expected);
    expect(failure.message).toMatch(message);
    await noSocketsLeft(server);
  });

  const overcome: [string, ServeOptions['fault']][] = [
    ['503', only(0, { kind: 'status', status: 503 })],
    [
      '429 with a date',
      only(0, { kind: 'status', status: 429, headers: { 'retry-after': new Date().toUTCString() } }),
    ],
    ['a reset', only(1, { kind: 'reset' })],
    ['a reset in the body', only(1, { kind: 'reset', after: 5000 })],
    ['a body that ends early', only(1, { kind: 'truncate', after: 70_000 })],
    ['a silence', only(1, { kind: 'silent' })],
    ['short answers', (request) => (request.index % 3 === 1 ? { kind: 'short', bytes: 5000 } : undefined)],
    ['all of them in turn', ({ index }) => (index % 2 ? { kind: 'truncate', after: 30_000 } : undefined)],
  ];
  it.each(overcome)('once by %s is asked again, and for the rest only', async (_, fault) => {
    const server = await serve(fault ? { fault } : {});
    const file = await open(server.url, { timeout: 400, retries: 4 });
    expect(await readThrough(file, 100_000, 700_000)).toEqual(content.subarray(100_000, 800_000));
    expect(file.statistics.bytesRead).toBeLessThan(1_100_000);
  });

  it('is waited for as long as it asks, up to a bound', async () => {
    const waits = await serve({
      fault: only(0, { kind: 'status', status: 503, headers: { 'retry-after': '1' } }),
    });
    const before = performance.now();
    await open(waits.url);
    expect(performance.now() - before).toBeGreaterThan(990);
    const forLong = await serve({
      fault: from(0, { kind: 'status', status: 503, headers: { 'retry-after': '3600' } }),
    });
    const failure = await failureOf(open(forLong.url));
    expect(failure).toMatchObject({ kind: 'http-status', status: 503 });
    expect(failure.message).toMatch(/3600 seconds/);
    expect(forLong.requests).toHaveLength(1);
  });

  it('is not asked again after a refusal that will not change', async () => {
    const server = await serve({ fault: from(0, { kind: 'status', status: 403 }) });
    await failureOf(open(server.url, { retries: 5 }));
    expect(server.requests).toHaveLength(1);
  });

  it('never quotes what the server says', async () => {
    const server = await serve({
      fault: ({ target }) => ({
        kind: 'status',
        status: 403,
        headers: { 'x-error': target, 'content-range': target, 'retry-after': target },
      }),
    });
    await failureOf(open(server.url));
  });

  it('in the middle gives an outcome to every task that needs more, and keeps what has come', async () => {
    const server = await serve({ fault: from(1, { kind: 'status', status: 403 }) });
    const file = await open(server.url);
    const outcomes = await inRounds<unknown>(
      [file],
      [
        () => file.device.read(10, 4),
        () => file.device.read(1_000_000, 4),
        () => file.device.read(2_000_000, 4),
      ],
    );
    expect(outcomes[0]).toEqual({ value: content.subarray(10, 14) });
    expect(outcomes[1]).toMatchObject({ error: { kind: 'http-status', status: 403 } });
    expect(outcomes[2]).toMatchObject({ error: { kind: 'http-status', status: 403 } });
    expect(() => file.device.read(1_500_000, 4)).toThrow(TargetError);
    expectNoSecret(outcomes);
  });
});

describe('a file that changes on the server', () => {
  const changes: [string, ServeOptions][] = [
    ['its ETag', { fault: from(1, { kind: 'version', etag: '"lab-2"' }) }],
    ['its weak ETag', { etag: 'W/"1"', fault: from(1, { kind: 'version', etag: 'W/"2"' }) }],
    [
      'its date',
      { etag: undefined, fault: from(1, { kind: 'version', lastModified: 'Sun, 22 Nov 2026 00:00:00 GMT' }) },
    ],
    [
      'its size',
      { etag: undefined, fault: from(1, { kind: 'content-range', value: 'bytes 983040-1048575/3000018' }) },
    ],
    ['its size, to less', { fault: from(1, { kind: 'status', status: 416 }) }],
  ];
  it.each(changes)('is noticed by %s, and nothing of it is believed any more', async (_, options) => {
    const server = await serve(options);
    const file = await open(server.url);
    expect((await failureOf(readThrough(file, 1_000_000, 4))).kind).toBe('changed');
    expect(() => file.device.read(0, 4)).toThrow(TargetError);
  });

  it('is not suspected where a server leaves the headers out', async () => {
    const server = await serve({ fault: from(1, { kind: 'version', etag: undefined }), etag: 'W/"1"' });
    const file = await open(server.url);
    await readThrough(file, 1_000_000, 4);
  });
});

describe('a URL that leads nowhere', () => {
  const urls: [string, string, TargetError['kind']][] = [
    ['no valid URL', `http://[bad${secretQuery}`, 'bad-url'],
    ['no host', `http://${secretQuery}`, 'bad-url'],
    ['a port that cannot be', `http://user:hunter2@host:99999/os.vhd${secretQuery}`, 'bad-url'],
    ['an unknown host', `http://user:hunter2@no-such-host.invalid/os.vhd${secretQuery}`, 'unreachable'],
  ];
  it.each(urls)('%s', async (_, url, kind) => {
    expect((await failureOf(open(url))).kind).toBe(kind);
  });

  it('a port that nobody listens on', async () => {
    const server = createTcpServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const failure = await failureOf(open(`http://127.0.0.1:${port}/os.vhd${secretQuery}`));
    expect(failure.kind).toBe('unreachable');
    expect(failure.message).toMatch(/refuses/);
  });

  it('an empty file', async () => {
    const server = await serve({
      fault: from(0, { kind: 'status', status: 416, headers: { 'content-range': 'bytes */0' } }),
    });
    expect((await failureOf(open(server.url))).kind).toBe('empty');
    const plain = await serve({ fault: from(0, { kind: 'status', status: 200 }) });
    expect((await failureOf(open(plain.url))).kind).toBe('empty');
  });
});
