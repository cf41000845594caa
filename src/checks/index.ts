import type { Check } from '../model/check.ts';
import { certificateChecks } from './certificate/index.ts';
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
