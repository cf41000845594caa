import type { Check } from '../../model/check.ts';
import { groupPolicyReapplies } from './group-policy-reapplies.ts';
import { groupPolicyServiceDisabled } from './group-policy-service-disabled.ts';
import { negotiationTestLeftOn } from './negotiation-test-left-on.ts';

/** What policy, and what others' attempts at a repair, left behind. The last one speaks of all the findings before it. */
export const policyChecks: readonly Check[] = [
  negotiationTestLeftOn,
  groupPolicyServiceDisabled,
  groupPolicyReapplies,
];
