import { type Change, setDword } from '../../model/change.ts';
import { defineCheck } from '../../model/check.ts';
import type { Evidence } from '../../model/finding.ts';
import type { RegistryKey } from '../../model/registry.ts';
import { text } from '../../text/index.ts';
import { evidenceOf, fault, healthy, healthyIfSeen } from '../judgement.ts';
import { protocolsQuestion, serverKey, serverSettings, serverState, tlsVersions } from './protocols.ts';

export const tls12ServerDisabled = defineCheck({
  id: 'tls-1.2-server-disabled',
  questions: { protocols: protocolsQuestion },
  judge({ protocols }, { machine }) {
    if (protocols.state !== 'known') return healthyIfSeen(protocols);
    const state = serverState(protocols.value, 'TLS 1.2', machine.build);
    const { disabledByDefault } = serverSettings(protocols.value, 'TLS 1.2');
    const others = tlsVersions
      .filter((version) => version !== 'TLS 1.2')
      .map((version) => serverState(protocols.value, version, machine.build));
    const offByDefault =
      state === 'off-by-default' && disabledByDefault !== undefined && !others.includes('on');
    // With every version turned off it is not about 1.2: no-tls-version-enabled speaks then.
    const allOff = others.every((other) => other === 'off' || other === 'unsupported');
    if (!offByDefault && (state !== 'off' || allOff)) return healthy;
    return fault({
      certainty: 'proven',
      title: text('tls-1.2-server-disabled.title'),
      explanation: text('tls-1.2-server-disabled.explanation'),
      evidence: evidence(protocols.value, protocols.where),
      remedy: {
        consent: 'none',
        changes: turnOn(),
        summary: text('tls-1.2-server-disabled.remedy'),
      },
    });
  },
});

function evidence(protocols: RegistryKey, where: string): Evidence[] {
  const { enabled, disabledByDefault } = serverSettings(protocols, 'TLS 1.2');
  const server = `${where}\\TLS 1.2\\Server`;
  const seen: Evidence[] = [];
  if (enabled === 0) {
    seen.push(evidenceOf(`${server}\\Enabled`, '0', text('tls-1.2-server-disabled.expected-enabled')));
  }
  if (disabledByDefault) {
    const expected = text('tls-1.2-server-disabled.expected-by-default');
    seen.push(evidenceOf(`${server}\\DisabledByDefault`, String(disabledByDefault), expected));
  }
  return seen;
}

function turnOn(): Change[] {
  const key = serverKey('TLS 1.2');
  return [setDword(key, 'Enabled', 1), setDword(key, 'DisabledByDefault', 0)];
}
