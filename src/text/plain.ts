import { english } from './en/index.ts';
import type { Texts } from './index.ts';

/** Sentences without parameters. */
type PlainId = { [Id in keyof Texts]: Texts[Id] extends string ? Id : never }[keyof Texts];

/**
 * A sentence without parameters in English: for what must start fast, since the library that fills in parameters is not
 * loaded for it.
 */
export function sayPlain(id: PlainId): string {
  return english[id];
}
