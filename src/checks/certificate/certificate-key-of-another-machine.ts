import { defineCheck } from '../../model/check.ts';
import { text } from '../../text/index.ts';
import { evidenceOf, fault, healthy, healthyIfSeen } from '../judgement.ts';
import { keyUnusable } from '../symptoms/tls-fails.ts';
import { listenerCertificateQuestions, remoteDesktopStore } from './listener-certificate.ts';
import { selfSignedKey } from './self-signed-key.ts';

export const certificateKeyOfAnotherMachine = defineCheck({
  id: 'certificate-key-of-another-machine',
  questions: listenerCertificateQuestions,
  symptom: keyUnusable,
  judge(answers) {
    const found = selfSignedKey(answers);
    if (found === undefined) return healthy;
    if ('unseen' in found) return { verdict: 'unknown', unseen: found.unseen };
    const { certificate, key } = found;
    if (key.security.state !== 'absent') return healthyIfSeen(key.security);
    if (key.filesOfOtherMachines.length === 0) return healthy;
    const { thumbprint } = certificate;
    const expected = text('certificate-key-of-another-machine.expected', { name: key.fileName ?? '' });
    return fault({
      certainty: 'proven',
      title: text('certificate-key-of-another-machine.title'),
      explanation: text('certificate-key-of-another-machine.explanation'),
      evidence: key.filesOfOtherMachines.map((name) => evidenceOf(`${key.folder}`, name, expected)),
      remedy: {
        consent: 'ask',
        changes: [{ kind: 'delete-certificate', store: remoteDesktopStore, thumbprint }],
        summary: text('certificate-key-of-another-machine.remedy'),
      },
    });
  },
});
