import type { Finding, Judgement } from './finding.ts';
import type { Machine } from './machine.ts';
import type { Answers, Questions } from './question.ts';

/** What a check may lean on besides its answers. */
export interface Circumstances {
  readonly machine: Machine;
  /** By the clock of whoever looks. */
  readonly now: Date;
  /** What the checks before this one found. */
  readonly findings: readonly Finding[];
}

/** One cause of the error. */
export interface Check<Q extends Questions = Questions> {
  /** Its name in the catalogue, of its file, in reports, and of its page under `docs/checks/`. */
  readonly id: string;
  readonly questions: Q;
  judge(answers: Answers<Q>, circumstances: Circumstances): Judgement;
}

/** Gives a check's answers the types of its questions. */
export function defineCheck<const Q extends Questions>(check: Check<Q>): Check {
  return check as unknown as Check;
}
