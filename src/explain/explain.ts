import { type Cause, causes } from './causes.ts';
import { entriesAt, entriesNamed } from './codes/index.ts';
import { decode } from './decode.ts';
import { decimalFamilies, type Entry, type Family, families, type Phase, type SentenceId } from './entry.ts';
import { type Mention, mentionsIn, type ReadNumber } from './mentions.ts';
import { textsIn } from './texts.ts';

/** One way to understand a number, a name or words. */
export interface Reading extends Entry {
  /** How the digits were read; null for a name or words. */
  readonly base: ReadNumber['base'] | null;
}

/** What is known of one number, name or piece of text. */
export interface Answer {
  readonly kind: 'number' | 'name' | 'words';
  /** What was typed; for words, those of the client that they were taken for. */
  readonly written: string;
  /** The likeliest first; none where it is unknown. */
  readonly readings: readonly Reading[];
  readonly notes: readonly SentenceId[];
}

/** Which disk or endpoint to look at next. */
export type NextStep = 'endpoint' | 'disk';

export interface Explanation {
  readonly known: boolean;
  readonly answers: readonly Answer[];
  readonly notes: readonly SentenceId[];
  readonly next: readonly NextStep[];
}

/** More characters than any dialog has. */
export const longestInput = 2000;
const mostMentions = 6;
const unknown: readonly SentenceId[] = ['explain.unknown', 'explain.unknown-advice'];

/** What a number, a name or words of a client mean: every number and every text that is found in what was typed. */
export function explain(typed: string): Explanation {
  const input = typed.slice(0, longestInput).trim();
  const mentions = withoutZeros(mentionsIn(input));
  const told = mentions.slice(0, mostMentions).map((mention) => answerTo(mention, mentions));
  const answers = withoutRepeats([...withoutUnknownNames(told), ...textAnswers(input, told)]);
  const notes: SentenceId[] = [
    ...(typed.length > longestInput ? (['explain.note.shortened'] as const) : []),
    ...(mentions.length > mostMentions ? (['explain.note.too-many'] as const) : []),
  ];
  const known = answers.some(({ readings }) => readings.length > 0);
  return { known, answers, notes, next: known ? nextSteps(answers) : ['endpoint', 'disk'] };
}

/** "Error code: 0x0" beside another number says nothing. */
function withoutZeros(mentions: readonly Mention[]): Mention[] {
  const telling = mentions.filter(({ kind, readings }) => kind === 'name' || readings[0]?.value !== 0);
  return telling.length > 0 ? telling : mentions.slice(0, 1);
}

function answerTo(mention: Mention, all: readonly Mention[]): Answer {
  const { kind, written } = mention;
  if (kind === 'name') {
    const readings = entriesNamed(written).map((entry) => ({ ...entry, base: null }));
    return { kind, written, readings, notes: readings.length > 0 ? [] : unknown };
  }
  const readings = fitting(readingsOf(mention), mention, all);
  return { kind, written, readings, notes: numberNotes(mention, readings) };
}

/** What the tables have; where they have nothing, what the shape tells. */
function readingsOf({ readings, hinted }: Mention): Reading[] {
  const listed = readings.flatMap(({ value, base }) =>
    entriesAt(value)
      .filter(({ family }) => base === 'decimal' || !decimalFamilies.includes(family))
      .map((entry) => ({ ...entry, base })),
  );
  const [named] = hinted;
  if (named !== undefined && decimalFamilies.includes(named)) return ofEventLog(named, listed, readings);
  const unwrapped = readings.flatMap(({ value, base }) => decode(value).map((entry) => ({ ...entry, base })));
  const known = [...listed, ...unwrapped.filter((entry) => entry.listed && listed.length === 0)];
  return byLikelihood(known.length > 0 ? known : unwrapped, hinted);
}

/** A number that is called an event is no other number, and neither is an internal state of Schannel. */
function ofEventLog(named: Family, listed: readonly Reading[], read: readonly ReadNumber[]): Reading[] {
  const own = listed.filter(({ family }) => family === named);
  const [number] = read;
  if (own.length > 0 || named === 'event' || number === undefined) return own;
  const state = { family: named, code: number.value, symbol: '', phase: 'tls', listed: false } as const;
  return [{ ...state, meaning: 'explain.decoded.schannel-state', causes: [], notes: [], base: number.base }];
}

