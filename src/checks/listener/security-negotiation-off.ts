import { setDword } from '../../model/change.ts';
import { defineCheck } from '../../model/check.ts';
import { registryValue } from '../../model/question.ts';
import { dword } from '../../model/registry.ts';
import { text } from '../../text/index.ts';
import { fault, healthyIfSeen, valueEvidence } from '../judgement.ts';
import { nothingNegotiated } from '../symptoms/negotiation.ts';
import { listenerKey } from './keys.ts';

const name = 'fAllowSecProtocolNegotiation';

export const securityNegotiationOff = defineCheck({
  id: 'security-negotiation-off',
  questions: { negotiation: registryValue(listenerKey, name) },
  symptom: nothingNegotiated,
  judge({ negotiation }) {
    if (negotiation.state !== 'known' || dword(negotiation.value) !== 0) return healthyIfSeen(negotiation);
    return fault({
      certainty: 'proven',
      title: text('security-negotiation-off.title'),
      explanation: text('security-negotiation-off.explanation'),
      evidence: [valueEvidence(negotiation, text('expected.absent-or', { value: '1' }))],
      remedy: {
        consent: 'none',
        changes: [setDword(listenerKey, name, 1)],
        summary: text('security-negotiation-off.remedy'),
      },
    });
  },
});
