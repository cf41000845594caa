import type { Check } from '../model/check.ts';
import type { Vantage } from '../model/question.ts';
import { certificateChecks } from './certificate/index.ts';
import { isFor } from './diagnose.ts';
import { listenerChecks } from './listener/index.ts';
import { networkChecks } from './network/index.ts';
import { policyChecks } from './policy/index.ts';
import { tlsChecks } from './tls/index.ts';

/** Every check, in the order in which they are asked and reported; those of policy speak of what the others found. */
export const checks: readonly Check[] = [
  ...listenerChecks,
  ...tlsChecks,
  ...certificateChecks,
  ...policyChecks,
  ...networkChecks,
];

/** The names of the checks that are made from one vantage or several, each once. */
export function checkedFrom(...vantages: readonly Vantage[]): string[] {
  const asked = checks.filter((check) => vantages.some((vantage) => isFor(check, vantage)));
  return [...new Set(asked.map(({ id }) => id))];
}
