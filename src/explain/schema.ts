import { z } from 'zod';
import { families, phases } from './entry.ts';

/**
 * The shape of `rdpmend explain --json`, version 1. `docs/explain.schema.json` is made from it. Adding an optional
 * member keeps the version; all else raises it.
 */

const cause = z.strictObject({
  check: z.string().describe('the id of a check; its page is docs/checks/<id>.md'),
  title: z.string(),
  seenBy: z
    .enum(['endpoint', 'disk', 'both', 'neither'])
    .describe('what "rdpmend diagnose" must be given to see it'),
});

const reading = z.strictObject({
  family: z.enum(families).describe('whose number it is'),
  source: z.string().optional().describe('for an event: who writes it'),
  shownBy: z.string().describe('the family in words'),
  value: z
    .number()
    .int()
    .min(0)
    .max(0xffffffff)
    .nullable()
    .describe('unsigned; null for words that have no number of their own'),
  hexadecimal: z.string().nullable(),
  readAs: z.enum(['decimal', 'hexadecimal']).nullable().describe('null for a name or words'),
  symbol: z.string().nullable().describe('the published name'),
  meaning: z.string(),
  phase: z.enum(phases),
  phaseTitle: z.string(),
  causes: z.array(cause),
  notes: z.array(z.string()),
  listed: z.boolean().describe('false: no table has it, and only its shape tells something'),
});

const answer = z.strictObject({
  kind: z.enum(['number', 'name', 'words']),
  written: z.string().describe('what was typed; for words, those of the client that they were taken for'),
  readings: z.array(reading).describe('the likeliest first; empty: unknown'),
  notes: z.array(z.string()),
});

export const explanationSchema = z.strictObject({
  schemaVersion: z.literal(1),
  tool: z.strictObject({ name: z.literal('rdpmend'), version: z.string() }),
  input: z.string().describe('at most the first 2000 characters'),
  known: z.boolean().describe('false: nothing in the input is known (exit code 3)'),
  answers: z.array(answer),
  notes: z.array(z.string()),
  next: z.array(z.string()).describe('commands to run next'),
});

export type ReportedExplanation = z.infer<typeof explanationSchema>;
export type ReportedAnswer = z.infer<typeof answer>;
export type ReportedReading = z.infer<typeof reading>;
