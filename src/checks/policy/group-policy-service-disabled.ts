import { defineCheck } from '../../model/check.ts';
import { text } from '../../text/index.ts';
import { disabledServices, startOf } from '../disabled-services.ts';
import { fault, healthyIfSeen } from '../judgement.ts';

export const groupPolicyServiceDisabled = defineCheck({
  id: 'group-policy-service-disabled',
  questions: { gpsvc: startOf('gpsvc') },
  judge(starts) {
    const { names, evidence, changes } = disabledServices(starts, { gpsvc: 2 });
    if (names.length === 0) return healthyIfSeen(starts.gpsvc);
    return fault({
      certainty: 'likely',
      title: text('group-policy-service-disabled.title'),
      explanation: text('group-policy-service-disabled.explanation'),
      evidence,
      remedy: { consent: 'none', changes, summary: text('group-policy-service-disabled.remedy') },
    });
  },
});
