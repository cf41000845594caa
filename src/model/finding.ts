import type { Text } from '../text/index.ts';
import type { Change, Consent } from './change.ts';
import type { Vantage } from './question.ts';

/** `fault`: RDP is prevented, or certain clients are. `risk`: it works but is about to break, or is exposed. */
export type Verdict = 'fault' | 'risk' | 'healthy' | 'unknown';

export type Certainty = 'proven' | 'likely' | 'possible';

/** One thing that was seen, where, and what a healthy machine has there. */
export interface Evidence {
  readonly source: Vantage;
  /** As a person would look it up; never translated. */
  readonly where: string;
  /** As it was read; a text only where there was nothing to read. */
  readonly saw: string | Text;
  readonly expected: Text;
  /** It was set by policy, which Windows lets win over the base value. */
  readonly byPolicy: boolean;
}

/** The changes that mend one finding. */
export interface Remedy {
  readonly consent: Consent;
  /** In the order in which they are carried out; none for what is done by hand. */
  readonly changes: readonly Change[];
  /** What is done, or is to be done by hand, in words. */
  readonly summary: Text;
}

/** Something a check needed and could not look at. */
export interface Blindness {
  readonly where: string;
  readonly why: string;
}

/** What follows from everything being well. */
export interface Conclusion {
  readonly certainty: Certainty;
  readonly title: Text;
  readonly explanation: Text;
  readonly evidence: readonly Evidence[];
  /** What to look at next. */
  readonly next: Text;
}

/** What a check says of a machine. */
export type Judgement =
  /** Health is told by its absence, unless it is worth a sentence: where else to look. */
  | { readonly verdict: 'healthy'; readonly conclusion?: Conclusion }
  | { readonly verdict: 'unknown'; readonly unseen: readonly Blindness[] }
  | {
      readonly verdict: 'fault' | 'risk';
      readonly certainty: Certainty;
      readonly title: Text;
      readonly explanation: Text;
      readonly evidence: readonly Evidence[];
      readonly remedy: Remedy;
      /** Checks whose findings on the machine's disk explain this one. */
      readonly explainedBy?: readonly string[];
    };

/** A judgement with the check that made it. */
export type Finding = Judgement & { readonly check: string };

/** A finding that says something is wrong. */
export type Trouble = Extract<Finding, { readonly verdict: 'fault' | 'risk' }>;

export function isTrouble(finding: Finding): finding is Trouble {
  return finding.verdict === 'fault' || finding.verdict === 'risk';
}
