import type { Evidence } from '../../model/finding.ts';
import type { RegistryKey } from '../../model/registry.ts';
import type { Text } from '../../text/index.ts';
import { evidenceOf } from '../judgement.ts';
import { serverSettings, type TlsVersion } from './protocols.ts';

/** What a healthy machine has in the two values that turn a version off. */
export interface ExpectedSettings {
  readonly enabled: Text;
  readonly disabledByDefault: Text;
}

/** Those of a version's two values that keep it from serving; `where` is the key `Protocols`. */
export function settingsEvidence(
  protocols: RegistryKey,
  where: string,
  version: TlsVersion,
  expected: ExpectedSettings,
): readonly Evidence[] {
  const { enabled, disabledByDefault } = serverSettings(protocols, version);
  const server = `${where}\\${version}\\Server`;
  const seen: Evidence[] = [];
  if (enabled === 0) seen.push(evidenceOf(`${server}\\Enabled`, '0', expected.enabled));
  if (disabledByDefault) {
    seen.push(
      evidenceOf(`${server}\\DisabledByDefault`, String(disabledByDefault), expected.disabledByDefault),
    );
  }
  return seen;
}
