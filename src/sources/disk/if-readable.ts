import { FormatError } from '../../formats/errors.ts';

/** What a look answers, or undefined where its input cannot be read. */
export function ifReadable<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}
