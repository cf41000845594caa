import type { Change } from '../../model/change.ts';
import { defineCheck } from '../../model/check.ts';
import type { Evidence } from '../../model/finding.ts';
import { registryValue } from '../../model/question.ts';
import { dword } from '../../model/registry.ts';
import { text } from '../../text/index.ts';
import { fault, healthyIfSeen, risk, valueEvidence } from '../judgement.ts';
import { securityLowered } from '../symptoms/negotiation.ts';
import { terminalServicesPolicy } from './effective.ts';

export const negotiationTestLeftOn = defineCheck({
  id: 'negotiation-test-left-on',
  questions: {
    SecurityLayer: registryValue(terminalServicesPolicy, 'SecurityLayer'),
    UserAuthentication: registryValue(terminalServicesPolicy, 'UserAuthentication'),
  },
  symptom: securityLowered,
  judge(answers) {
    const left = Object.entries(answers).flatMap(([name, answer]) =>
      answer.state === 'known' && dword(answer.value) === 0 ? [{ name, answer }] : [],
    );
    if (left.length === 0) return healthyIfSeen(...Object.values(answers));
    const evidence: Evidence[] = left.map(({ answer }) =>
      valueEvidence(answer, text('expected.absent'), { byPolicy: true }),
    );
    const changes: Change[] = left.map(({ name }) => ({
      kind: 'delete-registry-value',
      key: terminalServicesPolicy,
      name,
    }));
    const remedy = { consent: 'ask', changes, summary: text('negotiation-test-left-on.remedy') } as const;
    const title = text('negotiation-test-left-on.title');
    // Without TLS, clients that insist on it are turned away; without NLA alone, everyone still gets in.
    if (left.some(({ name }) => name === 'SecurityLayer')) {
      const explanation = text('negotiation-test-left-on.explanation');
      return fault({ certainty: 'likely', title, explanation, evidence, remedy });
    }
    const explanation = text('negotiation-test-left-on.only-nla');
    return risk({ certainty: 'proven', title, explanation, evidence, remedy });
  },
});
