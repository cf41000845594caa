import { defineCheck } from '../../model/check.ts';
import type { Certainty, Evidence, Judgement } from '../../model/finding.ts';
import { type TextId, text } from '../../text/index.ts';
import { fault, healthy, healthyIfSeen } from '../judgement.ts';
import { nothingInCommon } from '../symptoms/tls-fails.ts';
import { listenerSuites, listenerSuitesQuestions } from './listener-suites.ts';
import {
  type ListFault,
  sawSuites,
  suiteNamesIn,
  suitePolicyKey,
  suitePolicyQuestion,
} from './suite-list.ts';

const explanations = {
  empty: 'cipher-suite-policy-unusable.explanation-empty',
  unusable: 'cipher-suite-policy-unusable.explanation-unusable',
  'only-tls-1.3': 'cipher-suite-policy-unusable.explanation-only-tls-1.3',
  'wrong-key': 'cipher-suite-policy-unusable.explanation-wrong-key',
  type: 'cipher-suite-policy-unusable.explanation-type',
} as const satisfies Record<ListFault | 'type', TextId>;

export const cipherSuitePolicyUnusable = defineCheck({
  id: 'cipher-suite-policy-unusable',
  questions: { policy: suitePolicyQuestion, ...listenerSuitesQuestions },
  symptom: nothingInCommon,
  judge({ policy, ...answers }, { machine }) {
    if (policy.state !== 'known') return healthyIfSeen(policy);
    const evidence: Evidence = {
      source: 'disk',
      where: policy.where,
      saw: sawSuites(policy.value),
      expected: text('cipher-suite-policy-unusable.expected'),
      byPolicy: true,
    };
    const names = suiteNamesIn(policy.value);
    if (!names) return trouble('type', 'possible', evidence);
    const suites = listenerSuites(answers, machine.build);
    const list = suites.judge(names);
    if (list.state === 'usable') return healthy;
    if (list.state === 'depends') return { verdict: 'unknown', unseen: suites.unseen };
    return trouble(list.fault, list.certainty, evidence);
  },
});

function trouble(cause: keyof typeof explanations, certainty: Certainty, evidence: Evidence): Judgement {
  return fault({
    certainty,
    title: text('cipher-suite-policy-unusable.title'),
    explanation: text(explanations[cause]),
    evidence: [evidence],
    remedy: {
      consent: 'ask',
      changes: [{ kind: 'delete-registry-value', key: suitePolicyKey, name: 'Functions' }],
      summary: text('cipher-suite-policy-unusable.remedy'),
    },
  });
}
