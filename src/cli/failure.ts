import { withoutLinks } from '../sources/disk/files/address.ts';
import { say, text } from '../text/index.ts';

/** What is said of an error that nobody expected: never a stack trace. */
export function defectMessage(error: unknown): string {
  const detail = withoutLinks(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  return say(text('problem.unexpected', { detail }));
}
