import type { styleText } from 'node:util';

export type Style = Parameters<typeof styleText>[0];

/** Words in a style, or as they are where there is no colour. */
export type Paint = (style: Style, words: string) => string;

export function indent(lines: readonly string[]): string[] {
  return lines.map((line) => (line === '' ? line : `  ${line}`));
}
