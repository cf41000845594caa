import { defineCheck } from '../../model/check.ts';
import type { Certainty } from '../../model/finding.ts';
import { text } from '../../text/index.ts';
import { disabledServices, startOf } from '../disabled-services.ts';
import { fault, healthyIfSeen } from '../judgement.ts';
import { notListening } from '../symptoms/unreachable.ts';

const shipped = { TermService: 3, SessionEnv: 3, UmRdpService: 3 } as const;

export const rdpServiceDisabled = defineCheck({
  id: 'rdp-service-disabled',
  questions: {
    TermService: startOf('TermService'),
    SessionEnv: startOf('SessionEnv'),
    UmRdpService: startOf('UmRdpService'),
  },
  symptom: notListening,
  judge(starts) {
    const { names, evidence, changes } = disabledServices(starts, shipped);
    if (names.length === 0) return healthyIfSeen(...Object.values(starts));
    // Without TermService nothing listens. UmRdpService redirects devices, and many do without it.
    return fault({
      certainty: certaintyOf(names),
      title: text('rdp-service-disabled.title', { count: names.length }),
      explanation: text('rdp-service-disabled.explanation', {
        services: names.join(', '),
        count: names.length,
      }),
      evidence,
      remedy: { consent: 'none', changes, summary: text('rdp-service-disabled.remedy') },
    });
  },
});

function certaintyOf(names: readonly string[]): Certainty {
  if (names.includes('TermService')) return 'proven';
  return names.includes('SessionEnv') ? 'likely' : 'possible';
}
