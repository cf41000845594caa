import type { Answer } from './answer.ts';
import type { Machine } from './machine.ts';
import type { Question, Vantage } from './question.ts';

/** Where answers come from: it looks at one machine. */
export interface Source {
  readonly kind: Vantage;
  readonly machine: Machine;
  /** Answers every question, in the same order; one that it cannot look at is `unknown`, never an exception. */
  answer(questions: readonly Question[]): Promise<readonly Answer<unknown>[]>;
}
