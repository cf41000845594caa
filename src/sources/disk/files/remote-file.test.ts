import { describe, expect, it } from 'vitest';
import { serveRanges } from '../../../../lab/http/index.ts';
import { everythingSaidBy, expectNoSecret, secretQuery } from '../../../../lab/http/secrets.ts';
import {
  cleanUps,
  content,
  failureOf,
  from,
  noSocketsLeft,
  open,
  readThrough,
  serve,
} from '../../../../lab/http/trial.ts';
import { BytesPending } from '../../../formats/device.ts';
import { FormatError } from '../../../formats/errors.ts';
import { inRounds, TargetError } from './index.ts';

it('a secret in an error, or in its cause, would be found', () => {
  const cause = new Error('cannot get /os.vhd?sig=SECRET');
  expect(everythingSaidBy(new TargetError('unreachable', 'no'))).not.toMatch(/SECRET/);
  expect(everythingSaidBy(new Error('no', { cause }))).toMatch(/SECRET/);
});

describe('a file behind a URL', () => {
  it('is read in ranges, and its name says nothing of the query', async () => {
    const server = await serve();
    const file = await open(`${server.url}#SECRET`);
    expect(file.name).toBe(`${server.origin}/images/os.vhd`);
    expect(file.device.size).toBe(content.length);
    expect(() => file.device.read(2_000_000, 10)).toThrow(BytesPending);
    expect(await readThrough(file, 2_000_000, 10)).toEqual(content.subarray(2_000_000, 2_000_010));
    expect(await readThrough(file, content.length - 5, 5)).toEqual(content.subarray(-5));
    expect(file.device.read(0, 0)).toHaveLength(0);
    expect(server.requests[0]?.target).toBe(`/images/os.vhd${secretQuery}`);
    expectNoSecret(file);
    expectNoSecret(file.statistics);
  });

  it('is read right at any place and length', async () => {
    const server = await serve();
    const file = await open(server.url, { blockSize: 4096 });
    const places = Array.from({ length: 60 }, (_, i) => ({
      offset: (i * 48_611) % (content.length - 40_000),
      length: (i * i * 11) % 40_000,
    }));
    const outcomes = await inRounds(
      [file],
      places.map(
        ({ offset, length }) =>
          () =>
            file.device.read(offset, length),
      ),
    );
    for (const [i, { offset, length }] of places.entries()) {
      expect(outcomes[i]).toEqual({ value: content.subarray(offset, offset + length) });
    }
    expect(file.statistics.rounds).toBe(2);
  });

  it('fetches what all tasks lack in one round, side by side but no more than allowed', async () => {
    const server = await serve({ latency: 30 });
    const file = await open(server.url, { blockSize: 4096, maxParallel: 4 });
    const tasks = Array.from({ length: 20 }, (_, i) => () => file.device.read(i * 140_000, 4).readUInt32LE());
    const before = performance.now();
    const outcomes = await inRounds([file], tasks);
    expect(outcomes.map((outcome) => 'value' in outcome && outcome.value)).toEqual(
      tasks.map((_, i) => content.readUInt32LE(i * 140_000)),
    );
    expect(file.statistics.rounds).toBe(2);
    expect(Math.max(...server.requests.map((request) => request.inFlight))).toBe(4);
    expect(performance.now() - before).toBeLessThan(20 * 30);
    expect(server.openSockets()).toBeLessThanOrEqual(4);
  });

  it('splits one long read and reads ahead in a sequence', async () => {
    const server = await serve();
    const file = await open(server.url, { blockSize: 16_384 });
    await readThrough(file, 500_000, 1_500_000);
    expect(file.statistics.rounds).toBe(2);
    expect(server.requests.length).toBeGreaterThan(3);
    const sequential = await open(server.url, { blockSize: 16_384 });
    for (let offset = 0; offset < 1_000_000; offset += 1000) await readThrough(sequential, offset, 1000);
    expect(sequential.statistics.rounds).toBeLessThan(10);
    expect(sequential.statistics.bytesRead).toBeLessThan(2_000_000);
  });

  it('counts what it cost, and tells of it', async () => {
    const server = await serve();
    const told: number[] = [];
    const file = await open(server.url, {
      blockSize: 4096,
      onProgress: ({ bytesRead }) => told.push(bytesRead),
    });
    await readThrough(file, 1_000_000, 1);
    expect(file.statistics).toEqual({ bytesRead: 8192, reads: 2, rounds: 2 });
    expect(told.at(-1)).toBe(8192);
    expect(await file.fetchMissing()).toBe(false);
  });

  it('refuses a read beyond its end, and one that no structure needs', async () => {
    const server = await serve();
    const file = await open(server.url);
    expect(() => file.device.read(content.length - 1, 2)).toThrow(FormatError);
    const huge = await serve({}, undefined);
    expect(huge.requests).toHaveLength(0);
    const giant = await serveRanges(
      { size: 2 ** 40, read: (_, length) => Buffer.alloc(length) },
      { query: secretQuery },
    );
    cleanUps.push(() => giant.close());
    const terabyte = await open(giant.url);
    expect(() => terabyte.device.read(0, 2 ** 39)).toThrow(FormatError);
    expect(await readThrough(terabyte, 2 ** 40 - 3, 3)).toEqual(Buffer.alloc(3));
  });

  it('is one file for two rounds at the same time', async () => {
    const server = await serve({ latency: 10 });
    const file = await open(server.url, { blockSize: 4096 });
    const chase = (start: number) => () => {
      let offset = start;
      for (let i = 0; i < 5; i++) offset = file.device.read(offset, 4).readUInt32LE() % 2_900_000;
      return offset;
    };
    const both = [0, 4, 8].map((start) => inRounds([file], [chase(start), chase(start)]));
    for (const [outcome, again] of await Promise.all(both)) expect(outcome).toEqual(again);
  });

  it('forgets only what is not in use when it keeps too much', async () => {
    const server = await serve();
    const file = await open(server.url, { blockSize: 65_536, maxKept: 512 * 1024 });
    for (let offset = 0; offset < 2_900_000; offset += 100_000) {
      expect(await readThrough(file, offset, 8)).toEqual(content.subarray(offset, offset + 8));
    }
    const failure = await failureOf(readThrough(file, 0, 2_000_000));
    expect(failure.kind).toBe('too-much');
  });

  it('stops at the most bytes that may be fetched', async () => {
    const server = await serve();
    const file = await open(server.url, { maxBytes: 1024 * 1024 });
    expect((await failureOf(readThrough(file, 0, 2_000_000))).kind).toBe('too-much');
  });
});