/** By the words before the number, then events last, then by how its digits are read first, then by family. */
function byLikelihood(readings: readonly Reading[], hinted: Mention['hinted']): Reading[] {
  const rank = ({ family }: Reading) => (hinted.includes(family) ? hinted.indexOf(family) : hinted.length);
  const late = ({ family }: Reading) => Number(decimalFamilies.includes(family));
  const bases = readings.map(({ base }) => base);
  return readings.toSorted(
    (one, other) =>
      rank(one) - rank(other) ||
      late(one) - late(other) ||
      bases.indexOf(one.base) - bases.indexOf(other.base) ||
      families.indexOf(one.family) - families.indexOf(other.family),
  );
}

/** mstsc's dialog gives two numbers, each with its name: then neither is anything else. */
function fitting(readings: Reading[], { hinted }: Mention, all: readonly Mention[]): Reading[] {
  const extended = (mention: { hinted: Mention['hinted'] }) => mention.hinted[0] === 'extended-reason';
  const dialog = all.some(extended);
  if (!dialog || hinted.length === 0) return readings;
  const own = readings.filter(({ family }) => hinted.includes(family));
  return own.length > 0 ? own : readings;
}

function numberNotes(mention: Mention, readings: readonly Reading[]): readonly SentenceId[] {
  if (readings.length === 0) return unknown;
  const meanings = new Set(readings.map(({ meaning }) => meaning));
  return [
    ...(mention.readings.length > 1 && !isNamedDecimal(mention) ? (['explain.note.ambiguous'] as const) : []),
    ...(meanings.size > 1 ? (['explain.note.shared'] as const) : []),
  ];
}

function isNamedDecimal({ hinted: [named] }: Mention): boolean {
  return named !== undefined && decimalFamilies.includes(named);
}

/** A log is full of names that are no error; one alone is what was asked. */
function withoutUnknownNames(answers: readonly Answer[]): readonly Answer[] {
  const telling = answers.filter(({ kind, readings }) => kind === 'number' || readings.length > 0);
  return telling.length > 0 ? telling : answers.slice(0, 1);
}

/** The words that say something beside the numbers, and beside each other. */
function textAnswers(input: string, told: readonly Answer[]): Answer[] {
  const texts = textsIn(input);
  const meanings = new Set(told.flatMap(({ readings: [first] }) => first?.meaning ?? []));
  const telling = texts.filter(({ general, entry }) => !general && !meanings.has(entry.meaning));
  const known = telling.length > 0 || told.some(({ readings }) => readings.length > 0);
  return (known ? telling : texts).map(textAnswer);
}

function textAnswer({ text, entry, exact }: ReturnType<typeof textsIn>[number]): Answer {
  return {
    kind: 'words',
    written: text.words,
    readings: [{ ...entry, base: null }],
    notes: exact ? [] : ['explain.note.similar'],
  };
}

/** Logs give a name and its number, and dialogs a number and its words: once is enough. */
function withoutRepeats(answers: readonly Answer[]): Answer[] {
  const seen = new Set<string>();
  return answers.filter(({ written, readings: [first] }) => {
    const key = first === undefined ? written : `${first.family} ${first.code} ${first.meaning}`;
    return !seen.has(key) && seen.add(key);
  });
}

const endpointPhases: readonly Phase[] = [
  'name',
  'tcp',
  'negotiation',
  'tls',
  'nla',
  'sign-in',
  'any',
  'unknown',
];

/** An endpoint shows what happens up to the sign-in; a disk shows what the likeliest reading's causes left there. */
function nextSteps(answers: readonly Answer[]): NextStep[] {
  const first = answers.flatMap(({ readings }) => readings.slice(0, 1));
  const witnesses = first.flatMap((reading) => reading.causes.map((cause: Cause) => causes[cause]));
  const endpoint = first.some(({ phase }) => endpointPhases.includes(phase));
  return [
    ...(endpoint || witnesses.some((witness) => witness === 'endpoint' || witness === 'both')
      ? (['endpoint'] as const)
      : []),
    ...(witnesses.some((witness) => witness === 'disk' || witness === 'both') ? (['disk'] as const) : []),
  ];
}
