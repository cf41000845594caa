import type { Answer } from '../../model/answer.ts';
import type { SymptomReading } from '../../model/check.ts';
import type { NegotiationMatrix, PresentedChain, TlsSupport } from '../../model/endpoint.ts';
import { endpointQuestion } from '../../model/question.ts';
import { text } from '../../text/index.ts';
import { isCurrent } from '../certificate/validity.ts';
import { networkEvidence } from '../judgement.ts';
import { clientQuestions, concernCurrentClients, saidOf } from '../network/client-agreement.ts';
import { judgeClients } from '../network/clients/index.ts';
import { attemptEvidence } from '../network/evidence.ts';
import { brokenHandshake, standsAllTheSame } from '../network/first-flight.ts';
import { certificateFailures } from '../network/requests.ts';
import { agreedOn, helloEvidence, isTurnedDown } from './handshake.ts';
import { type CaseSymptom, defineCaseSymptom } from './symptom.ts';

/** What a handshake that fails is called by the checks of the network. */
export const failedHandshakes = ['dropped-at-tls', 'tls-refused'] as const;

export const keyQuestions = {
  tls: endpointQuestion('endpoint-tls'),
  negotiation: endpointQuestion('endpoint-negotiation'),
  chain: endpointQuestion('endpoint-certificate'),
} as const;

/** No handshake succeeds for want of a certificate, or of a key that can be used. */
export const keyUnusable: CaseSymptom = defineCaseSymptom({
  questions: keyQuestions,
  explains: [...failedHandshakes, 'certificate-not-on-server'],
  sameFact: false,
  read: readKey,
});

/** What the network shows of a certificate's key. */
export function readKey(
  {
    tls,
    negotiation,
    chain,
  }: {
    readonly tls: Answer<TlsSupport>;
    readonly negotiation: Answer<NegotiationMatrix>;
    readonly chain: Answer<PresentedChain>;
  },
  now: Date,
): SymptomReading {
  const withoutCertificate = negotiation.state === 'known' ? certificateFailures(negotiation.value) : [];
  if (withoutCertificate.length > 0) {
    const expected = text('symptom.expected-selected');
    const evidence = withoutCertificate.map((attempt) =>
      attemptEvidence(negotiation.where, attempt, expected),
    );
    return { state: 'shown', evidence };
  }
  if (tls.state !== 'known' || standsAllTheSame(tls.value)) return { state: 'untold' };
  const broken = brokenHandshake(tls.value);
  if (broken || isTurnedDown(tls.value.first, { forItsKey: true })) return failing(tls.where, tls.value);
  // One that was to be replaced and could not be is presented until long after its end.
  const isReplaced = chain.state === 'known' && isCurrent(chain.value.certificates[0], now);
  return isReplaced ? whole(tls.where, tls.value) : { state: 'untold' };
}

/** TLS itself does not come up. */
export const tlsFails: CaseSymptom = defineCaseSymptom({
  questions: { tls: endpointQuestion('endpoint-tls') },
  explains: failedHandshakes,
  sameFact: false,
  read({ tls }) {
    if (tls.state !== 'known') return { state: 'untold' };
    const fails = brokenHandshake(tls.value) || isTurnedDown(tls.value.first);
    return fails ? failing(tls.where, tls.value) : whole(tls.where, tls.value);
  },
});

/** No handshake succeeds, or only one that current clients do not make: they lack its version or its suites. */
export const nothingInCommon: CaseSymptom = defineCaseSymptom({
  questions: clientQuestions,
  explains: [...failedHandshakes, 'no-modern-tls', 'cipher-mismatch'],
  sameFact: false,
  read(seen) {
    const { tls } = seen;
    if (tls.state !== 'known') return { state: 'untold' };
    if (isTurnedDown(tls.value.first)) return failing(tls.where, tls.value);
    const verdicts = judgeClients(seen);
    const stopped = [...saidOf(verdicts, 'client.fails-version'), ...saidOf(verdicts, 'client.fails-suite')];
    if (concernCurrentClients(stopped)) return failing(tls.where, tls.value);
    return whole(tls.where, tls.value);
  },
});

function failing(where: string, tls: TlsSupport): SymptomReading {
  const expected = text('symptom.expected-tls');
  const broken = brokenHandshake(tls);
  const hello = helloEvidence(where, tls.first, expected);
  if (!broken) return { state: 'shown', evidence: [hello] };
  return {
    state: 'shown',
    evidence: [hello, networkEvidence(`${where}, whole handshake`, broken.detail, expected)],
  };
}

/** Only a whole handshake shows that nothing stands in its way. */
function whole(where: string, { first, handshake }: TlsSupport): SymptomReading {
  if (handshake?.kind !== 'completed') return { state: 'untold' };
  const expected = text('symptom.expected-no-tls');
  return {
    state: 'refuted',
    evidence: agreedOn(first)
      ? [helloEvidence(where, first, expected)]
      : [networkEvidence(where, text('symptom.handshake-completed'), expected)],
  };
}
