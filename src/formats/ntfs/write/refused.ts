import { FormatError } from '../../errors.ts';

/** What is not written, and what would make it possible. */
export function refused(message: string): FormatError {
  return new FormatError('unsupported', message);
}
