import { defineCheck } from '../../model/check.ts';
import { text } from '../../text/index.ts';
import { disabledServices, startOf } from '../disabled-services.ts';
import { fault, healthyIfSeen } from '../judgement.ts';
import { keyUnusable } from '../symptoms/tls-fails.ts';

/** SessionEnv is needed too; it is one of Remote Desktop's own, and rdp-service-disabled speaks of it. */
const shipped = { CertPropSvc: 3, KeyIso: 3, CryptSvc: 2 } as const;

export const certificateServiceDisabled = defineCheck({
  id: 'certificate-service-disabled',
  questions: {
    CertPropSvc: startOf('CertPropSvc'),
    KeyIso: startOf('KeyIso'),
    CryptSvc: startOf('CryptSvc'),
  },
  symptom: keyUnusable,
  judge(starts) {
    const { names, evidence, changes } = disabledServices(starts, shipped);
    if (names.length === 0) return healthyIfSeen(...Object.values(starts));
    return fault({
      // CertPropSvc is for smart cards, and many do without it.
      certainty: names.some((name) => name !== 'CertPropSvc') ? 'likely' : 'possible',
      title: text('certificate-service-disabled.title', { count: names.length }),
      explanation: text('certificate-service-disabled.explanation', { services: names.join(', ') }),
      evidence,
      remedy: { consent: 'none', changes, summary: text('certificate-service-disabled.remedy') },
    });
  },
});
