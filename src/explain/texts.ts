import { type ClientText, clientTexts } from './client-texts.ts';
import { entriesAt } from './codes/index.ts';
import type { Entry } from './entry.ts';
import { ordinaryWords } from './ordinary-words.ts';
import { alike, comparable, type Likeness, likeness } from './words.ts';

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
  /** How much of what tells these words from others is there: 1 is all of it. */
  readonly telling: number;
  /** Whether a word of something else stands among them. */
  readonly mixed: boolean;
  readonly exact: boolean;
}

const enough = 0.75;
/** Of so few words none may be another, and none come in between: an internal server error is no internal error. */
const short = 5;
const fewest = 2;
/** Up to so many words, those that tell a text from others must all be there. */
const fairlyShort = 7;

/**
 * The client's words in a text, the most of them first. Of those that lie over each other, the one with the most words
 * counts. Where nothing is found whole, a piece of a client's words will do, if the piece is nearly all that was typed.
 */
export function textsIn(typed: string): FoundText[] {
  const words = comparable(typed);
  if (words.length < fewest) return [];
  const candidates = phrases().map((phrase) => candidate(phrase, words));
  const whole = candidates.filter(isWhole);
  const chosen = whole.length > 0 ? apart(whole) : pieces(candidates, words);
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
  /** Those of them that tell it from others. */
  readonly own: readonly string[];
}

let known: readonly Phrase[] | undefined;

/** The client's words as they are compared, made when they are first wanted. */
function phrases(): readonly Phrase[] {
  known ??= clientTexts.map((text) => {
    const words = comparable(text.words);
    return { text, words, own: words.filter(tells) };
  });
  return known;
}

function candidate(phrase: Phrase, typed: readonly string[]): Candidate {
  const like = likeness(phrase.words, typed);
  const there = typed.slice(like.start, like.end);
  const own = phrase.own.filter((word) => there.some((other) => alike(word, other)));
  const telling = phrase.own.length === 0 ? 1 : own.length / phrase.own.length;
  const exact = ` ${typed.join(' ')} `.includes(` ${phrase.words.join(' ')} `);
  const mixed = there.some((word) => tells(word) && !phrase.words.some((other) => alike(word, other)));
  return { text: phrase.text, length: phrase.words.length, exact, telling, mixed, ...like };
}

function isWhole({ score, found, length, telling, mixed }: Candidate): boolean {
  if (found < fewest || score < enough) return false;
  if (length <= short) return found === length && !mixed;
  return length > fairlyShort || telling === 1;
}

/** The more words, the better; those that tell it from others count most. */
function worth({ found, score, telling }: Candidate): number {
  return found * score * telling;
}

/** The best first, without those that share words of the text with a better one. */
function apart(candidates: readonly Candidate[]): Candidate[] {
  const best = candidates.toSorted(
    (one, other) => worth(other) - worth(one) || Number(other.exact) - Number(one.exact),
  );
  const chosen: Candidate[] = [];
  for (const candidate of best) {
    if (!chosen.some(({ start, end }) => candidate.start < end && start < candidate.end))
      chosen.push(candidate);
  }
  return chosen;
}

/** Part of a client's words, if it has what tells them from others, and nothing of its own that tells of something else. */
function pieces(candidates: readonly Candidate[], typed: readonly string[]): Candidate[] {
  const most = candidates
    .filter(
      ({ found, score, telling }) =>
        found >= fewest && found / typed.length >= 0.85 && score >= 0.4 && telling > 0,
    )
    .filter(({ text }) => typed.every((word) => !tells(word) || isIn(word, text)))
    .toSorted((one, other) => other.score - one.score);
  return most.filter(({ score }) => score === most[0]?.score).slice(0, 3);
}

function tells(word: string): boolean {
  return !ordinaryWords.has(word);
}

function isIn(word: string, { words }: ClientText): boolean {
  return comparable(words).some((other) => alike(word, other));
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
