import { type ClientText, clientTexts } from './client-texts.ts';
import { entriesAt } from './codes/index.ts';
import type { Entry } from './entry.ts';
import { comparable, type Likeness, likeness } from './words.ts';

/** Words of a client that were found in what was typed. */
export interface FoundText {
  readonly text: ClientText;
  readonly entry: Entry;
  /** Whether they stand there word for word, but for case, accents and punctuation. */
  readonly exact: boolean;
  /** Whether anything else that is known says more. */
  readonly general: boolean;
}

interface Candidate extends Likeness {
  readonly text: ClientText;
  /** Of the client's words, in words. */
  readonly length: number;
  readonly exact: boolean;
}

const enough = 0.75;
/** Of so few words none may be another: "an authentication error has occurred" is not an internal one. */
const short = 5;
const fewest = 2;

/**
 * The client's words in a text, the most of them first. Of those that lie over each other, the one with the most words
 * counts. Where nothing is found whole, a piece of a client's words will do, if the piece is nearly all that was typed.
 */
export function textsIn(typed: string): FoundText[] {
  const words = comparable(typed);
  if (words.length < fewest) return [];
  const candidates = phrases().map((phrase) => candidate(phrase, words));
  const whole = candidates.filter(isWhole);
  const chosen = whole.length > 0 ? apart(whole) : pieces(candidates, words.length);
  return distinct(chosen).map(({ text, exact }) => ({
    text,
    entry: entryFor(text),
    exact,
    general: text.general,
  }));
}

interface Phrase {
  readonly text: ClientText;
  readonly words: readonly string[];
}

let known: readonly Phrase[] | undefined;

/** The client's words as they are compared, made when they are first wanted. */
function phrases(): readonly Phrase[] {
  known ??= clientTexts.map((text) => ({ text, words: comparable(text.words) }));
  return known;
}

function candidate(phrase: Phrase, typed: readonly string[]): Candidate {
  const exact = ` ${typed.join(' ')} `.includes(` ${phrase.words.join(' ')} `);
  return { text: phrase.text, length: phrase.words.length, exact, ...likeness(phrase.words, typed) };
}

function isWhole({ score, found, length }: Candidate): boolean {
  return found >= fewest && (length <= short ? found === length && score >= enough : score >= enough);
}

/** The best first, without those that share words of the text with a better one. */
function apart(candidates: readonly Candidate[]): Candidate[] {
  const best = candidates.toSorted(
    (one, other) =>
      other.found * other.score - one.found * one.score || Number(other.exact) - Number(one.exact),
  );
  const chosen: Candidate[] = [];
  for (const candidate of best) {
    if (!chosen.some(({ start, end }) => candidate.start < end && start < candidate.end))
      chosen.push(candidate);
  }
  return chosen;
}

function pieces(candidates: readonly Candidate[], typed: number): Candidate[] {
  const most = candidates
    .filter(({ found, score }) => found >= fewest && found / typed >= 0.85 && score >= 0.4)
    .toSorted((one, other) => other.score - one.score);
  return most.filter(({ score }) => score === most[0]?.score).slice(0, 3);
}

/** One for each meaning. */
function distinct(candidates: readonly Candidate[]): Candidate[] {
  const entries = candidates.map(({ text }) => entryFor(text));
  return candidates.filter((_, at) => {
    const { meaning } = entries[at] as Entry;
    return entries.findIndex((entry) => entry.meaning === meaning) === at;
  });
}

/** What the words mean: what the table has for their number, or what is known of the words alone. */
export function entryFor({ meant, words }: ClientText): Entry {
  if ('meaning' in meant) return meant;
  const [family, code] = meant;
  const entry = entriesAt(code).find((candidate) => candidate.family === family);
  if (entry === undefined) throw new RangeError(`no entry for the words: ${words}`);
  return entry;
}
