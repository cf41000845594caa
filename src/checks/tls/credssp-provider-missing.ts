import { defineCheck } from '../../model/check.ts';
import { registryKey } from '../../model/question.ts';
import { findValue, type RegistryValue, sameName, showValue, stringOf } from '../../model/registry.ts';
import { text } from '../../text/index.ts';
import { evidenceOf, fault, healthy, healthyIfSeen } from '../judgement.ts';
import { credsspFailing } from '../symptoms/negotiation.ts';
import { securityProvidersKey } from './schannel-damaged.ts';

const credssp = 'credssp.dll';
const valueName = 'SecurityProviders';

export const credsspProviderMissing = defineCheck({
  id: 'credssp-provider-missing',
  questions: { key: registryKey(securityProvidersKey) },
  symptom: credsspFailing,
  judge({ key }) {
    // With the key gone the value is not the trouble: schannel-damaged speaks then.
    if (key.state !== 'known') return healthyIfSeen(key);
    const value = findValue(key.value, valueName);
    const providers = value ? listIn(value) : '';
    if (providers.split(/[\s,]+/).some((name) => sameName(fileName(name), credssp))) return healthy;
    const saw = (value && showValue(value)) || text('saw.absent');
    return fault({
      certainty: 'likely',
      title: text('credssp-provider-missing.title'),
      explanation: text('credssp-provider-missing.explanation'),
      evidence: [evidenceOf(`${key.where}\\${valueName}`, saw, text('credssp-provider-missing.expected'))],
      remedy: {
        consent: 'none',
        changes: [
          {
            kind: 'set-registry-value',
            key: securityProvidersKey,
            name: valueName,
            value: { type: 'REG_SZ', data: providers === '' ? credssp : `${providers}, ${credssp}` },
          },
        ],
        summary: text('credssp-provider-missing.remedy'),
      },
    });
  },
});

/** The files that the value names, as it is written; between them stand a comma, a space or both. */
function listIn(value: RegistryValue): string {
  const list = value.type === 'REG_MULTI_SZ' ? value.data.join(', ') : (stringOf(value) ?? '');
  return list.replace(/^[\s,]+|[\s,]+$/g, '');
}

function fileName(path: string): string {
  return path.split('\\').at(-1) ?? path;
}
