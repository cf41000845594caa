import type { sayPlain } from '../text/plain.ts';
import type { Cause } from './causes.ts';

/** A sentence without parameters. */
export type SentenceId = Parameters<typeof sayPlain>[0];

/** Whose number it is. The likelier ones come first where a number says nothing of that itself. */
export const families = [
  'disconnect-reason',
  'freerdp-error',
  'ntstatus',
  'hresult',
  'extended-reason',
  'error-info',
  'win32',
  'negotiation-failure',
  'fatal-error',
  'freerdp-exit',
  'tls-alert',
  'event',
  'schannel-state',
  'client-text',
] as const;

export type Family = (typeof families)[number];

/** Those whose numbers are only ever written in decimal. */
export const decimalFamilies: readonly Family[] = ['event', 'schannel-state'];

/** Where in a connection it happens. */
export const phases = [
  'name',
  'tcp',
  'negotiation',
  'tls',
  'nla',
  'licensing',
  'sign-in',
  'session',
  'client',
  'gateway',
  'broker',
  'any',
  'unknown',
] as const;

export type Phase = (typeof phases)[number];

/** What is known of one number: its value, its published name, what it means, where it happens, and what causes it. */
export type Row = readonly [
  code: number,
  symbol: string,
  meaning: SentenceId,
  phase: Phase,
  causes?: readonly Cause[],
  ...notes: SentenceId[],
];

/** What is known of a number or text. */
export interface Entry {
  readonly family: Family;
  /** Unsigned; null for words alone. */
  readonly code: number | null;
  /** For an event: who writes it. */
  readonly source?: string;
  /** The published name; '' where there is none. */
  readonly symbol: string;
  readonly meaning: SentenceId;
  readonly phase: Phase;
  readonly causes: readonly Cause[];
  readonly notes: readonly SentenceId[];
  /** False where only the shape of the number tells something. */
  readonly listed: boolean;
}

/** One table of numbers, with whose they are. */
export interface CodeTable {
  readonly family: Family;
  /** For events: who writes them. */
  readonly source?: string;
  readonly rows: readonly Row[];
}

export function entryOf(
  { family, source }: CodeTable,
  [code, symbol, meaning, phase, causes = [], ...notes]: Row,
): Entry {
  const entry: Entry = { family, code, symbol, meaning, phase, causes, notes, listed: true };
  return source === undefined ? entry : { ...entry, source };
}
