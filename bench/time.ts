import { spawnSync } from 'node:child_process';

export interface Command {
  readonly name: string;
  readonly run: readonly [program: string, ...args: string[]];
  /** Exit codes that mean that it did its work; 0 unless told. */
  readonly succeeds?: readonly number[];
}

export interface Timing {
  readonly name: string;
  /** In milliseconds. */
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/**
 * Times whole processes in turn, A B A B, so that a machine whose speed drifts is fair to both. One run of each comes
 * before those that count.
 */
export function timeInTurn(commands: readonly Command[], runs: number): Timing[] {
  const times = commands.map((): number[] => []);
  for (let round = -1; round < runs; round++) {
    for (const [index, command] of commands.entries()) {
      const took = timeOnce(command);
      if (round >= 0) times[index]?.push(took);
    }
  }
  return commands.map(({ name }, index) => summary(name, times[index] ?? []));
}

function timeOnce({ name, run: [program, ...args], succeeds = [0] }: Command): number {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const took = Number(process.hrtime.bigint() - start) / 1e6;
  if (status === null || !succeeds.includes(status))
    throw new Error(`${name} ended with ${status}: ${stderr}`);
  return took;
}

function summary(name: string, times: number[]): Timing {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (index: number) => sorted[index] ?? Number.NaN;
  return { name, median: at(sorted.length >> 1), least: at(0), most: at(sorted.length - 1) };
}
