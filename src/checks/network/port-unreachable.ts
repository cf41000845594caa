import { defineCheck } from '../../model/check.ts';
import type { AddressReach, Reachability } from '../../model/endpoint.ts';
import type { Judgement } from '../../model/finding.ts';
import { endpointQuestion } from '../../model/question.ts';
import { text } from '../../text/index.ts';
import { fault, healthy, healthyIfSeen, risk } from '../judgement.ts';
import { reachEvidence } from './evidence.ts';

export const portUnreachable = defineCheck({
  id: 'port-unreachable',
  questions: { reachability: endpointQuestion('endpoint-reachability') },
  judge({ reachability }) {
    if (reachability.state !== 'known') return healthyIfSeen(reachability);
    const { addresses } = reachability.value;
    const tried = addresses.filter(({ tcp }) => tcp !== 'not-tried');
    if (tried.length === 0) return notTried(reachability.where, addresses);
    const mute = tried.filter(isMute);
    if (mute.length === 0) return healthy;
    if (tried.some(({ tcp }) => tcp === 'open')) return someAddresses(reachability.value, mute);
    // With one that refused, it is port-closed that speaks.
    return mute.length === tried.length ? noAddress(reachability.value, tried) : healthy;
  },
});

function isMute({ tcp }: AddressReach): boolean {
  return tcp === 'timed-out' || tcp === 'unreachable';
}

/** No connection could leave from here: that says nothing of the endpoint. */
function notTried(where: string, addresses: readonly AddressReach[]): Judgement {
  const why = addresses.map(({ address, detail }) => `no connection to ${address} could be tried: ${detail}`);
  return { verdict: 'unknown', unseen: [{ where, why: why.join(', ') || 'the name leads to no address' }] };
}

function noAddress({ name, port }: Reachability, tried: readonly AddressReach[]): Judgement {
  return fault({
    certainty: 'likely',
    title: text('port-unreachable.title', { port }),
    explanation: text('port-unreachable.explanation', { name, port }),
    evidence: tried.map((reach) => reachEvidence(reach, port)),
    remedy: { consent: 'manual', changes: [], summary: text('port-unreachable.remedy', { port }) },
  });
}

function someAddresses({ name, port }: Reachability, mute: readonly AddressReach[]): Judgement {
  return risk({
    certainty: 'likely',
    title: text('port-unreachable.some-title'),
    explanation: text('port-unreachable.some', { name }),
    evidence: mute.map((reach) => reachEvidence(reach, port)),
    remedy: { consent: 'manual', changes: [], summary: text('port-unreachable.some-remedy') },
  });
}
