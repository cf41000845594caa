import { defineCheck } from '../../model/check.ts';
import { registryValue } from '../../model/question.ts';
import { stringOf } from '../../model/registry.ts';
import { text } from '../../text/index.ts';
import { fault, healthy, healthyIfSeen, valueEvidence } from '../judgement.ts';
import { winStationsKey } from '../listener/keys.ts';
import { keyUnusable } from '../symptoms/tls-fails.ts';
import { remoteDesktopStore } from './listener-certificate.ts';

const name = 'SelfSignedCertStore';

export const certificateStoreRedirected = defineCheck({
  id: 'certificate-store-redirected',
  questions: { store: registryValue(winStationsKey, name) },
  symptom: keyUnusable,
  judge({ store }) {
    if (store.state !== 'known') return healthyIfSeen(store);
    if (stringOf(store.value)?.toLowerCase() === remoteDesktopStore.toLowerCase()) return healthy;
    return fault({
      certainty: 'likely',
      title: text('certificate-store-redirected.title'),
      explanation: text('certificate-store-redirected.explanation'),
      evidence: [valueEvidence(store, text('expected.absent-or', { value: `"${remoteDesktopStore}"` }))],
      remedy: {
        consent: 'none',
        changes: [
          {
            kind: 'set-registry-value',
            key: winStationsKey,
            name,
            value: { type: 'REG_SZ', data: remoteDesktopStore },
          },
        ],
        summary: text('certificate-store-redirected.remedy'),
      },
    });
  },
});
