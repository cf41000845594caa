import { BytesPending } from '../../../formats/device.ts';
import type { OpenedFile } from './opened-file.ts';

/** How a task ended: with its value, or with what it threw. */
export type Outcome<T> = { readonly value: T } | { readonly error: unknown };

/** Far above any real chase of pointers; what needs more goes in a circle. */
const mostRounds = 2_000;

/**
 * Runs tasks that read synchronously until each has an outcome. Those that lack bytes wait for one common
 * round of fetches and run again from their start. Where a file can no longer be read, the tasks that need
 * more of it end in its `TargetError`. Rejects only for a defect: bytes that no file knows to be missing, or
 * tasks that never end.
 */
export async function inRounds<T>(
  files: readonly OpenedFile[],
  tasks: readonly (() => T)[],
): Promise<Outcome<T>[]> {
  const outcomes: (Outcome<T> | undefined)[] = tasks.map(attempt);
  for (let round = 0; outcomes.includes(undefined); round++) {
    if (round === mostRounds) throw new Error(`tasks still lack bytes after ${mostRounds} rounds`);
    const fetched = await fetchAll(files);
    for (const [index, task] of tasks.entries()) {
      outcomes[index] ??= attempt(task) ?? fetched.failure;
    }
    if (!fetched.any && outcomes.includes(undefined)) {
      throw new Error('a task waits for bytes that no file is missing');
    }
  }
  return outcomes as Outcome<T>[];
}

/** Undefined: bytes are pending. */
function attempt<T>(task: () => T): Outcome<T> | undefined {
  try {
    return { value: task() };
  } catch (error) {
    return error instanceof BytesPending ? undefined : { error };
  }
}

interface Fetched {
  readonly any: boolean;
  /** The outcome for tasks that still wait when nothing more can come. */
  readonly failure: { readonly error: unknown } | undefined;
}

async function fetchAll(files: readonly OpenedFile[]): Promise<Fetched> {
  const results = await Promise.allSettled(files.map((file) => file.fetchMissing()));
  const any = results.some((result) => result.status === 'fulfilled' && result.value);
  const failed = results.find((result) => result.status === 'rejected');
  return { any, failure: failed && !any ? { error: failed.reason } : undefined };
}
