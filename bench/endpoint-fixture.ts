import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { isInstalled } from '../lab/installed.ts';
import { shadowPrograms } from '../lab/real-servers/shadow.ts';
import { xrdpPrograms } from '../lab/real-servers/xrdp.ts';

/** What a server of the lab counts. */
export interface Counts {
  readonly connections: number;
  /** NTLM AUTHENTICATE messages: each is a failed sign-in on a real machine. */
  readonly signIns: number;
}

/** A server to look at, in a process of its own. */
export interface Fixture {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** Undefined for servers that we did not make. */
  counts(): Promise<Counts | undefined>;
  stop(): Promise<void>;
}

/** Which programs a fixture lacks here, if any: `xrdp-tls` is xrdp with that security layer, `shadow-nla` FreeRDP's server. */
export function missingFor(name: string): string[] {
  if (name.startsWith('xrdp-')) return xrdpPrograms.filter((program) => !isInstalled(program));
  if (name.startsWith('shadow-')) return shadowPrograms.filter((program) => !isInstalled(program));
  return [];
}

/** Starts a server of the lab by its name there, a real one, or `refuses`: a port that nobody listens on. */
export async function startFixture(name: string): Promise<Fixture> {
  const child = fork(path.join(import.meta.dirname, 'endpoint-served.ts'), [name]);
  const { port } = (await message(child, name)) as { port: number };
  return {
    name,
    host: '127.0.0.1',
    port,
    async counts() {
      child.send('counts');
      return ((await message(child, name)) as { counts?: Counts }).counts;
    },
    async stop() {
      if (child.exitCode !== null) return;
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    },
  };
}

function message(child: ChildProcess, name: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`the server ${name} ended with ${code}`));
    child.once('exit', ended);
    child.once('message', (content) => {
      child.off('exit', ended);
      resolve(content);
    });
  });
}

/** Does its work with a fixture, and stops it. */
export async function withFixture<T>(name: string, work: (fixture: Fixture) => Promise<T>): Promise<T> {
  const fixture = await startFixture(name);
  try {
    return await work(fixture);
  } finally {
    await fixture.stop();
  }
}
