import type { Known } from '../../model/answer.ts';
import { defineCheck } from '../../model/check.ts';
import type { Evidence } from '../../model/finding.ts';
import { registryKey } from '../../model/question.ts';
import { findValue, type RegistryKey } from '../../model/registry.ts';
import { text } from '../../text/index.ts';
import { evidenceOf, fault, healthy, healthyIfSeen, risk } from '../judgement.ts';
import { nothingInCommon } from '../symptoms/tls-fails.ts';
import { listenerSuites, listenerSuitesQuestions } from './listener-suites.ts';
import { localSuitesKey, sawSuites, suiteNamesIn, suitePolicyQuestion } from './suite-list.ts';

export const cipherSuitesDamaged = defineCheck({
  id: 'cipher-suites-damaged',
  questions: {
    local: registryKey(localSuitesKey),
    policy: suitePolicyQuestion,
    ...listenerSuitesQuestions,
  },
  symptom: nothingInCommon,
  judge({ local, policy, ...answers }, { machine }) {
    if (local.state === 'unknown') return healthyIfSeen(local);
    const suites = listenerSuites(answers, machine.build);
    const names = local.state === 'known' ? ownNames(local.value) : [];
    const list = suites.judge(names);
    if (list.state === 'usable') return healthy;
    if (list.state === 'depends') return { verdict: 'unknown', unseen: suites.unseen };
    const byPolicy = policy.state === 'known' ? suiteNamesIn(policy.value) : undefined;
    // A usable policy takes the place of Windows' own list, for as long as it is there.
    const carried = byPolicy !== undefined && suites.judge(byPolicy).state === 'usable';
    return (carried ? risk : fault)({
      certainty: 'likely',
      title: text('cipher-suites-damaged.title'),
      explanation: text(explanationId(carried, names.length === 0)),
      evidence: [
        local.state === 'known'
          ? functionsEvidence(local)
          : evidenceOf(local.where, text('saw.key-absent'), text('cipher-suites-damaged.expected-key')),
      ],
      remedy: {
        consent: 'ask',
        changes: [{ kind: 'copy-registry-key-from-donor', key: localSuitesKey }],
        summary: text('cipher-suites-damaged.remedy'),
      },
    });
  },
});

/** Windows' own list is a REG_MULTI_SZ; of every other type it makes nothing that is known. */
function ownNames(key: RegistryKey): readonly string[] {
  const functions = findValue(key, 'Functions');
  return functions?.type === 'REG_MULTI_SZ' ? (suiteNamesIn(functions) ?? []) : [];
}

function explanationId(carried: boolean, empty: boolean) {
  if (carried) return 'cipher-suites-damaged.explanation-policy';
  return empty ? 'cipher-suites-damaged.explanation-missing' : 'cipher-suites-damaged.explanation-unusable';
}

function functionsEvidence({ value, where }: Known<RegistryKey>): Evidence {
  const functions = findValue(value, 'Functions');
  const saw = functions ? sawSuites(functions) : text('saw.absent');
  return evidenceOf(`${where}\\Functions`, saw, text('cipher-suites-damaged.expected'));
}
