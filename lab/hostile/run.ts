import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** How a run of the program ended, and what it took. */
export interface WatchedRun {
  /** Null where the program was ended from outside. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly milliseconds: number;
  /** The most memory that it had at a time. */
  readonly peakMebibytes: number;
  /** What it was ended for, where it went beyond a limit. */
  readonly endedFor: 'time' | 'memory' | undefined;
}

export interface RunLimits {
  /** In milliseconds. */
  readonly time?: number;
  readonly mebibytes?: number;
}

/** The limits protect the machine that tests run on; what a test expects is far below them. */
const outerLimits = { time: 20_000, mebibytes: 1200 } as const;

export interface WatchedOptions {
  readonly limits?: RunLimits;
  /** A module that is loaded before the program. */
  readonly preload?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Where its output goes: nobody reads it any more, or the disk that it goes to is full. */
  readonly stdout?: 'closed' | 'full';
}

/** The built program, which `npm test` builds first: it is run some hundred times, and starts in a third of the time. */
const program = path.resolve(import.meta.dirname, '../../dist/cli.js');
const memoryReport = path.join(import.meta.dirname, 'report-memory.ts');
const compileCache = path.join(tmpdir(), 'rdpmend-compile-cache');

/**
 * Runs rdpmend from its source in a process of its own, watched from outside: one that loops or fills the memory is
 * ended, and says so in `endedFor`.
 */
export function runWatched(args: readonly string[], options: WatchedOptions = {}): Promise<WatchedRun> {
  const limits = { ...outerLimits, ...options.limits };
  const preloads = [memoryReport, ...(options.preload ? [options.preload] : [])];
  const { promise, resolve, reject } = Promise.withResolvers<WatchedRun>();
  const start = performance.now();
  const full = options.stdout === 'full' ? openSync('/dev/full', 'w') : undefined;
  const child = spawn(
    process.execPath,
    [...preloads.flatMap((module) => ['--import', module]), program, ...args],
    {
      // A proxy in the environment would answer for servers that are not there.
      env: { PATH: process.env['PATH'], NODE_COMPILE_CACHE: compileCache, ...options.env },
      stdio: ['ignore', full ?? 'pipe', 'pipe', 'pipe'],
    },
  );
  if (full !== undefined) closeSync(full);
  if (options.stdout === 'closed') child.stdout?.destroy();
  const texts = ['', '', ''];
  child.stdio.slice(1).forEach((stream, index) => {
    stream?.on('data', (chunk: Buffer) => {
      texts[index] += chunk.toString();
    });
  });
  let peak = 0;
  let endedFor: WatchedRun['endedFor'];
  const watch = setInterval(() => {
    peak = Math.max(peak, memoryOf(child.pid));
    if (performance.now() - start > limits.time) endedFor = 'time';
    else if (peak > limits.mebibytes) endedFor = 'memory';
    if (endedFor) child.kill('SIGKILL');
  }, 20);
  child.on('error', reject);
  child.on('close', (exitCode) => {
    clearInterval(watch);
    const [stdout = '', stderr = '', report = ''] = texts;
    const milliseconds = performance.now() - start;
    const peakMebibytes = Math.max(peak, Number(report) / 1024);
    resolve({ exitCode, stdout, stderr, milliseconds, peakMebibytes, endedFor });
  });
  return promise;
}

/** In MiB; 0 where the system does not tell, or the process is gone. */
function memoryOf(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'latin1');
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
