import type { Answer } from '../../model/answer.ts';
import { defineSymptom, type SymptomReading } from '../../model/check.ts';
import type { NegotiationMatrix, TlsAttempt, TlsSupport } from '../../model/endpoint.ts';
import type { Evidence } from '../../model/finding.ts';
import { endpointQuestion } from '../../model/question.ts';
import { type Text, text } from '../../text/index.ts';
import type { TlsVersion } from '../../wire/tls/index.ts';
import { networkEvidence } from '../judgement.ts';
import { attemptEvidence } from '../network/evidence.ts';
import { brokenHandshake, sawOutcome, tlsOutcome } from '../network/first-flight.ts';
import { certificateFailures } from '../network/requests.ts';

/** TLS 1.2 is turned down: the same fact, seen from both sides. */
export const tls12Refused = defineSymptom({
  questions: { tls: endpointQuestion('endpoint-tls') },
  explains: ['no-modern-tls', 'dropped-at-tls', 'tls-refused'],
  sameFact: true,
  read({ tls }) {
    if (tls.state !== 'known') return { state: 'untold' };
    const { first, alone } = tls.value;
    const only = alone.find(({ versions }) => versions.includes('TLS 1.2'));
    if (agreedOn(first) === 'TLS 1.2') return refuted(tls.where, first);
    if (!only) return agreedOn(first) === undefined ? shown(tls.where, first) : { state: 'untold' };
    return agreedOn(only) === 'TLS 1.2'
      ? refuted(`${tls.where}, TLS 1.2 alone`, only)
      : shown(`${tls.where}, TLS 1.2 alone`, only);
  },
});

/** No handshake succeeds: what a key, a store, suites or versions that cannot be used come to. */
export const tlsFails = defineSymptom({
  questions: {
    tls: endpointQuestion('endpoint-tls'),
    negotiation: endpointQuestion('endpoint-negotiation'),
  },
  explains: [
    'dropped-at-tls',
    'tls-refused',
    'no-modern-tls',
    'cipher-mismatch',
    'certificate-not-on-server',
  ],
  sameFact: false,
  read({ tls, negotiation }) {
    const withoutCertificate = failuresForCertificate(negotiation);
    if (withoutCertificate.length > 0) return { state: 'shown', evidence: withoutCertificate };
    if (tls.state !== 'known') return { state: 'untold' };
    if (agreedOn(tls.value.first) === undefined || brokenHandshake(tls.value)) {
      return shown(tls.where, tls.value.first);
    }
    return isWhole(tls.value) ? refuted(tls.where, tls.value.first) : { state: 'untold' };
  },
});

/** TLS 1.0 or 1.1 is accepted. */
export const legacyTlsAccepted = defineSymptom({
  questions: { tls: endpointQuestion('endpoint-tls') },
  explains: [],
  sameFact: false,
  read({ tls }) {
    if (tls.state !== 'known') return { state: 'untold' };
    const accepted = tls.value.alone.filter((attempt) => {
      const version = agreedOn(attempt);
      return version === 'TLS 1.0' || version === 'TLS 1.1';
    });
    if (accepted.length === 0) return { state: 'untold' };
    return { state: 'shown', evidence: accepted.map((attempt) => evidenceOfAlone(tls.where, attempt)) };
  },
});

/** Only a whole handshake shows that the key can be used. */
function isWhole({ handshake }: TlsSupport): boolean {
  return handshake?.kind === 'completed';
}

function failuresForCertificate(negotiation: Answer<NegotiationMatrix>): readonly Evidence[] {
  if (negotiation.state !== 'known') return [];
  const expected = text('symptom.expected-tls');
  return certificateFailures(negotiation.value).map((attempt) =>
    attemptEvidence(negotiation.where, attempt, expected),
  );
}

function agreedOn({ flight }: TlsAttempt): TlsVersion | undefined {
  const outcome = tlsOutcome(flight);
  return outcome.kind === 'agreed' ? outcome.version : undefined;
}

function shown(where: string, attempt: TlsAttempt): SymptomReading {
  return { state: 'shown', evidence: [evidence(where, attempt, text('symptom.expected-tls'))] };
}

function refuted(where: string, attempt: TlsAttempt): SymptomReading {
  return { state: 'refuted', evidence: [evidence(where, attempt, text('symptom.expected-no-tls'))] };
}

function evidence(where: string, { flight }: TlsAttempt, expected: Text): Evidence {
  return networkEvidence(where, sawOutcome(tlsOutcome(flight)), expected);
}

function evidenceOfAlone(where: string, attempt: TlsAttempt): Evidence {
  const place = `${where}, ${attempt.versions.join(', ')} alone`;
  return evidence(place, attempt, text('symptom.expected-no-legacy-tls'));
}
