/** Words as they are compared: without case, accents, punctuation, and the kind of quotation mark. */
export function comparable(words: string): string[] {
  return words
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['\u2018\u2019\u02bc\u00b4`]/g, '')
    .replace(withoutApostrophe, '$1$2')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .slice(0, longestText);
}

/** "s est" and "can t", as they are typed without an apostrophe, are the same words as with one. */
const withoutApostrophe =
  /(?<![\p{L}\p{N}])(?:([cdjlmnst]|qu) (?=[aeiouyh])|(\p{L}{1,8}n) (?=t(?![\p{L}\p{N}])))/gu;

/** Words beyond these are not compared. */
const longestText = 400;

/** How a phrase lies in a text. */
export interface Likeness {
  /** How many words of the phrase were found, in their order. */
  readonly found: number;
  /** How much of the phrase that is, less a little for words in between: 1 is all of it without a gap. */
  readonly score: number;
  /** The first word of the text that belongs to it, and the one after the last. */
  readonly start: number;
  readonly end: number;
}

const gapCost = 0.2;

interface Cell {
  readonly points: number;
  readonly found: number;
  readonly start: number;
}

/** The best place for a phrase in a text: an alignment in which words may be missing, misspelt, or in between. */
export function likeness(phrase: readonly string[], text: readonly string[]): Likeness {
  let row: Cell[] = Array.from({ length: text.length + 1 }, (_, start) => ({ points: 0, found: 0, start }));
  for (const word of phrase) {
    const next: Cell[] = [row[0] as Cell];
    for (let at = 0; at < text.length; at++) {
      next.push(
        bestCell(row[at] as Cell, row[at + 1] as Cell, next[at] as Cell, alike(word, text[at] as string)),
      );
    }
    row = next;
  }
  const end = row.reduce((best, cell, at) => (cell.points > (row[best] as Cell).points ? at : best), 0);
  const { points, found, start } = row[end] as Cell;
  return { found, score: points / phrase.length, start, end };
}

/** From the word pair before, from the word of the phrase left out, or from the word of the text passed over. */
function bestCell(diagonal: Cell, above: Cell, left: Cell, same: boolean): Cell {
  const passed = left.found === 0 ? -1 : left.points - gapCost;
  if (same && diagonal.points + 1 >= Math.max(above.points, passed)) {
    return { points: diagonal.points + 1, found: diagonal.found + 1, start: diagonal.start };
  }
  return passed > above.points ? { ...left, points: passed } : above;
}

/** The same word, or a longer one with one letter wrong, missing or too many. */
export function alike(one: string, other: string): boolean {
  if (one === other) return true;
  if (one.length < 4 || other.length < 4 || Math.abs(one.length - other.length) > 1) return false;
  let from = 0;
  while (from < one.length && one[from] === other[from]) from++;
  const [longer, shorter] = one.length > other.length ? [one, other] : [other, one];
  const rest = longer.slice(from + 1);
  return rest === shorter.slice(from) || rest === shorter.slice(from + 1) || swapped(one, other, from);
}

function swapped(one: string, other: string, at: number): boolean {
  return one[at] === other[at + 1] && one[at + 1] === other[at] && one.slice(at + 2) === other.slice(at + 2);
}
