import { IntlMessageFormat } from 'intl-messageformat';
import { english } from './en/index.ts';
import type { Message, MessageParameters } from './message.ts';

/** Every sentence there is, by id; English decides which, and with which parameters. */
export type Texts = typeof english;

export type TextId = keyof Texts;

/** What another language must say: the same ids with the same parameters, or it does not compile. */
export type Translation = {
  readonly [Id in TextId]: Texts[Id] extends Message<infer P> ? Message<P> : string;
};

type ParametersOf<Id extends TextId> = Texts[Id] extends Message<infer P> ? [parameters: P] : [];

/** A sentence to be said later, in whatever language the reader has. */
export interface Text {
  readonly id: TextId;
  readonly parameters: MessageParameters;
}

/** Names a sentence and gives it what it needs. */
export function text<Id extends TextId>(id: Id, ...[parameters]: ParametersOf<Id>): Text {
  return { id, parameters: parameters ?? {} };
}

/** Whether there is a sentence of this id. */
export function isTextId(id: string): id is TextId {
  return Object.hasOwn(english, id);
}

/** The sentence in English. */
export function say({ id, parameters }: Text): string {
  const entry: string | Message<MessageParameters> = english[id];
  if (typeof entry === 'string') return entry;
  return String(
    new IntlMessageFormat(entry.pattern, 'en', undefined, { formatters }).format({ ...parameters }),
  );
}

/**
 * Numbers here are ports, builds and small counts: digits, in every language. The platform's number formats would take
 * longer to load than a whole diagnosis takes.
 */
const plainDigits = {
  format: String,
  formatToParts: (value: number) => [{ type: 'integer', value: String(value) }],
};

const formatters = {
  getNumberFormat: () => plainDigits as unknown as Intl.NumberFormat,
  getDateTimeFormat: (...options: ConstructorParameters<typeof Intl.DateTimeFormat>) =>
    new Intl.DateTimeFormat(...options),
  getPluralRules: (...options: ConstructorParameters<typeof Intl.PluralRules>) =>
    new Intl.PluralRules(...options),
};

// The library looks the language up among those of the number formats, and so loads them all the same.
IntlMessageFormat.resolveLocale = (locales) =>
  new Intl.Locale(Array.isArray(locales) ? (locales[0] ?? 'en') : locales);
