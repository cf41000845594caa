import { styleText } from 'node:util';
import { printableReport } from '../report/printable.ts';
import { wrap } from '../report/wrap.ts';
import { sayPlain } from '../text/plain.ts';
import type { ReportedAnswer, ReportedExplanation, ReportedReading } from './schema.ts';

export interface PageOptions {
  /** In columns; sentences are wrapped to it, commands never are. */
  readonly width: number;
  readonly colour: boolean;
}

type Paint = (style: Parameters<typeof styleText>[0], words: string) => string;

/** An explanation as a page for people: what it means, what causes it, what else it could be, what to run next. */
export function explanationPage(raw: ReportedExplanation, { width, colour }: PageOptions): string {
  const { answers, notes, next } = printableReport(raw);
  const paint: Paint = (style, words) =>
    colour ? styleText(style, words, { validateStream: false }) : words;
  const sections = [
    ...answers.map((answer) => answerSection(answer, width, paint)),
    ...notes.map((note) => wrap(note, width).join('\n')),
    ...(next.length === 0 ? [] : [[paint('bold', sayPlain('explain.next')), ...indent(next)].join('\n')]),
  ];
  return `${sections.join('\n\n')}\n`;
}

function answerSection(answer: ReportedAnswer, width: number, paint: Paint): string {
  const [first, ...others] = answer.readings;
  if (first === undefined)
    return [paint('bold', answer.written), ...sentences(answer.notes, width)].join('\n');
  return [
    ...heading(answer, first, width, paint),
    '',
    ...indent(wrap(first.meaning, width - 2)),
    '',
    ...indent(wrap(`${sayPlain('explain.phase')}: ${first.phaseTitle}`, width - 2)),
    ...causeLines(first, width, paint),
    ...noteLines([...first.notes, ...answer.notes], width, paint),
    ...otherLines(others, first, width, paint),
  ].join('\n');
}

function heading(
  { kind, written }: ReportedAnswer,
  first: ReportedReading,
  width: number,
  paint: Paint,
): string[] {
  const lines =
    kind === 'words' ? wrap(`${sayPlain('explain.matched-text')}: "${written}"`, width) : [titleOf(first)];
  return [
    ...lines.map((line) => paint('bold', line)),
    ...(kind === 'words' && first.value !== null ? [titleOf(first)] : []),
    ...(first.family === 'client-text' ? [] : wrap(first.shownBy, width).map((line) => paint('dim', line))),
  ];
}

/** `0x904 = 2308, disconnectReason...`: the number both ways, for whoever looks on with the other. */
function titleOf({ value, hexadecimal, source, symbol }: ReportedReading): string {
  const decimal =
    value === null ? [] : [value < 10 || hexadecimal === null ? `${value}` : `${hexadecimal} = ${value}`];
  const number = source === undefined ? decimal : [`${source} ${value}`];
  return [...number, ...(symbol === null ? [] : [symbol])].join(', ');
}

/** Ids in a column and what they are beside it; one below the other where there is no room for that. */
function causeLines({ causes }: ReportedReading, width: number, paint: Paint): string[] {
  if (causes.length === 0) return [];
  const column = Math.max(...causes.map(({ check }) => check.length)) + 2;
  const room = width - column - 4;
  const lines = causes.flatMap((cause) => {
    const { check } = cause;
    const title = withWitness(cause);
    if (room < narrowestTitle) return [check, ...indent(wrap(title, width - 6))];
    const [first = '', ...rest] = wrap(title, room);
    return [check.padEnd(column) + first, ...rest.map((line) => ' '.repeat(column) + line)];
  });
  return ['', `  ${paint('underline', sayPlain('explain.causes'))}`, ...indent(indent(lines))];
}

/** What rdpmend does not look for is not promised. */
function withWitness({ title, seenBy }: ReportedReading['causes'][number]): string {
  return seenBy === 'neither' ? `${title} ${sayPlain('explain.not-looked-for')}` : title;
}

const narrowestTitle = 24;

function noteLines(notes: readonly string[], width: number, paint: Paint): string[] {
  if (notes.length === 0) return [];
  return ['', `  ${paint('underline', sayPlain('explain.notes'))}`, ...indent(sentences(notes, width - 2))];
}

/** The less likely readings, short: those that mean the same are told by their names alone. */
function otherLines(
  others: readonly ReportedReading[],
  first: ReportedReading,
  width: number,
  paint: Paint,
): string[] {
  if (others.length === 0) return [];
  const lines = others.flatMap((other) => [
    ...wrap([other.shownBy, titleOf(other)].filter((part) => part !== '').join(': '), width - 4),
    ...(other.meaning === first.meaning ? [] : indent(wrap(other.meaning, width - 6))),
  ]);
  return ['', `  ${paint('underline', sayPlain('explain.other-readings'))}`, ...indent(indent(lines))];
}

function sentences(words: readonly string[], width: number): string[] {
  return indent(words.flatMap((sentence) => wrap(sentence, width - 2)));
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => (line === '' ? line : `  ${line}`));
}
