import type { Evidence, Finding, Judgement } from './finding.ts';
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
  /** What the cause looks like from the network, where a network can tell. */
  readonly symptom?: Symptom;
  judge(answers: Answers<Q>, circumstances: Circumstances): Judgement;
}

/** How a cause on the machine shows on the network, for one that is looked at from both sides. */
export interface Symptom<Q extends Questions = Questions> {
  readonly questions: Q;
  /** The checks of the network that this cause explains when it is shown. */
  readonly explains: readonly string[];
  /** Whether the symptom says the same as the disk does, so that one without the other is a contradiction. */
  readonly sameFact: boolean;
  read(answers: Answers<Q>, now: Date): SymptomReading;
}

/** The network shows it, shows that it is not so, or does not tell. */
export type SymptomReading =
  | { readonly state: 'shown' | 'refuted'; readonly evidence: readonly Evidence[] }
  | { readonly state: 'untold' };

/** Gives a symptom's answers the types of its questions. */
export function defineSymptom<const Q extends Questions>(symptom: Symptom<Q>): Symptom {
  return symptom as unknown as Symptom;
}

/** Gives a check's answers the types of its questions. */
export function defineCheck<const Q extends Questions>(check: Check<Q>): Check {
  return check as unknown as Check;
}
