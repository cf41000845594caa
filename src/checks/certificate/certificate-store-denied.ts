import {
  type Ace,
  type SecurityDescriptor,
  toSddl,
  wellKnownSids,
} from '../../formats/security-descriptor/index.ts';
import { defineCheck } from '../../model/check.ts';
import { registryKeySecurity } from '../../model/question.ts';
import { text } from '../../text/index.ts';
import { evidenceOf, fault, healthyIfSeen } from '../judgement.ts';

const storeKey = 'SOFTWARE\\Microsoft\\SystemCertificates\\Remote Desktop';

export const certificateStoreDenied = defineCheck({
  id: 'certificate-store-denied',
  questions: {
    [storeKey]: registryKeySecurity(storeKey),
    [`${storeKey}\\Certificates`]: registryKeySecurity(`${storeKey}\\Certificates`),
  },
  judge(answers) {
    const denied = Object.entries(answers).flatMap(([key, answer]) =>
      answer.state === 'known' && withoutDenials(answer.value) !== answer.value
        ? [{ key, where: answer.where, descriptor: answer.value }]
        : [],
    );
    if (denied.length === 0) return healthyIfSeen(...Object.values(answers));
    return fault({
      certainty: 'proven',
      title: text('certificate-store-denied.title'),
      explanation: text('certificate-store-denied.explanation'),
      evidence: denied.map(({ where, descriptor }) =>
        evidenceOf(where, toSddl(descriptor), text('certificate-store-denied.expected')),
      ),
      remedy: {
        consent: 'none',
        changes: denied.map(({ key, descriptor }) => ({
          kind: 'set-registry-key-security',
          key,
          sddl: toSddl(withoutDenials(descriptor)),
        })),
        summary: text('certificate-store-denied.remedy'),
      },
    });
  },
});

/** The same descriptor without the entries that deny SYSTEM, and nothing else changed; itself where there are none. */
function withoutDenials(descriptor: SecurityDescriptor): SecurityDescriptor {
  const { dacl } = descriptor;
  if (typeof dacl === 'string' || !dacl.aces.some(deniesSystem)) return descriptor;
  return { ...descriptor, dacl: { ...dacl, aces: dacl.aces.filter((ace) => !deniesSystem(ace)) } };
}

function deniesSystem(ace: Ace): boolean {
  return ace.kind === 'deny' && ace.sid === wellKnownSids.system;
}
