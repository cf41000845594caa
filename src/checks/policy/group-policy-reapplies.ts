import { defineCheck } from '../../model/check.ts';
import { isTrouble } from '../../model/finding.ts';
import { text } from '../../text/index.ts';
import { healthy, risk } from '../judgement.ts';

/** Speaks of what the checks before it found, and asks nothing itself. */
export const groupPolicyReapplies = defineCheck({
  id: 'group-policy-reapplies',
  questions: {},
  judge(_, { machine, findings }) {
    const evidence = findings
      .filter(isTrouble)
      .filter(({ verdict }) => verdict === 'fault')
      .flatMap((finding) => finding.evidence.filter(({ byPolicy }) => byPolicy));
    if (evidence.length === 0 || machine.domain === '') return healthy;
    if (machine.domain === undefined) {
      const why = 'it is not known whether this machine is joined to a domain';
      return {
        verdict: 'unknown',
        unseen: [{ where: 'HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters\\Domain', why }],
      };
    }
    return risk({
      certainty: 'likely',
      title: text('group-policy-reapplies.title'),
      explanation: text('group-policy-reapplies.explanation', { domain: machine.domain }),
      evidence,
      remedy: { consent: 'ask', changes: [], summary: text('group-policy-reapplies.remedy') },
    });
  },
});
