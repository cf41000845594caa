import { defineCheck } from '../../model/check.ts';
import type { Evidence } from '../../model/finding.ts';
import type { RegistryKey } from '../../model/registry.ts';
import { text } from '../../text/index.ts';
import { fault, healthy, healthyIfSeen } from '../judgement.ts';
import { tls12Refused } from '../symptoms/tls-versions.ts';
import { settingsEvidence } from './protocol-evidence.ts';
import { protocolsQuestion, protocolTrouble, turnOnServer, unknownBuild } from './protocols.ts';

export const tls12ServerDisabled = defineCheck({
  id: 'tls-1.2-server-disabled',
  questions: { protocols: protocolsQuestion },
  symptom: tls12Refused,
  judge({ protocols }, { machine }) {
    if (protocols.state !== 'known') return healthyIfSeen(protocols);
    const trouble = protocolTrouble(protocols.value, machine.build);
    if (trouble === 'unknown') return { verdict: 'unknown', unseen: [unknownBuild] };
    // With no version left it is not about 1.2: no-tls-version-enabled speaks then.
    if (trouble !== 'tls-1.2-off') return healthy;
    return fault({
      certainty: 'proven',
      title: text('tls-1.2-server-disabled.title'),
      explanation: text('tls-1.2-server-disabled.explanation'),
      evidence: evidence(protocols.value, protocols.where),
      remedy: {
        consent: 'none',
        changes: turnOnServer('TLS 1.2'),
        summary: text('tls-1.2-server-disabled.remedy'),
      },
    });
  },
});

function evidence(protocols: RegistryKey, where: string): readonly Evidence[] {
  return settingsEvidence(protocols, where, 'TLS 1.2', {
    enabled: text('tls-1.2-server-disabled.expected-enabled'),
    disabledByDefault: text('tls-1.2-server-disabled.expected-by-default'),
  });
}
