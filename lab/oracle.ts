import { type SpawnSyncOptions, spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe } from 'vitest';
import { isInstalled, searchPath } from './installed.ts';

export { isInstalled } from './installed.ts';

/**
 * A `describe` for tests whose judge is a program that we did not make. Where a program is not installed
 * the tests are skipped under a name that says which; under `CI=true` that is a failure instead.
 */
export function describeWithOracle(name: string, programs: readonly string[], body: () => void): void {
  const missing = programs.filter((program) => !isInstalled(program));
  if (missing.length === 0 || process.env['CI'] === 'true') describe(name, body);
  else describe.skip(`${name} (skipped: not installed: ${missing.join(', ')})`, body);
}

/** Runs a program and returns its standard output as bytes; throws with its standard error if it fails. */
export function runOracle(program: string, args: readonly string[], options: SpawnSyncOptions = {}): Buffer {
  const result = spawnSync(program, args, {
    maxBuffer: 1 << 30,
    ...options,
    env: { ...process.env, LC_ALL: 'C.UTF-8', PATH: searchPath.join(path.delimiter), ...options.env },
  });
  if (result.error) throw result.error;
  if (result.status !== 0) {
    throw new Error(
      `${program} ${args.join(' ')} ended with ${result.status}: ${result.stderr}${result.stdout}`,
    );
  }
  return Buffer.from(result.stdout);
}
