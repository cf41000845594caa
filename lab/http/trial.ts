import { afterEach, expect } from 'vitest';
import {
  inRounds,
  type OpenedFile,
  type RemoteOptions,
  TargetError,
} from '../../src/sources/disk/files/index.ts';
import { openRemoteFile } from '../../src/sources/disk/files/remote-file.ts';
import { type Fault, type RangeServer, type ServeOptions, serveRanges } from './index.ts';
import { expectNoSecret, secretQuery } from './secrets.ts';

export const content = Buffer.alloc(3_000_017);
for (let i = 0; i < content.length; i += 4)
  content.writeUInt32LE((i * 2654435761) >>> 0, Math.min(i, content.length - 4));

export const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

export async function serve(options: ServeOptions = {}, bytes = content): Promise<RangeServer> {
  const server = await serveRanges(bytes, { query: secretQuery, ...options });
  cleanUps.push(() => server.close());
  return server;
}

/** Retries are few and soon, so that tests of failure end soon. */
export async function open(url: string, options: RemoteOptions = {}): Promise<OpenedFile> {
  const file = await openRemoteFile(url, { timeout: 5000, retries: 1, backOff: 20, ...options });
  cleanUps.push(() => file.close());
  return file;
}

export async function readThrough(file: OpenedFile, offset: number, length: number): Promise<Buffer> {
  const [outcome] = await inRounds([file], [() => file.device.read(offset, length)]);
  if (!outcome || 'error' in outcome) throw outcome?.error;
  return outcome.value;
}

export async function failureOf(promise: Promise<unknown>): Promise<TargetError> {
  const error = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(TargetError);
  expectNoSecret(error);
  const { message } = error as TargetError;
  expect(message).toMatch(/^[a-z].*[^.]$/);
  return error as TargetError;
}

/** Requests from the given one on meet the fault. */
export function from(index: number, fault: Fault): ServeOptions['fault'] {
  return (request) => (request.index >= index ? fault : undefined);
}

export function only(index: number, fault: Fault): ServeOptions['fault'] {
  return (request) => (request.index === index ? fault : undefined);
}

export async function noSocketsLeft(server: RangeServer): Promise<void> {
  await expect.poll(() => server.openSockets(), { timeout: 1000, interval: 5 }).toBe(0);
}
