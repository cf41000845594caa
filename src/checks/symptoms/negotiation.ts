import { defineSymptom } from '../../model/check.ts';
import type { NegotiationAttempt } from '../../model/endpoint.ts';
import { endpointQuestion } from '../../model/question.ts';
import { text } from '../../text/index.ts';
import { networkEvidence } from '../judgement.ts';
import { attemptEvidence } from '../network/evidence.ts';
import { hasStandardSecurityAlone } from '../network/requests.ts';

const hybridRequired = 5;

/** Clients are let in without Network Level Authentication: the same fact, seen from both sides. */
export const nlaNotRequired = defineSymptom({
  questions: { negotiation: endpointQuestion('endpoint-negotiation') },
  explains: [],
  sameFact: true,
  read({ negotiation }) {
    if (negotiation.state !== 'known') return { state: 'untold' };
    const { attempts } = negotiation.value;
    const without = attempts.filter(({ requested }) => requested === 1 || requested === 0);
    const letIn = without.find(isSelectedAsAsked);
    if (letIn) {
      const expected = text('symptom.expected-nla-required');
      return { state: 'shown', evidence: [attemptEvidence(negotiation.where, letIn, expected)] };
    }
    const turnedAway = without.find(isTurnedAwayForNla);
    if (!turnedAway) return { state: 'untold' };
    const expected = text('symptom.expected-nla-not-required');
    return { state: 'refuted', evidence: [attemptEvidence(negotiation.where, turnedAway, expected)] };
  },
});

function isSelectedAsAsked({ requested, negotiation }: NegotiationAttempt): boolean {
  return negotiation.kind === 'selected' && negotiation.selected === requested;
}

function isTurnedAwayForNla({ negotiation }: NegotiationAttempt): boolean {
  return negotiation.kind === 'failed' && negotiation.code === hybridRequired;
}

/** Nothing but standard RDP security is agreed on. */
export const standardSecurityAlone = defineSymptom({
  questions: { negotiation: endpointQuestion('endpoint-negotiation') },
  explains: ['legacy-security-only', 'negotiation-mismatch'],
  sameFact: false,
  read({ negotiation }) {
    const [first] = negotiation.state === 'known' ? negotiation.value.attempts : [];
    if (negotiation.state !== 'known' || !first) return { state: 'untold' };
    if (!hasStandardSecurityAlone(negotiation.value)) return { state: 'untold' };
    return {
      state: 'shown',
      evidence: [attemptEvidence(negotiation.where, first, text('symptom.expected-tls'))],
    };
  },
});

/** CredSSP is not offered, or breaks before any sign-in. */
export const credsspFailing = defineSymptom({
  questions: { nla: endpointQuestion('endpoint-nla') },
  explains: ['credssp-fails', 'negotiation-mismatch'],
  sameFact: false,
  read({ nla }) {
    if (nla.state === 'unknown') return { state: 'untold' };
    const expected = text('symptom.expected-credssp');
    if (nla.state === 'absent') {
      return { state: 'shown', evidence: [networkEvidence(nla.where, text('symptom.no-credssp'), expected)] };
    }
    const answered = nla.value.credssp.kind === 'challenge';
    const saw = text(answered ? 'symptom.credssp-answers' : 'symptom.credssp-breaks');
    return { state: answered ? 'refuted' : 'shown', evidence: [networkEvidence(nla.where, saw, expected)] };
  },
});
