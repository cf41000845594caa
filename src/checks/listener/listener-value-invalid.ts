import type { Answer } from '../../model/answer.ts';
import { type Change, setDword } from '../../model/change.ts';
import { defineCheck } from '../../model/check.ts';
import type { Evidence } from '../../model/finding.ts';
import { registryValue } from '../../model/question.ts';
import { dword, type RegistryValue } from '../../model/registry.ts';
import { text } from '../../text/index.ts';
import { fault, healthyIfSeen, valueEvidence } from '../judgement.ts';
import { effectiveValue, terminalServicesPolicy } from '../policy/effective.ts';
import { listenerKey } from './keys.ts';

/** What Windows accepts, and what it is supported with. */
const settings = {
  SecurityLayer: { least: 0, most: 2, supported: 2 },
  UserAuthentication: { least: 0, most: 1, supported: 1 },
  MinEncryptionLevel: { least: 1, most: 4, supported: 3 },
} as const;

type Setting = keyof typeof settings;
const names = Object.keys(settings) as Setting[];

export const listenerValueInvalid = defineCheck({
  id: 'listener-value-invalid',
  questions: {
    SecurityLayer: registryValue(listenerKey, 'SecurityLayer'),
    SecurityLayerPolicy: registryValue(terminalServicesPolicy, 'SecurityLayer'),
    UserAuthentication: registryValue(listenerKey, 'UserAuthentication'),
    UserAuthenticationPolicy: registryValue(terminalServicesPolicy, 'UserAuthentication'),
    MinEncryptionLevel: registryValue(listenerKey, 'MinEncryptionLevel'),
    MinEncryptionLevelPolicy: registryValue(terminalServicesPolicy, 'MinEncryptionLevel'),
  },
  judge(answers) {
    const invalid = names.flatMap((name) => inspect(name, answers[name], answers[`${name}Policy`]));
    if (invalid.length === 0) return healthyIfSeen(...Object.values(answers));
    return fault({
      certainty: invalid.some(({ certain }) => certain) ? 'proven' : 'likely',
      title: text('listener-value-invalid.title', { count: invalid.length }),
      explanation: text('listener-value-invalid.explanation'),
      evidence: invalid.map(({ evidence }) => evidence),
      remedy: {
        consent: 'none',
        changes: invalid.flatMap(({ changes }) => changes),
        summary: text('listener-value-invalid.remedy', { count: invalid.length }),
      },
    });
  },
});

interface Invalid {
  readonly evidence: Evidence;
  readonly changes: readonly Change[];
  readonly certain: boolean;
}

/** The value that Windows goes by, where it is none that Windows knows. */
function inspect(name: Setting, base: Answer<RegistryValue>, policy: Answer<RegistryValue>): Invalid[] {
  const { answer, byPolicy, certainty } = effectiveValue(policy, base);
  if (!isInvalid(name, answer)) return [];
  const { least, most, supported } = settings[name];
  const changes = [setDword(byPolicy ? terminalServicesPolicy : listenerKey, name, supported)];
  if (byPolicy && isInvalid(name, base)) changes.push(setDword(listenerKey, name, supported));
  const expected = text('listener-value-invalid.expected', { least, most });
  return [
    { evidence: valueEvidence(answer, expected, { byPolicy }), changes, certain: certainty === 'proven' },
  ];
}

function isInvalid(name: Setting, answer: Answer<RegistryValue>): boolean {
  if (answer.state !== 'known') return false;
  const value = dword(answer.value);
  const { least, most } = settings[name];
  return value === undefined || value < least || value > most;
}
