import { defineCheck } from '../../model/check.ts';
import { endpointQuestion } from '../../model/question.ts';
import { type Text, text } from '../../text/index.ts';
import type { Service } from '../../wire/rdp/index.ts';
import { fault, healthy, healthyIfSeen } from '../judgement.ts';
import { attemptEvidence } from './evidence.ts';
import { attemptWithoutRdp } from './requests.ts';

export const wrongService = defineCheck({
  id: 'wrong-service',
  questions: { negotiation: endpointQuestion('endpoint-negotiation') },
  judge({ negotiation }) {
    if (negotiation.state !== 'known') return healthyIfSeen(negotiation);
    const attempt = attemptWithoutRdp(negotiation.value);
    if (attempt?.negotiation.kind !== 'not-rdp') return healthy;
    return fault({
      certainty: 'proven',
      ...wordsFor(attempt.negotiation.service),
      evidence: [attemptEvidence(negotiation.where, attempt, text('network.expected.confirm'))],
      remedy: { consent: 'manual', changes: [], summary: text('wrong-service.remedy') },
    });
  },
});

function wordsFor(service: Service | undefined): { title: Text; explanation: Text } {
  if (service === undefined) {
    return { title: text('wrong-service.title'), explanation: text('wrong-service.explanation') };
  }
  return {
    title: text('wrong-service.named-title', { service }),
    explanation: explanations[service] ?? text('wrong-service.named', { service }),
  };
}

/** Those of which there is more to say than their name. */
const explanations: Partial<Record<Service, Text>> = {
  HTTP: text('wrong-service.http'),
  SSH: text('wrong-service.ssh'),
  TLS: text('wrong-service.tls'),
};
