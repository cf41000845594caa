import type { Change } from '../../model/change.ts';
import { defineCheck } from '../../model/check.ts';
import type { Evidence } from '../../model/finding.ts';
import type { RegistryKey } from '../../model/registry.ts';
import { text } from '../../text/index.ts';
import { evidenceOf, healthy, healthyIfSeen, risk } from '../judgement.ts';
import { legacyTlsAccepted } from '../symptoms/tls-versions.ts';
import {
  defaultServerState,
  possibleBuilds,
  protocolsQuestion,
  serverKey,
  serverSettings,
  serverState,
  type TlsVersion,
  tlsVersions,
  turnOnServer,
  unknownBuild,
} from './protocols.ts';

const legacyVersions = ['TLS 1.0', 'TLS 1.1'] as const satisfies readonly TlsVersion[];

export const legacyTlsEnabled = defineCheck({
  id: 'legacy-tls-enabled',
  questions: { protocols: protocolsQuestion },
  symptom: legacyTlsAccepted,
  judge({ protocols }, { machine }) {
    if (protocols.state !== 'known') return healthyIfSeen(protocols);
    const builds = possibleBuilds(machine.build);
    const explicit = builds.map((build) => explicitlyOn(protocols.value, build));
    if (explicit.every((versions) => versions.length === 0)) return healthy;
    if (explicit.some((versions) => versions.length === 0)) {
      return { verdict: 'unknown', unseen: [unknownBuild] };
    }
    const versions = legacyVersions.filter((version) => explicit.some((some) => some.includes(version)));
    const lonely = builds.some((build) => servesNothingWithout(protocols.value, versions, build));
    return risk({
      certainty: 'proven',
      title: text('legacy-tls-enabled.title'),
      explanation: text('legacy-tls-enabled.explanation'),
      evidence: versions.flatMap((version) => evidence(protocols.value, protocols.where, version)),
      remedy: {
        consent: 'ask',
        changes: [
          ...(lonely ? turnOnServer('TLS 1.2') : []),
          ...versions.flatMap((version) => forget(protocols.value, version)),
        ],
        summary: text(lonely ? 'legacy-tls-enabled.remedy-with-1.2' : 'legacy-tls-enabled.remedy'),
      },
    });
  },
});

/** The old versions that serve because someone said so: any `Enabled` but 0, or `DisabledByDefault` = 0. */
function explicitlyOn(protocols: RegistryKey, build: number): readonly (typeof legacyVersions)[number][] {
  return legacyVersions.filter((version) => {
    if (serverState(protocols, version, build) !== 'on') return false;
    const { enabled, disabledByDefault } = serverSettings(protocols, version);
    return enabled !== undefined || disabledByDefault === 0;
  });
}

/** Whether nothing would serve once these versions are left to Windows: so with 1.1 alone on Windows 7. */
function servesNothingWithout(
  protocols: RegistryKey,
  versions: readonly TlsVersion[],
  build: number,
): boolean {
  return tlsVersions.every((version) => {
    const left = versions.includes(version);
    return (left ? defaultServerState(version, build) : serverState(protocols, version, build)) !== 'on';
  });
}

function evidence(protocols: RegistryKey, where: string, version: TlsVersion): readonly Evidence[] {
  const { enabled, disabledByDefault } = serverSettings(protocols, version);
  const server = `${where}\\${version}\\Server`;
  const expected = text('legacy-tls-enabled.expected');
  const seen: Evidence[] = [];
  if (enabled) seen.push(evidenceOf(`${server}\\Enabled`, String(enabled), expected));
  if (disabledByDefault === 0) seen.push(evidenceOf(`${server}\\DisabledByDefault`, '0', expected));
  return seen;
}

/** Leaves a version to Windows' own default. */
function forget(protocols: RegistryKey, version: TlsVersion): readonly Change[] {
  const { enabled, disabledByDefault } = serverSettings(protocols, version);
  const names = [...(enabled ? ['Enabled'] : []), ...(disabledByDefault === 0 ? ['DisabledByDefault'] : [])];
  return names.map((name) => ({ kind: 'delete-registry-value', key: serverKey(version), name }));
}
