import { defineSymptom } from '../../model/check.ts';
import { endpointQuestion } from '../../model/question.ts';
import { text } from '../../text/index.ts';
import { isCurrent, validity } from '../certificate/validity.ts';
import { networkEvidence } from '../judgement.ts';

/** The presented certificate is outside its dates. */
export const expiredCertificatePresented = defineSymptom({
  questions: { chain: endpointQuestion('endpoint-certificate') },
  explains: ['certificate-expired'],
  sameFact: true,
  read({ chain }, now) {
    if (chain.state !== 'known') return { state: 'untold' };
    const [certificate] = chain.value.certificates;
    return {
      state: isCurrent(certificate, now) ? 'refuted' : 'shown',
      evidence: [networkEvidence(chain.where, validity(certificate), text('certificate-expired.expected'))],
    };
  },
});
