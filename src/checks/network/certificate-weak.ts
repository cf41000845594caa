import type { Known } from '../../model/answer.ts';
import { defineCheck } from '../../model/check.ts';
import type { PresentedCertificate, PresentedChain } from '../../model/endpoint.ts';
import type { Evidence, Judgement } from '../../model/finding.ts';
import { type Text, text } from '../../text/index.ts';
import { fault, healthy, healthyIfSeen, networkEvidence, risk } from '../judgement.ts';
import { clientQuestions } from './client-agreement.ts';
import { type ClientVerdict, clientNames, clientsThatFail, judgeClients } from './clients/index.ts';

export const certificateWeak = defineCheck({
  id: 'certificate-weak',
  questions: clientQuestions,
  judge(seen) {
    const { certificate: chain } = seen;
    if (chain.state !== 'known') return healthyIfSeen(chain);
    const [certificate] = chain.value.certificates;
    const failing = clientsThatFail(judgeClients(seen), 'certificate');
    if (failing.length > 0) return refusedKey(chain, failing);
    if (isSmallKey(certificate)) return weak(chain, smallKey);
    if (certificate.selfSigned) return healthy;
    if (certificate.signature === undefined) return { verdict: 'unknown', unseen: [unread(chain.where)] };
    return isWeakHash(certificate.signature) ? weak(chain, weakSignature) : healthy;
  },
});

/** What clients are about to ask of an RSA key, and Windows makes of itself. */
const soundRsaBits = 2048;

function isSmallKey({ keyType, keyBits }: PresentedCertificate): boolean {
  return keyType === 'rsa' && keyBits < soundRsaBits;
}

/** `sha1WithRSAEncryption`, `ecdsa-with-SHA1`, `md5WithRSAEncryption`. */
function isWeakHash(signature: string): boolean {
  return /(?:md[245]|sha-?1)(?!\d)/i.test(signature);
}

function unread(where: string): { where: string; why: string } {
  return { where, why: "the certificate's signature could not be read" };
}

function refusedKey(chain: Known<PresentedChain>, failing: readonly ClientVerdict[]): Judgement {
  return fault({
    certainty: failing.some(({ believed }) => !believed) ? 'proven' : 'likely',
    title: text('certificate-weak.title'),
    explanation: text('certificate-weak.explanation', { failing: clientNames(failing) }),
    evidence: [keyEvidence(chain)],
    remedy: { consent: 'manual', changes: [], summary: remedy(chain.value.certificates[0]) },
  });
}

interface Weakness {
  readonly title: Text;
  readonly explanation: Text;
  readonly evidence: (chain: Known<PresentedChain>) => Evidence;
}

function weak(chain: Known<PresentedChain>, { title, explanation, evidence }: Weakness): Judgement {
  return risk({
    certainty: 'proven',
    title,
    explanation,
    evidence: [evidence(chain)],
    remedy: { consent: 'manual', changes: [], summary: remedy(chain.value.certificates[0]) },
  });
}

const smallKey: Weakness = {
  title: text('certificate-weak.key-title'),
  explanation: text('certificate-weak.key'),
  evidence: keyEvidence,
};

const weakSignature: Weakness = {
  title: text('certificate-weak.signature-title'),
  explanation: text('certificate-weak.signature'),
  evidence: signatureEvidence,
};

function keyEvidence({ where, value }: Known<PresentedChain>): Evidence {
  const [{ keyBits }] = value.certificates;
  const saw = text('certificate-weak.saw-key', { bits: keyBits });
  return networkEvidence(where, saw, text('certificate-weak.expected-key', { bits: soundRsaBits }));
}

function signatureEvidence({ where, value }: Known<PresentedChain>): Evidence {
  const [{ signature = '' }] = value.certificates;
  return networkEvidence(where, signature, text('certificate-weak.expected-signature'));
}

function remedy({ selfSigned }: PresentedCertificate): Text {
  return text(selfSigned ? 'certificate-weak.self-signed-remedy' : 'certificate-weak.remedy');
}
