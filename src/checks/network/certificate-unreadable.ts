import { readCertificate } from '../../formats/certificate-store/index.ts';
import { FormatError } from '../../formats/errors.ts';
import { defineCheck } from '../../model/check.ts';
import type { TlsSupport } from '../../model/endpoint.ts';
import { endpointQuestion } from '../../model/question.ts';
import { type Text, text } from '../../text/index.ts';
import { suiteFacts } from '../../wire/tls/index.ts';
import { fault, healthy, healthyIfSeen, networkEvidence } from '../judgement.ts';

export const certificateUnreadable = defineCheck({
  id: 'certificate-unreadable',
  questions: { tls: endpointQuestion('endpoint-tls') },
  judge({ tls }) {
    if (tls.state !== 'known') return healthyIfSeen(tls);
    const saw = sawInstead(tls.value);
    if (saw === undefined) return healthy;
    return fault({
      // No client was seen to meet one.
      certainty: 'likely',
      title: text('certificate-unreadable.title'),
      explanation: text('certificate-unreadable.explanation'),
      evidence: [networkEvidence(tls.where, saw, text('certificate-unreadable.expected'))],
      remedy: { consent: 'manual', changes: [], summary: text('certificate-unreadable.remedy') },
    });
  },
});

/** What stands in a whole first flight in place of a certificate; undefined where one can be read, or none has its place. */
function sawInstead({ first: { flight }, handshake }: TlsSupport): string | Text | undefined {
  if (flight.kind !== 'server-hello' || !flight.complete || flight.version === 'TLS 1.3') return undefined;
  if (suiteFacts(flight.suite)?.authentication === 'anon') return undefined;
  const [own] = flight.certificates;
  if (own) return whyUnreadable(own);
  // A handshake that stands had its certificate, wherever it was.
  return handshake?.kind === 'not-possible' ? text('certificate-unreadable.saw-none') : undefined;
}

function whyUnreadable(der: Uint8Array): string | undefined {
  try {
    readCertificate(Buffer.from(der));
    return undefined;
  } catch (error) {
    if (error instanceof FormatError) return error.message;
    throw error;
  }
}
