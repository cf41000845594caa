import { defineCheck } from '../../model/check.ts';
import { text } from '../../text/index.ts';
import { fault, healthy, healthyIfSeen } from '../judgement.ts';
import { clientQuestions } from './client-agreement.ts';
import { clientNames, clientsThatConnect, judgeClients } from './clients/index.ts';
import { attemptEvidence } from './evidence.ts';
import { asksForUsualSecurity, hasStandardSecurityAlone } from './requests.ts';

export const legacySecurityOnly = defineCheck({
  id: 'legacy-security-only',
  questions: clientQuestions,
  judge(seen) {
    const { negotiation } = seen;
    if (negotiation.state !== 'known') return healthyIfSeen(negotiation);
    if (!hasStandardSecurityAlone(negotiation.value)) return healthy;
    const working = clientsThatConnect(judgeClients(seen));
    return fault({
      certainty: 'likely',
      title: text('legacy-security-only.title'),
      explanation: text('legacy-security-only.explanation', {
        working: clientNames(working),
        workingCount: working.length,
      }),
      evidence: negotiation.value.attempts
        .filter(asksForUsualSecurity)
        .map((attempt) => attemptEvidence(negotiation.where, attempt, text('network.expected.protected'))),
      remedy: { consent: 'manual', changes: [], summary: text('legacy-security-only.remedy') },
    });
  },
});
