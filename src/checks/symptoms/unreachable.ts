import type { AddressReach } from '../../model/endpoint.ts';
import { endpointQuestion } from '../../model/question.ts';
import { text } from '../../text/index.ts';
import { attemptEvidence, reachEvidence } from '../network/evidence.ts';
import { type CaseSymptom, defineCaseSymptom } from './symptom.ts';

/**
 * Clients cannot connect because nothing listens. Windows' firewall drops what is sent to such a port, so that silence
 * and a refusal say the same.
 */
export const notListening: CaseSymptom = noConnection(['refused', 'timed-out']);

/** Clients cannot connect because Windows' firewall drops what they send. It refuses nothing: whatever does is another. */
const droppedSilently = noConnection(['timed-out']);
export const droppedByFirewall: CaseSymptom = { ...droppedSilently, ofRisk: droppedSilently };

/** What is on a port that was moved looks like either, and so does a firewall that does not know the port in all profiles. */
export const elsewhere: CaseSymptom = { ...notListening, ofRisk: notListening };

/** A router that calls the machine unreachable speaks of a machine that is off or away, not of one that turns clients down. */
function noConnection(outcomes: readonly AddressReach['tcp'][]): CaseSymptom {
  return defineCaseSymptom({
    questions: {
      reachability: endpointQuestion('endpoint-reachability'),
      negotiation: endpointQuestion('endpoint-negotiation'),
    },
    explains: ['port-closed', 'port-unreachable'],
    sameFact: false,
    weak: true,
    read({ reachability, negotiation }) {
      if (reachability.state !== 'known') return { state: 'untold' };
      const { addresses, port } = reachability.value;
      const tried = addresses.filter(({ tcp }) => tcp !== 'not-tried');
      if (tried.length > 0 && tried.every(({ tcp }) => outcomes.includes(tcp))) {
        return { state: 'shown', evidence: tried.map((address) => reachEvidence(address, port)) };
      }
      const answered = negotiation.state === 'known' ? negotiation.value.attempts.find(isRdp) : undefined;
      if (negotiation.state !== 'known' || !answered) return { state: 'untold' };
      const expected = text('symptom.expected-no-answer');
      return { state: 'refuted', evidence: [attemptEvidence(negotiation.where, answered, expected)] };
    },
  });
}

function isRdp({ negotiation: { kind } }: { negotiation: { kind: string } }): boolean {
  return kind === 'selected' || kind === 'failed' || kind === 'no-data';
}
