import { defineCheck } from '../../model/check.ts';
import { endpointQuestion } from '../../model/question.ts';
import { text } from '../../text/index.ts';
import { evidenceOf, healthy, healthyIfSeen, networkEvidence, risk } from '../judgement.ts';

export const certificateChanged = defineCheck({
  id: 'certificate-changed',
  questions: {
    chain: endpointQuestion('endpoint-certificate'),
    expected: endpointQuestion('endpoint-expected-certificate'),
  },
  judge({ chain, expected }) {
    // Nobody says which one it should be.
    if (expected.state === 'absent') return healthy;
    if (expected.state === 'unknown' || chain.state !== 'known') return healthyIfSeen(expected, chain);
    const [{ thumbprint, subject }] = chain.value.certificates;
    const { saidBy, thumbprint: wanted } = expected.value;
    if (thumbprint === wanted) return healthy;
    return risk({
      // A disk at rest may be older than what runs.
      certainty: saidBy === 'user' ? 'proven' : 'likely',
      title: text('certificate-changed.title'),
      explanation: text(`certificate-changed.explanation-${saidBy}`),
      evidence: [
        networkEvidence(
          chain.where,
          text('certificate-changed.saw', { thumbprint, subject }),
          text('certificate-changed.expected', { thumbprint: wanted }),
        ),
        ...(saidBy === 'disk'
          ? [evidenceOf(expected.where, wanted, text('certificate-changed.expected', { thumbprint }))]
          : []),
      ],
      remedy: { consent: 'manual', changes: [], summary: text('certificate-changed.remedy') },
    });
  },
});
