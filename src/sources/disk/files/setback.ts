import type { TargetError } from './target-error.ts';

/** One attempt at a request failed in a way that the next may not. */
export class Setback extends Error {
  override readonly name = 'Setback';
  /** What it becomes when no attempt is left. */
  readonly failure: TargetError;
  /** How long the server asks to wait, in milliseconds. */
  readonly wait: number | undefined;

  constructor(failure: TargetError, wait?: number) {
    super(failure.message);
    this.failure = failure;
    this.wait = wait;
  }
}
