import type { Answer } from '../../model/answer.ts';
import type { ExpectedCertificate, PresentedChain } from '../../model/endpoint.ts';
import type { Evidence } from '../../model/finding.ts';
import { endpointQuestion } from '../../model/question.ts';
import { text } from '../../text/index.ts';
import { listenerCertificateQuestions, presentedCertificate } from '../certificate/listener-certificate.ts';
import { isCurrent, validity } from '../certificate/validity.ts';
import { answersFor, type Diagnosis } from '../diagnose.ts';
import { evidenceOf, networkEvidence } from '../judgement.ts';
import { type CaseSymptom, defineCaseSymptom } from './symptom.ts';
import { failedHandshakes, keyQuestions, readKey } from './tls-fails.ts';

/** The presented certificate is outside its dates: the same fact, seen from both sides. */
export const expiredCertificatePresented: CaseSymptom = defineCaseSymptom({
  questions: { chain: endpointQuestion('endpoint-certificate') },
  explains: ['certificate-expired'],
  sameFact: true,
  denial: {
    title: text('contradiction.certificate'),
    explanation: text('contradiction.certificate-explanation'),
    saidBy: currentOnDisk,
  },
  read({ chain }, now) {
    if (chain.state !== 'known') return { state: 'untold' };
    const [certificate] = chain.value.certificates;
    return {
      state: isCurrent(certificate, now) ? 'refuted' : 'shown',
      evidence: [datesOf(chain.where, chain.value)],
    };
  },
});

/** A pinned certificate that has no key or cannot be read breaks TLS; one that has ended is presented all the same. */
export const pinUnusable: CaseSymptom = defineCaseSymptom({
  questions: { ...keyQuestions, expected: endpointQuestion('endpoint-expected-certificate') },
  explains: [...failedHandshakes, 'certificate-not-on-server', 'certificate-expired'],
  sameFact: false,
  read({ expected, ...seen }, now) {
    const { chain } = seen;
    if (chain.state === 'known' && isPresented(chain.value, expected)) {
      const [certificate] = chain.value.certificates;
      if (!isCurrent(certificate, now)) {
        return { state: 'shown', evidence: [datesOf(chain.where, chain.value)] };
      }
    }
    return readKey(seen, now);
  },
});

function isPresented({ certificates }: PresentedChain, expected: Answer<ExpectedCertificate>): boolean {
  return expected.state === 'known' && certificates[0].thumbprint === expected.value.thumbprint;
}

function datesOf(where: string, { certificates }: PresentedChain): Evidence {
  return networkEvidence(where, validity(certificates[0]), text('certificate-expired.expected'));
}

/** The certificate that the disk would have presented, where it is within its dates. */
function currentOnDisk({ answers }: Diagnosis, now: Date): readonly Evidence[] {
  const listener = presentedCertificate(answersFor(listenerCertificateQuestions, answers));
  if (listener.kind !== 'pinned' && listener.kind !== 'self-signed') return [];
  const { certificate } = listener;
  if (!isCurrent(certificate, now)) return [];
  return [evidenceOf(certificate.where, validity(certificate), text('symptom.expected-presented'))];
}
