import { defineCheck } from '../../model/check.ts';
import { endpointQuestion } from '../../model/question.ts';
import { type Text, text } from '../../text/index.ts';
import { fault, healthy, healthyIfSeen } from '../judgement.ts';
import { attemptEvidence } from './evidence.ts';
import { certaintyOfDrop } from './repeats.ts';
import { attemptWithoutRdp } from './requests.ts';

export const droppedBeforeNegotiation = defineCheck({
  id: 'dropped-before-negotiation',
  questions: {
    negotiation: endpointQuestion('endpoint-negotiation'),
    repeats: endpointQuestion('endpoint-repeats'),
  },
  judge({ negotiation, repeats }) {
    if (negotiation.state !== 'known') return healthyIfSeen(negotiation);
    const attempt = attemptWithoutRdp(negotiation.value);
    if (attempt?.negotiation.kind !== 'ended' || attempt.negotiation.ending === 'too-late') return healthy;
    const { ending, bytes } = attempt.negotiation;
    return fault({
      certainty: certaintyOfDrop(repeats),
      title: ending === 'reset' ? resetTitle : closedTitle,
      explanation:
        bytes.length === 0
          ? text('dropped-before-negotiation.explanation')
          : text('dropped-before-negotiation.began'),
      evidence: [attemptEvidence(negotiation.where, attempt, text('network.expected.confirm'))],
      remedy: { consent: 'manual', changes: [], summary: text('dropped-before-negotiation.remedy') },
    });
  },
});

const resetTitle: Text = text('dropped-before-negotiation.reset-title');
const closedTitle: Text = text('dropped-before-negotiation.closed-title');
