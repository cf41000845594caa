import { inspect } from 'node:util';
import { expect } from 'vitest';

/** A query string, and a user, as signed links have them; nothing of them may ever be shown. */
export const secretQuery = '?sv=2026&sig=SECRET%2Fsignature&token=SECRET';

/** Everything of a value that anyone could print: its JSON, its fields, its stack, its causes. */
export function everythingSaidBy(value: unknown): string {
  const shown = inspect(value, { depth: 12, showHidden: true, getters: true, maxArrayLength: 100 });
  const own = value instanceof Error ? [value.message, value.stack, String(value)] : [];
  return [shown, JSON.stringify(value), ...own].join('\n');
}

/** Also looks for the secret decoded, and encoded once more. */
export function expectNoSecret(value: unknown): void {
  expect(everythingSaidBy(value)).not.toMatch(/secret|sig(?:=|%3d)|hunter2/i);
}
