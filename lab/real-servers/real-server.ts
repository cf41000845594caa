import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ProcessGroup } from './process-group.ts';

/** A server that we did not make, running on 127.0.0.1. `await using` stops it. */
export interface RealServer extends AsyncDisposable {
  readonly port: number;
  /** The process groups that it consists of. */
  readonly groups: readonly number[];
  /** Ends it and everything that it started, and removes its files. May be called again. */
  stop(): Promise<void>;
}

/** Says what must be undone at the end; what was said last is undone first. */
export type Undo = (step: () => void | Promise<void>) => void;

const longestStart = 15_000;

/** Starts a server by steps; where one of them fails, those before it are undone. */
export async function raise(
  start: (undo: Undo) => Promise<{ readonly port: number; readonly groups: readonly ProcessGroup[] }>,
): Promise<RealServer> {
  const steps: (() => void | Promise<void>)[] = [];
  const stop = async () => {
    for (let step = steps.pop(); step; step = steps.pop()) await step();
  };
  try {
    const { port, groups } = await start((step) => steps.push(step));
    return { port, groups: groups.map(({ id }) => id), stop, [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A folder that is removed at the end. */
export function temporaryHome(undo: Undo): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'rdpmend-server-'));
  undo(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The port of 127.0.0.1 that is wanted, or any that nobody listens on. Throws where it is taken. */
export async function freePort(wanted: number | undefined): Promise<number> {
  if (wanted === undefined) return anyFreePort();
  if (await accepts(wanted)) throw new Error(`port ${wanted} of 127.0.0.1 is taken`);
  return wanted;
}

async function anyFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('no port of 127.0.0.1 is free');
  return address.port;
}

/** Waits until the port accepts a connection. Throws with what the program wrote where it does not. */
export async function untilAccepting(port: number, group: ProcessGroup, name: string): Promise<void> {
  await until(() => accepts(port), group, name);
}

/** Asks again and again until the answer is yes. Throws where the program ends before, or takes too long. */
export async function until(
  ready: () => boolean | Promise<boolean>,
  group: ProcessGroup,
  name: string,
): Promise<void> {
  const deadline = Date.now() + longestStart;
  while (!(await ready())) {
    if (group.ended()) throw new Error(`${name} ended before it was ready: ${group.output()}`);
    if (Date.now() > deadline) {
      throw new Error(`${name} was not ready after ${longestStart / 1000} s: ${group.output()}`);
    }
    await sleep(20);
  }
}

/** Whether something accepts connections on the port of 127.0.0.1. */
export async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
