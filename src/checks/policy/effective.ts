import type { Answer } from '../../model/answer.ts';
import type { Certainty } from '../../model/finding.ts';
import type { RegistryValue } from '../../model/registry.ts';

/** Where Windows keeps the policies for Remote Desktop; a value there wins over the listener's own. */
export const terminalServicesPolicy = 'SOFTWARE\\Policies\\Microsoft\\Windows NT\\Terminal Services';

/** The one of a policy value and a base value that Windows goes by. */
export interface EffectiveValue {
  readonly answer: Answer<RegistryValue>;
  readonly byPolicy: boolean;
  /** What may be said of it: `likely` where the policy could not be read and may say otherwise. */
  readonly certainty: Certainty;
}

/** A policy value wins where it is there. */
export function effectiveValue(policy: Answer<RegistryValue>, base: Answer<RegistryValue>): EffectiveValue {
  if (policy.state === 'known') return { answer: policy, byPolicy: true, certainty: 'proven' };
  return { answer: base, byPolicy: false, certainty: policy.state === 'absent' ? 'proven' : 'likely' };
}
