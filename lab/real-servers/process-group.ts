import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { searchPath } from '../installed.ts';

/** A program with everything that it starts. */
export interface ProcessGroup {
  /** What the system calls the group: the program's own process id. */
  readonly id: number;
  /** The program's file descriptor 3, which some write to when they are ready. */
  readonly signals: Readable;
  /** Whether the program has ended by itself or otherwise. */
  ended(): boolean;
  /** The last that it wrote to standard output and standard error. */
  output(): string;
  /** Ends the program and everything that it started, by force where asking does not help. Never throws. */
  end(): Promise<void>;
}

const keptOutput = 4096;
const patience = 2000;

/**
 * Starts a program as the head of a process group of its own. It is told to end when this process does, however that
 * ends: a test run that is cut short leaves no server behind.
 */
export async function startGroup(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<ProcessGroup> {
  const child = spawn('setpriv', ['--pdeathsig', 'SIGTERM', '--', program, ...args], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: { PATH: searchPath.join(path.delimiter), LC_ALL: 'C.UTF-8', ...env },
  });
  let output = '';
  const keep = (text: Buffer) => {
    output = (output + text.toString()).slice(-keptOutput);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await once(child, 'spawn');
  const id = child.pid as number;
  return {
    id,
    signals: child.stdio[3] as Readable,
    ended: () => child.exitCode !== null || child.signalCode !== null,
    output: () => output,
    async end() {
      signal(id, 'SIGTERM');
      await Promise.race([exited, sleep(patience, undefined, { ref: false })]);
      signal(id, 'SIGKILL');
      await exited;
      // Its children die on their own time.
      for (let tries = 0; runningMembers(id).length > 0 && tries < 100; tries++) await sleep(10);
    },
  };
}

/** The processes of a group that still run; those that have ended and that nobody has asked after are none. Linux. */
export function runningMembers(group: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      // proc(5): the state, the parent and the group follow the name, which may hold anything, in parentheses.
      const [state, , owner] = statOf(name).split(') ').at(-1)?.split(' ') ?? [];
      return state !== 'Z' && Number(owner) === group;
    })
    .map(Number);
}

function statOf(processId: string): string {
  try {
    return readFileSync(`/proc/${processId}/stat`, 'latin1');
  } catch {
    return '';
  }
}

function signal(group: number, name: NodeJS.Signals): void {
  try {
    process.kill(-group, name);
  } catch {
    // There is nobody left to tell.
  }
}
