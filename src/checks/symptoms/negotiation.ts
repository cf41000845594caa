import type { SymptomReading } from '../../model/check.ts';
import type { NegotiationAttempt } from '../../model/endpoint.ts';
import type { Evidence } from '../../model/finding.ts';
import { endpointQuestion, registryValue } from '../../model/question.ts';
import { dword } from '../../model/registry.ts';
import { text } from '../../text/index.ts';
import { answersFor, type Diagnosis } from '../diagnose.ts';
import { networkEvidence, valueEvidence } from '../judgement.ts';
import { listenerKey } from '../listener/keys.ts';
import { attemptEvidence } from '../network/evidence.ts';
import { asksForUsualSecurity, hasStandardSecurityAlone, selectsTls } from '../network/requests.ts';
import { effectiveValue, terminalServicesPolicy } from '../policy/effective.ts';
import { agreedOn } from './handshake.ts';
import { type CaseSymptom, defineCaseSymptom } from './symptom.ts';

const onlyTls = 1;
const hybridRequired = 5;

/** Clients are let in without Network Level Authentication: the same fact, seen from both sides. */
export const nlaNotRequired: CaseSymptom = defineCaseSymptom({
  questions: {
    negotiation: endpointQuestion('endpoint-negotiation'),
    tls: endpointQuestion('endpoint-tls'),
  },
  explains: [],
  sameFact: true,
  denial: {
    title: text('contradiction.nla'),
    explanation: text('contradiction.setting-explanation'),
    saidBy: requiredOnDisk,
  },
  read({ negotiation, tls }) {
    if (negotiation.state !== 'known') return { state: 'untold' };
    const { attempts } = negotiation.value;
    const without = attempts.filter(({ requested }) => requested === onlyTls || requested === 0);
    // Whoever confirms TLS and then breaks it off has let nobody in.
    const hasTls = tls.state === 'known' && agreedOn(tls.value.first) !== undefined;
    const letIn = without.find(
      (attempt) => isSelectedAsAsked(attempt) && (hasTls || attempt.requested === 0),
    );
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

const listenerSecurity = {
  authentication: registryValue(listenerKey, 'UserAuthentication'),
  authenticationPolicy: registryValue(terminalServicesPolicy, 'UserAuthentication'),
  layer: registryValue(listenerKey, 'SecurityLayer'),
  layerPolicy: registryValue(terminalServicesPolicy, 'SecurityLayer'),
} as const;

/** Set to be required, and by a security layer that has it. Where nothing is set, no default is claimed. */
function requiredOnDisk({ answers }: Diagnosis): readonly Evidence[] {
  const { authentication, authenticationPolicy, layer, layerPolicy } = answersFor(listenerSecurity, answers);
  const { answer, byPolicy, certainty } = effectiveValue(authenticationPolicy, authentication);
  const inForce = effectiveValue(layerPolicy, layer);
  if (answer.state !== 'known' || dword(answer.value) !== 1 || certainty !== 'proven') return [];
  if (inForce.answer.state !== 'known' || !dword(inForce.answer.value) || inForce.certainty !== 'proven') {
    return [];
  }
  return [valueEvidence(answer, text('symptom.expected-nla-off'), { byPolicy })];
}

/** Nothing but standard RDP security is agreed on. */
export const standardSecurityAlone: CaseSymptom = defineCaseSymptom({
  questions: { negotiation: endpointQuestion('endpoint-negotiation') },
  explains: ['legacy-security-only'],
  sameFact: false,
  read({ negotiation }) {
    if (negotiation.state !== 'known') return { state: 'untold' };
    const { where, value } = negotiation;
    if (hasStandardSecurityAlone(value)) return answeredSo(where, value.attempts.find(asksForUsualSecurity));
    return refutedBy(where, value.attempts.find(selectsTls));
  },
});

/**
 * What a listener that does not negotiate is believed to do: it selects standard security alone, or fails every request
 * alike. One that selects this for one request and that for another does negotiate.
 */
export const nothingNegotiated: CaseSymptom = defineCaseSymptom({
  questions: { negotiation: endpointQuestion('endpoint-negotiation') },
  explains: ['legacy-security-only', 'negotiation-mismatch'],
  sameFact: false,
  read({ negotiation }) {
    if (negotiation.state !== 'known') return { state: 'untold' };
    const { where, value } = negotiation;
    const usual = value.attempts.filter(asksForUsualSecurity);
    if (hasStandardSecurityAlone(value) || usual.every(isFailed)) return answeredSo(where, usual[0]);
    const [first, ...others] = value.attempts.filter(selectsTls);
    return refutedBy(
      where,
      others.find((attempt) => first && selectionOf(attempt) !== selectionOf(first)),
    );
  },
});

function answeredSo(where: string, attempt: NegotiationAttempt | undefined): SymptomReading {
  if (!attempt) return { state: 'untold' };
  return { state: 'shown', evidence: [attemptEvidence(where, attempt, text('symptom.expected-selected'))] };
}

function refutedBy(where: string, attempt: NegotiationAttempt | undefined): SymptomReading {
  if (!attempt) return { state: 'untold' };
  return { state: 'refuted', evidence: [attemptEvidence(where, attempt, text('symptom.expected-standard'))] };
}

const certificateNotOnServer = 3;

/** For want of a certificate is another matter. */
function isFailed({ negotiation }: NegotiationAttempt): boolean {
  return negotiation.kind === 'failed' && negotiation.code !== certificateNotOnServer;
}

function selectionOf({ negotiation }: NegotiationAttempt): number | undefined {
  return negotiation.kind === 'selected' ? negotiation.selected : undefined;
}

/** Security that was lowered by policy: TLS is turned off, which is a fault; or only who comes in unasked, which is a risk. */
export const securityLowered: CaseSymptom = { ...standardSecurityAlone, ofRisk: nlaNotRequired };

/** What a server says that has no such security package ([MS-ERREF] 2.1.1 and 2.3.1). */
const packageMissing: ReadonlySet<number> = new Set([0x80090305, 0xc00000fe]);

/** CredSSP is passed over for TLS, or ends before any sign-in. A refusal of NTLM alone is no sign of it. */
export const credsspFailing: CaseSymptom = defineCaseSymptom({
  questions: {
    nla: endpointQuestion('endpoint-nla'),
    negotiation: endpointQuestion('endpoint-negotiation'),
  },
  explains: ['credssp-fails', 'negotiation-mismatch'],
  sameFact: false,
  read({ nla, negotiation }) {
    const expected = text('symptom.expected-credssp');
    if (nla.state === 'absent' && negotiation.state === 'known') {
      const passedOver = negotiation.value.attempts.find(prefersTls);
      if (!passedOver) return { state: 'untold' };
      return { state: 'shown', evidence: [attemptEvidence(negotiation.where, passedOver, expected)] };
    }
    if (nla.state !== 'known') return { state: 'untold' };
    const { credssp } = nla.value;
    if (credssp.kind === 'challenge') {
      const saw = text('symptom.credssp-answers');
      const broken = text('symptom.expected-no-credssp');
      return { state: 'refuted', evidence: [networkEvidence(nla.where, saw, broken)] };
    }
    const breaks =
      credssp.kind === 'ended' || (credssp.kind === 'refused' && packageMissing.has(credssp.status >>> 0));
    if (!breaks) return { state: 'untold' };
    return {
      state: 'shown',
      evidence: [networkEvidence(nla.where, text('symptom.credssp-breaks'), expected)],
    };
  },
});

const credsspBits = 0x2 | 0x8;

function prefersTls({ requested, negotiation }: NegotiationAttempt): boolean {
  return (
    (requested & credsspBits) !== 0 && negotiation.kind === 'selected' && negotiation.selected === onlyTls
  );
}
