import {
  type Ace,
  type SecurityDescriptor,
  toSddl,
  wellKnownSids,
} from '../../formats/security-descriptor/index.ts';
import { defineCheck } from '../../model/check.ts';
import { registryKeySecurity, registryValue } from '../../model/question.ts';
import { text } from '../../text/index.ts';
import { evidenceOf, fault, healthyIfSeen, risk } from '../judgement.ts';
import { listenerKey } from '../listener/keys.ts';
import { terminalServicesPolicy } from '../policy/effective.ts';
import { keyUnusable } from '../symptoms/tls-fails.ts';
import { pinName } from './listener-certificate.ts';

const storeKey = 'SOFTWARE\\Microsoft\\SystemCertificates\\Remote Desktop';

export const certificateStoreDenied = defineCheck({
  id: 'certificate-store-denied',
  questions: {
    store: registryKeySecurity(storeKey),
    certificates: registryKeySecurity(`${storeKey}\\Certificates`),
    pin: registryValue(listenerKey, pinName),
    template: registryValue(terminalServicesPolicy, 'CertTemplateName'),
  },
  symptom: keyUnusable,
  judge({ store, certificates, pin, template }) {
    const keys = [
      [storeKey, store],
      [`${storeKey}\\Certificates`, certificates],
    ] as const;
    const denied = keys.flatMap(([key, answer]) =>
      answer.state === 'known' && withoutDenials(answer.value) !== answer.value
        ? [{ key, where: answer.where, descriptor: answer.value }]
        : [],
    );
    if (denied.length === 0) return healthyIfSeen(store, certificates);
    // Some deny the store on purpose, so that the listener presents nothing but the certificate that they give it.
    const hasAnother = pin.state === 'known' || template.state === 'known';
    const verdict = hasAnother ? risk : fault;
    return verdict({
      certainty: 'proven',
      title: text('certificate-store-denied.title'),
      explanation: text(
        hasAnother ? 'certificate-store-denied.another' : 'certificate-store-denied.explanation',
      ),
      evidence: denied.map(({ where, descriptor }) =>
        evidenceOf(where, toSddl(descriptor), text('certificate-store-denied.expected')),
      ),
      remedy: {
        consent: hasAnother ? 'ask' : 'none',
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
