import { defineCheck } from '../../model/check.ts';
import { endpointQuestion } from '../../model/question.ts';
import { text } from '../../text/index.ts';
import { fault, healthy, healthyIfSeen } from '../judgement.ts';
import { attemptEvidence } from './evidence.ts';
import { certificateFailures } from './requests.ts';

export const certificateNotOnServer = defineCheck({
  id: 'certificate-not-on-server',
  questions: { negotiation: endpointQuestion('endpoint-negotiation') },
  judge({ negotiation }) {
    if (negotiation.state !== 'known') return healthyIfSeen(negotiation);
    const failed = certificateFailures(negotiation.value);
    if (failed.length === 0) return healthy;
    return fault({
      certainty: 'proven',
      title: text('certificate-not-on-server.title'),
      explanation: text('certificate-not-on-server.explanation'),
      evidence: failed.map((attempt) =>
        attemptEvidence(negotiation.where, attempt, text('network.expected.protected')),
      ),
      remedy: { consent: 'manual', changes: [], summary: text('certificate-not-on-server.remedy') },
    });
  },
});
