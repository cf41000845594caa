import { defineCheck } from '../../model/check.ts';
import { text } from '../../text/index.ts';
import { disabledServices, startOf } from '../disabled-services.ts';
import { fault, healthyIfSeen } from '../judgement.ts';
import { droppedByFirewall } from '../symptoms/unreachable.ts';

const shipped = { mpssvc: 2, BFE: 2 } as const;

export const firewallServiceDisabled = defineCheck({
  id: 'firewall-service-disabled',
  questions: { mpssvc: startOf('mpssvc'), BFE: startOf('BFE') },
  symptom: droppedByFirewall,
  judge(starts) {
    const { names, evidence, changes } = disabledServices(starts, shipped);
    if (names.length === 0) return healthyIfSeen(...Object.values(starts));
    return fault({
      certainty: 'likely',
      title: text('firewall-service-disabled.title'),
      explanation: text('firewall-service-disabled.explanation', { services: names.join(', ') }),
      evidence,
      remedy: { consent: 'none', changes, summary: text('firewall-service-disabled.remedy') },
    });
  },
});
