import { stripVTControlCharacters } from 'node:util';

/**
 * Words that may come off a disk, or from whoever gave the command, as a terminal may be given them: nothing in them
 * moves the cursor, changes a colour or turns the direction of the text around.
 */
export function printable(words: string): string {
  return stripVTControlCharacters(words).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\u{fffd}');
}

/** The same for every string in a report. */
export function printableReport<T>(value: T): T {
  if (typeof value === 'string') return printable(value) as T;
  if (Array.isArray(value)) return value.map(printableReport) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, printableReport(member)]),
  ) as T;
}
