import { type Change, setDword } from '../../model/change.ts';
import { defineCheck } from '../../model/check.ts';
import { registryValue } from '../../model/question.ts';
import { dword } from '../../model/registry.ts';
import { text } from '../../text/index.ts';
import { fault, healthyIfSeen, valueEvidence } from '../judgement.ts';
import { effectiveValue, terminalServicesPolicy } from '../policy/effective.ts';
import { notListening } from '../symptoms/unreachable.ts';
import { terminalServerKey } from './keys.ts';

const name = 'fDenyTSConnections';

export const remoteConnectionsDenied = defineCheck({
  id: 'remote-connections-denied',
  questions: {
    base: registryValue(terminalServerKey, name),
    policy: registryValue(terminalServicesPolicy, name),
  },
  symptom: notListening,
  judge({ base, policy }) {
    const { answer, byPolicy, certainty } = effectiveValue(policy, base);
    const denied = answer.state === 'known' && dword(answer.value) !== 0 && dword(answer.value) !== undefined;
    if (!denied) return healthyIfSeen(policy, ...(byPolicy ? [] : [base]));
    const changes: Change[] = [setDword(terminalServerKey, name, 0)];
    if (byPolicy) changes.unshift(setDword(terminalServicesPolicy, name, 0));
    return fault({
      certainty,
      title: text('remote-connections-denied.title'),
      explanation: text(
        byPolicy ? 'remote-connections-denied.by-policy' : 'remote-connections-denied.explanation',
      ),
      evidence: [valueEvidence(answer, text('expected.value', { value: '0' }), { byPolicy })],
      remedy: { consent: 'none', changes, summary: text('remote-connections-denied.remedy') },
    });
  },
});
