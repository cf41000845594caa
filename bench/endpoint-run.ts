import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** What came of a program that was given so much time. */
export interface Run {
  /** The beginning of what it wrote, standard error among it. */
  readonly output: string;
  /** Standard output alone. */
  readonly stdout: string;
  readonly milliseconds: number;
  /** Whether it ended before its time was up. */
  readonly ended: boolean;
}

const mostOutput = 1024 * 1024;

/** Runs a program with all that it starts; what has not ended at the limit, in milliseconds, is ended. */
export async function runWithin(
  [program, ...args]: readonly [program: string, ...args: string[]],
  limit: number,
): Promise<Run> {
  const start = performance.now();
  const child = spawn(program, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let stdout = '';
  child.stdout.on('data', (text: Buffer) => {
    stdout = `${stdout}${text}`.slice(0, mostOutput);
    output = `${output}${text}`.slice(0, mostOutput);
  });
  child.stderr.on('data', (text: Buffer) => {
    output = `${output}${text}`.slice(0, mostOutput);
  });
  let ended = true;
  const timer = setTimeout(() => {
    ended = false;
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  }, limit);
  await once(child, 'close');
  clearTimeout(timer);
  return { output, stdout, milliseconds: performance.now() - start, ended };
}
