import { say, type Text } from './index.ts';

let conjunction: Intl.ListFormat | undefined;

/** Names in a row, as a sentence holds them: `Windows 10, Windows 11 and FreeRDP`; '' for none. */
export function namesInProse(names: readonly Text[]): string {
  conjunction ??= new Intl.ListFormat('en-GB', { type: 'conjunction' });
  return conjunction.format(names.map(say));
}
