import { defineCheck } from '../../model/check.ts';
import { text } from '../../text/index.ts';
import { evidenceOf, fault, healthy, healthyIfSeen } from '../judgement.ts';
import { keyUnusable } from '../symptoms/tls-fails.ts';
import { listenerCertificateQuestions, remoteDesktopStore } from './listener-certificate.ts';
import { selfSignedKey } from './self-signed-key.ts';

export const certificateKeyMissing = defineCheck({
  id: 'certificate-key-missing',
  questions: listenerCertificateQuestions,
  symptom: keyUnusable,
  judge(answers) {
    const found = selfSignedKey(answers);
    if (found === undefined) return healthy;
    if ('unseen' in found) return { verdict: 'unknown', unseen: found.unseen };
    const { certificate, key } = found;
    if (key.security.state !== 'absent') return healthyIfSeen(key.security);
    // The key of a clone's original is there instead: certificate-key-of-another-machine speaks.
    if (key.filesOfOtherMachines.length > 0) return healthy;
    const { thumbprint } = certificate;
    return fault({
      certainty: 'proven',
      title: text('certificate-key-missing.title'),
      explanation: text('certificate-key-missing.explanation'),
      evidence: [
        evidenceOf(
          key.security.where,
          text('saw.file-absent'),
          text('certificate-key-missing.expected', { thumbprint }),
        ),
      ],
      remedy: {
        consent: 'none',
        changes: [{ kind: 'delete-certificate', store: remoteDesktopStore, thumbprint }],
        summary: text('certificate-key-missing.remedy'),
      },
    });
  },
});
