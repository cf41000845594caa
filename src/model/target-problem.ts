import { say, type Text } from '../text/index.ts';

/** Why a target cannot be examined, and what to do about it. The program ends with exit code 3. */
export class TargetProblem extends Error {
  override readonly name = 'TargetProblem';
  readonly text: Text;

  constructor(text: Text, options?: ErrorOptions) {
    super(say(text), options);
    this.text = text;
  }
}
