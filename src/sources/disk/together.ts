import { inRounds, type OpenedFile } from './files/index.ts';

/** Looks at several things of a file at once, each round of missing bytes fetched for all of them together. */
export async function together<T extends readonly unknown[]>(
  file: OpenedFile,
  looks: { readonly [Index in keyof T]: () => T[Index] },
): Promise<T> {
  const outcomes = await inRounds<unknown>([file], looks as readonly (() => unknown)[]);
  const values = outcomes.map((outcome) => {
    if ('error' in outcome) throw outcome.error;
    return outcome.value;
  });
  return values as readonly unknown[] as T;
}
