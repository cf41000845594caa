import { spawn } from 'node:child_process';
import path from 'node:path';

/** How a run of the program ended. */
export interface ProgramRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const source = path.resolve(import.meta.dirname, '../../src/cli/main.ts');

/** Runs rdpmend from its source in a process of its own; nothing of its output is a terminal. */
export function runProgram(args: readonly string[], cwd?: string): Promise<ProgramRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [source, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk) => {
      stderr += chunk;
    });
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
}
