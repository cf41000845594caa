import { familyOf, type WindowsFamily } from '../../model/machine.ts';
import { type QuestionOf, registryKey } from '../../model/question.ts';
import { dword, findKey, type RegistryKey } from '../../model/registry.ts';

export const schannelKey = 'SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL';

/** Which TLS versions the administrator turned on or off; with no key Windows' defaults apply. */
export const protocolsQuestion: QuestionOf<'registry-key'> = registryKey(`${schannelKey}\\Protocols`, 2);

export const tlsVersions = ['TLS 1.0', 'TLS 1.1', 'TLS 1.2', 'TLS 1.3'] as const;
export type TlsVersion = (typeof tlsVersions)[number];

/** The server side of one version as the registry sets it: undefined is not set. */
export interface ProtocolSettings {
  readonly enabled: number | undefined;
  readonly disabledByDefault: number | undefined;
}

/**
 * `on`: accepted. `off-by-default`: not among those that Schannel picks unless an application asks, which
 * Remote Desktop does not. `off`: refused. `unsupported`: this Windows has no such version.
 */
export type ProtocolState = 'on' | 'off-by-default' | 'off' | 'unsupported';

export function serverKey(version: TlsVersion): string {
  return `${schannelKey}\\Protocols\\${version}\\Server`;
}

/** `protocols` is the key `SCHANNEL\Protocols`; undefined where it is not there. */
export function serverSettings(protocols: RegistryKey | undefined, version: TlsVersion): ProtocolSettings {
  const versionKey = protocols && findKey(protocols, version);
  const server = versionKey && findKey(versionKey, 'Server');
  if (!server) return { enabled: undefined, disabledByDefault: undefined };
  const value = (name: string) =>
    dword(server.values.find((candidate) => candidate.name.toLowerCase() === name)?.value);
  return { enabled: value('enabled'), disabledByDefault: value('disabledbydefault') };
}

/** Whether Windows accepts a version from clients. Any `Enabled` but 0 is on (facts of Schannel). */
export function serverState(
  protocols: RegistryKey | undefined,
  version: TlsVersion,
  build: number | undefined,
): ProtocolState {
  const byDefault = defaultState(version, familyOf(build));
  if (byDefault === 'unsupported') return 'unsupported';
  const { enabled, disabledByDefault } = serverSettings(protocols, version);
  if (enabled === 0) return 'off';
  if (disabledByDefault !== undefined) return disabledByDefault === 0 ? 'on' : 'off-by-default';
  return byDefault;
}

/** 7 and Server 2008 R2 know 1.1 and 1.2 but do not offer them unasked; 1.3 came with build 20348. */
function defaultState(version: TlsVersion, family: WindowsFamily | undefined): ProtocolState {
  if (version === 'TLS 1.3') return family === '2022' || family === '2025' ? 'on' : 'unsupported';
  if (family === '7' && version !== 'TLS 1.0') return 'off-by-default';
  return 'on';
}
