import { defineCheck } from '../../model/check.ts';
import type { Evidence } from '../../model/finding.ts';
import { registryKey } from '../../model/question.ts';
import { findKey } from '../../model/registry.ts';
import { text } from '../../text/index.ts';
import { evidenceOf, fault, healthy, healthyIfSeen } from '../judgement.ts';
import { tlsFails } from '../symptoms/tls-fails.ts';
import { schannelKey } from './protocols.ts';

/** Where Windows lists the security packages of its own, TLS among them. */
export const securityProvidersKey = 'SYSTEM\\CurrentControlSet\\Control\\SecurityProviders';

/** What `SCHANNEL` holds on every build from 7 on (measured on five machines), empty or not. */
const schannelParts = ['Ciphers', 'CipherSuites', 'Hashes', 'KeyExchangeAlgorithms', 'Protocols'] as const;

export const schannelDamaged = defineCheck({
  id: 'schannel-damaged',
  questions: { providers: registryKey(securityProvidersKey, 1) },
  symptom: tlsFails,
  judge({ providers }) {
    if (providers.state === 'unknown') return healthyIfSeen(providers);
    if (providers.state === 'absent') return damaged([securityProvidersKey], [missing(providers.where)]);
    const schannel = findKey(providers.value, 'SCHANNEL');
    const where = `${providers.where}\\SCHANNEL`;
    if (!schannel) return damaged([schannelKey], [missing(where)]);
    const lost = schannelParts.filter((part) => !findKey(schannel, part));
    if (lost.length === 0) return healthy;
    return damaged(
      lost.map((part) => `${schannelKey}\\${part}`),
      lost.map((part) => missing(`${where}\\${part}`)),
    );
  },
});

function missing(where: string): Evidence {
  return evidenceOf(where, text('saw.key-absent'), text('schannel-damaged.expected'));
}

/** Brings back the keys that are missing, and touches no other. */
function damaged(keys: readonly string[], evidence: readonly Evidence[]) {
  return fault({
    certainty: 'likely',
    title: text('schannel-damaged.title'),
    explanation: text('schannel-damaged.explanation'),
    evidence,
    remedy: {
      consent: 'ask',
      changes: keys.map((key) => ({ kind: 'copy-registry-key-from-donor', key })),
      summary: text('schannel-damaged.remedy'),
    },
  });
}
