import { sayPlain } from '../text/plain.ts';
import { causes } from './causes.ts';
import { decimalFamilies } from './entry.ts';
import { type Answer, type Explanation, longestInput, type NextStep, type Reading } from './explain.ts';
import type { ReportedAnswer, ReportedExplanation, ReportedReading } from './schema.ts';

const commands: Readonly<Record<NextStep, string>> = {
  endpoint: 'rdpmend diagnose <host>',
  disk: 'rdpmend diagnose <os-disk>',
};

/** An explanation in words: the one object that `--json` prints and the page is made of. */
export function reportExplanation(
  version: string,
  input: string,
  { known, answers, notes, next }: Explanation,
): ReportedExplanation {
  return {
    schemaVersion: 1,
    tool: { name: 'rdpmend', version },
    input: input.slice(0, longestInput),
    known,
    answers: answers.map(reportAnswer),
    notes: [
      ...(answers.length === 0
        ? ([sayPlain('explain.unknown'), sayPlain('explain.unknown-advice')] as const)
        : []),
      ...notes.map(sayPlain),
    ],
    next: next.map((step) => commands[step]),
  };
}

function reportAnswer({ kind, written, readings, notes }: Answer): ReportedAnswer {
  return { kind, written, readings: readings.map(reportReading), notes: notes.map(sayPlain) };
}

function reportReading(reading: Reading): ReportedReading {
  const { family, code, symbol, meaning, phase, notes, listed, base } = reading;
  return {
    family,
    ...(reading.source === undefined ? {} : { source: reading.source }),
    shownBy: sayPlain(`explain.family.${family}`),
    value: code,
    hexadecimal: code === null || decimalFamilies.includes(family) ? null : hexadecimal(code),
    readAs: base,
    symbol: symbol === '' ? null : symbol,
    meaning: sayPlain(meaning),
    phase,
    phaseTitle: sayPlain(`explain.phase.${phase}`),
    causes: reading.causes.map((check) => ({
      check,
      title: sayPlain(`explain.cause.${check}`),
      seenBy: causes[check],
    })),
    notes: notes.map(sayPlain),
    listed,
  };
}

/** As clients and headers write it: 0x904, 0xC000006D. */
function hexadecimal(code: number): string {
  return `0x${code.toString(16).toUpperCase()}`;
}
