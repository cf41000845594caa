import { type SecurityDescriptor, toSddl, wellKnownSids } from '../../formats/security-descriptor/index.ts';
import { defineCheck } from '../../model/check.ts';
import { text } from '../../text/index.ts';
import { evidenceOf, fault, healthy, healthyIfSeen, risk } from '../judgement.ts';
import { keyUnusable } from '../symptoms/tls-fails.ts';
import { keyPath, networkServiceCanRead, shippedKeySecurity, systemHasFullControl } from './key-access.ts';
import { listenerCertificateQuestions } from './listener-certificate.ts';
import { selfSignedKey } from './self-signed-key.ts';

export const certificateKeyUnreadable = defineCheck({
  id: 'certificate-key-unreadable',
  questions: listenerCertificateQuestions,
  symptom: keyUnusable,
  judge(answers, { machine }) {
    const found = selfSignedKey(answers);
    if (found === undefined) return healthy;
    if ('unseen' in found) return { verdict: 'unknown', unseen: found.unseen };
    const { security } = found.key;
    const path = keyPath(found.key);
    if (security.state !== 'known' || path === undefined) return healthyIfSeen(security);
    const flaw = flawOf(security.value);
    if (flaw === undefined) return healthy;
    const sddl = shippedKeySecurity(machine.build);
    // With the key readable, Remote Desktop works until the certificate is to be renewed.
    const verdict = flaw === 'not-owned' ? risk : fault;
    return verdict({
      certainty: flaw === 'unreadable' ? 'proven' : 'likely',
      title: text(
        flaw === 'not-owned'
          ? 'certificate-key-unreadable.not-owned-title'
          : 'certificate-key-unreadable.title',
      ),
      explanation: text(`certificate-key-unreadable.${flaw}`),
      evidence: [evidenceOf(security.where, toSddl(security.value), text('expected.value', { value: sddl }))],
      remedy: {
        consent: 'none',
        changes: [{ kind: 'set-file-security', path, sddl }],
        summary: text('certificate-key-unreadable.remedy'),
      },
    });
  },
});

type Flaw = 'unreadable' | 'not-controlled' | 'not-owned';

/** The service cannot read it; or SYSTEM, which makes and renews it, has no full control of it, or does not own it. */
function flawOf(descriptor: SecurityDescriptor): Flaw | undefined {
  if (!networkServiceCanRead(descriptor)) return 'unreadable';
  if (!systemHasFullControl(descriptor)) return 'not-controlled';
  return descriptor.owner === wellKnownSids.system ? undefined : 'not-owned';
}