describe('an end before the end', () => {
  it('by the signal, while a server is silent or while it is waited for', async () => {
    for (const fault of [
      { kind: 'silent' },
      { kind: 'status', status: 503, headers: { 'retry-after': '20' } },
    ] as const) {
      const server = await serve({ fault: from(1, fault) });
      const controller = new AbortController();
      const file = await open(server.url, { signal: controller.signal, timeout: 60_000 });
      setTimeout(() => controller.abort(), 50);
      expect((await failureOf(readThrough(file, 1_000_000, 4))).kind).toBe('aborted');
      expect((await failureOf(open(server.url, { signal: controller.signal }))).kind).toBe('aborted');
    }
  });

  it('by close, after which nothing can be read and no socket is open', async () => {
    const server = await serve({ fault: from(1, { kind: 'silent' }) });
    const file = await open(server.url, { timeout: 60_000 });
    const reading = failureOf(readThrough(file, 1_000_000, 4));
    await new Promise((resolve) => setTimeout(resolve, 50));
    file.close();
    file.close();
    expect((await reading).kind).toBe('closed');
    expect(() => file.device.read(0, 1)).toThrow(TargetError);
    await expect(file.fetchMissing()).rejects.toThrow(TargetError);
    await noSocketsLeft(server);
  });
});
