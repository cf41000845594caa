import { defineSymptom } from '../../model/check.ts';
import { endpointQuestion } from '../../model/question.ts';
import { text } from '../../text/index.ts';
import { attemptEvidence, reachEvidence } from '../network/evidence.ts';

/**
 * Clients cannot connect: what a listener that is off and a firewall that lets nobody in come to. Windows' firewall drops
 * what is sent to a port that nothing listens on, so that silence and a refusal say the same.
 */
export const unreachable = defineSymptom({
  questions: {
    reachability: endpointQuestion('endpoint-reachability'),
    negotiation: endpointQuestion('endpoint-negotiation'),
  },
  explains: ['port-closed', 'port-unreachable'],
  sameFact: false,
  read({ reachability, negotiation }) {
    if (reachability.state !== 'known') return { state: 'untold' };
    const { addresses, port } = reachability.value;
    if (addresses.every(({ tcp }) => tcp !== 'open')) {
      return { state: 'shown', evidence: addresses.map((address) => reachEvidence(address, port)) };
    }
    const answered = negotiation.state === 'known' ? negotiation.value.attempts.find(isRdp) : undefined;
    if (negotiation.state !== 'known' || !answered) return { state: 'untold' };
    const expected = text('symptom.expected-no-answer');
    return { state: 'refuted', evidence: [attemptEvidence(negotiation.where, answered, expected)] };
  },
});

function isRdp({ negotiation: { kind } }: { negotiation: { kind: string } }): boolean {
  return kind === 'selected' || kind === 'failed' || kind === 'no-data';
}
