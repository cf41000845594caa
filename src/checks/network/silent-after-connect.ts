import { defineCheck } from '../../model/check.ts';
import { endpointQuestion } from '../../model/question.ts';
import { type Text, text } from '../../text/index.ts';
import { fault, healthy, healthyIfSeen } from '../judgement.ts';
import { attemptEvidence } from './evidence.ts';
import { certaintyOfSilence } from './repeats.ts';
import { attemptWithoutRdp } from './requests.ts';

export const silentAfterConnect = defineCheck({
  id: 'silent-after-connect',
  questions: {
    negotiation: endpointQuestion('endpoint-negotiation'),
    repeats: endpointQuestion('endpoint-repeats'),
  },
  judge({ negotiation, repeats }) {
    if (negotiation.state !== 'known') return healthyIfSeen(negotiation);
    const attempt = attemptWithoutRdp(negotiation.value);
    if (attempt?.negotiation.kind !== 'ended' || attempt.negotiation.ending !== 'too-late') return healthy;
    return fault({
      certainty: certaintyOfSilence(repeats),
      ...wordsFor(attempt.negotiation.bytes),
      evidence: [attemptEvidence(negotiation.where, attempt, text('network.expected.confirm'))],
      remedy: { consent: 'manual', changes: [], summary: text('silent-after-connect.remedy') },
    });
  },
});

function wordsFor(bytes: Uint8Array): { title: Text; explanation: Text } {
  const began = bytes.length > 0;
  return {
    title: began ? text('silent-after-connect.began-title') : text('silent-after-connect.title'),
    explanation: began ? text('silent-after-connect.began') : text('silent-after-connect.explanation'),
  };
}
