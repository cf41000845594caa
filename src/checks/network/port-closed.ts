import { defineCheck } from '../../model/check.ts';
import { endpointQuestion } from '../../model/question.ts';
import { text } from '../../text/index.ts';
import { fault, healthy, healthyIfSeen } from '../judgement.ts';
import { reachEvidence } from './evidence.ts';

export const portClosed = defineCheck({
  id: 'port-closed',
  questions: { reachability: endpointQuestion('endpoint-reachability') },
  judge({ reachability }) {
    if (reachability.state !== 'known') return healthyIfSeen(reachability);
    const { addresses, port } = reachability.value;
    if (addresses.some(({ tcp }) => tcp === 'open')) return healthy;
    if (!addresses.some(({ tcp }) => tcp === 'refused')) return healthy;
    return fault({
      certainty: 'proven',
      title: text('port-closed.title', { port }),
      explanation: text('port-closed.explanation'),
      evidence: addresses.map((reach) => reachEvidence(reach, port)),
      remedy: { consent: 'manual', changes: [], summary: text('port-closed.remedy') },
    });
  },
});
