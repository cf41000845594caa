import { defineCheck } from '../../model/check.ts';
import type { Evidence } from '../../model/finding.ts';
import type { RegistryKey } from '../../model/registry.ts';
import { text } from '../../text/index.ts';
import { evidenceOf, fault, healthy, healthyIfSeen } from '../judgement.ts';
import { noVersionAccepted } from '../symptoms/tls-versions.ts';
import { settingsEvidence } from './protocol-evidence.ts';
import {
  defaultServerState,
  protocolsQuestion,
  protocolTrouble,
  type TlsVersion,
  tlsVersions,
  turnOnServer,
  unknownBuild,
} from './protocols.ts';

export const noTlsVersionEnabled = defineCheck({
  id: 'no-tls-version-enabled',
  questions: { protocols: protocolsQuestion },
  symptom: noVersionAccepted,
  judge({ protocols }, { machine: { build } }) {
    if (protocols.state !== 'known') return healthyIfSeen(protocols);
    const trouble = protocolTrouble(protocols.value, build);
    if (trouble === 'unknown') return { verdict: 'unknown', unseen: [unknownBuild] };
    if (trouble !== 'no-version') return healthy;
    const has13 = supportedVersions(build).includes('TLS 1.3');
    return fault({
      certainty: 'proven',
      title: text('no-tls-version-enabled.title'),
      explanation: text('no-tls-version-enabled.explanation'),
      evidence: supportedVersions(build).flatMap((version) =>
        evidence(protocols.value, protocols.where, version),
      ),
      remedy: {
        consent: 'none',
        changes: [...turnOnServer('TLS 1.2'), ...(has13 ? turnOnServer('TLS 1.3') : [])],
        summary: text(has13 ? 'no-tls-version-enabled.remedy-with-1.3' : 'no-tls-version-enabled.remedy'),
      },
    });
  },
});

function supportedVersions(build: number | undefined): readonly TlsVersion[] {
  return tlsVersions.filter((version) => defaultServerState(version, build) !== 'unsupported');
}

/** What keeps one version from serving; Windows 7 keeps 1.1 and 1.2 back where nothing is set at all. */
function evidence(protocols: RegistryKey, where: string, version: TlsVersion): readonly Evidence[] {
  const seen = settingsEvidence(protocols, where, version, {
    enabled: text('no-tls-version-enabled.expected-enabled'),
    disabledByDefault: text('no-tls-version-enabled.expected-by-default'),
  });
  if (seen.length > 0) return seen;
  const unset = `${where}\\${version}\\Server\\DisabledByDefault`;
  return [evidenceOf(unset, text('saw.absent'), text('no-tls-version-enabled.expected-on'))];
}
