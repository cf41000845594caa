import { setDword } from '../../model/change.ts';
import { defineCheck } from '../../model/check.ts';
import { registryValue } from '../../model/question.ts';
import { dword } from '../../model/registry.ts';
import { text } from '../../text/index.ts';
import { healthy, healthyIfSeen, risk, valueEvidence } from '../judgement.ts';
import { effectiveValue, terminalServicesPolicy } from '../policy/effective.ts';
import { nlaNotRequired } from '../symptoms/negotiation.ts';
import { listenerKey } from './keys.ts';

const name = 'UserAuthentication';

export const nlaOff = defineCheck({
  id: 'nla-off',
  questions: {
    base: registryValue(listenerKey, name),
    policy: registryValue(terminalServicesPolicy, name),
  },
  symptom: nlaNotRequired,
  judge({ base, policy }) {
    const { answer, byPolicy, certainty } = effectiveValue(policy, base);
    // A policy that turns it off is the article's test: negotiation-test-left-on speaks then.
    if (byPolicy) return healthy;
    if (answer.state !== 'known' || dword(answer.value) !== 0) return healthyIfSeen(base, policy);
    return risk({
      certainty,
      title: text('nla-off.title'),
      explanation: text('nla-off.explanation'),
      evidence: [valueEvidence(answer, text('expected.value', { value: '1' }))],
      remedy: { consent: 'ask', changes: [setDword(listenerKey, name, 1)], summary: text('nla-off.remedy') },
    });
  },
});
