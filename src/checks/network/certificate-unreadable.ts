import { defineCheck } from '../../model/check.ts';
import type { TlsSupport } from '../../model/endpoint.ts';
import { endpointQuestion } from '../../model/question.ts';
import { text } from '../../text/index.ts';
import { suiteFacts } from '../../wire/tls/index.ts';
import { fault, healthy, healthyIfSeen, networkEvidence } from '../judgement.ts';

export const certificateUnreadable = defineCheck({
  id: 'certificate-unreadable',
  questions: { tls: endpointQuestion('endpoint-tls'), chain: endpointQuestion('endpoint-certificate') },
  judge({ tls, chain }) {
    if (tls.state !== 'known') return healthyIfSeen(tls);
    if (chain.state !== 'unknown') return healthy;
    const sent = certificatesSent(tls.value);
    // The handshake did not get as far as a certificate, or hid it: other checks speak.
    if (sent === undefined) return healthy;
    const saw = sent === 0 ? text('certificate-unreadable.saw-none') : chain.why;
    return fault({
      // No client was seen to meet one.
      certainty: 'likely',
      title: text('certificate-unreadable.title'),
      explanation: text('certificate-unreadable.explanation'),
      evidence: [networkEvidence(chain.where, saw, text('certificate-unreadable.expected'))],
      remedy: { consent: 'manual', changes: [], summary: text('certificate-unreadable.remedy') },
    });
  },
});

/** How many certificates a whole first flight had; undefined for one that is not whole, or has none to show. */
function certificatesSent({ first: { flight } }: TlsSupport): number | undefined {
  if (flight.kind !== 'server-hello' || !flight.complete || flight.version === 'TLS 1.3') return undefined;
  return suiteFacts(flight.suite)?.authentication === 'anon' ? undefined : flight.certificates.length;
}
