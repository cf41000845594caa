import { type Change, setDword } from '../../model/change.ts';
import type { Blindness } from '../../model/finding.ts';
import { familyOf, type WindowsFamily } from '../../model/machine.ts';
import { type QuestionOf, registryKey } from '../../model/question.ts';
import { dword, findKey, findValue, type RegistryKey } from '../../model/registry.ts';

export const schannelKey = 'SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL';

/** Which TLS versions the administrator turned on or off; with no key Windows' defaults apply. */
export const protocolsQuestion: QuestionOf<'registry-key'> = registryKey(`${schannelKey}\\Protocols`, 2);

export const tlsVersions = ['TLS 1.0', 'TLS 1.1', 'TLS 1.2', 'TLS 1.3'] as const;
export type TlsVersion = (typeof tlsVersions)[number];

/** The server side of one version as the registry sets it: undefined is not set, or set to anything but a DWORD. */
export interface ProtocolSettings {
  readonly enabled: number | undefined;
  readonly disabledByDefault: number | undefined;
}

/**
 * `on`: accepted. `off-by-default`: not among those that Schannel picks unless an application asks, which
 * Remote Desktop does not. `off`: refused. `unsupported`: this Windows has no such version.
 */
export type ProtocolState = 'on' | 'off-by-default' | 'off' | 'unsupported';

/**
 * What the versions' settings mean for clients. `no-version`: none is left to serve. `tls-1.2-off`: 1.2, without
 * which current clients do not connect, is turned off by a setting of its own.
 */
export type ProtocolTrouble = 'no-version' | 'tls-1.2-off' | 'none';

/** One build of each kind that differs in the TLS versions that it has and serves by default. */
const buildsThatDiffer = [7601, 14393, 20348] as const;

/** What a judgement lacks that would need the build. */
export const unknownBuild: Blindness = {
  where: 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\CurrentBuildNumber',
  why: 'the build of Windows is not known',
};

/** The builds that must be reckoned with: the machine's own, or one of each kind where it is not known. */
export function possibleBuilds(build: number | undefined): readonly number[] {
  return build === undefined ? buildsThatDiffer : [build];
}

export function serverKey(version: TlsVersion): string {
  return `${schannelKey}\\Protocols\\${version}\\Server`;
}

/** What turns a version on for incoming connections. `Enabled` alone does not: see Windows 7. */
export function turnOnServer(version: TlsVersion): readonly Change[] {
  const key = serverKey(version);
  return [setDword(key, 'Enabled', 1), setDword(key, 'DisabledByDefault', 0)];
}

/** `protocols` is the key `SCHANNEL\Protocols`; undefined where it is not there. */
export function serverSettings(protocols: RegistryKey | undefined, version: TlsVersion): ProtocolSettings {
  const versionKey = protocols && findKey(protocols, version);
  const server = versionKey && findKey(versionKey, 'Server');
  if (!server) return { enabled: undefined, disabledByDefault: undefined };
  return {
    enabled: dword(findValue(server, 'Enabled')),
    disabledByDefault: dword(findValue(server, 'DisabledByDefault')),
  };
}

/** Whether Windows accepts a version from clients. Any `Enabled` but 0 is on (facts of Schannel). */
export function serverState(
  protocols: RegistryKey | undefined,
  version: TlsVersion,
  build: number | undefined,
): ProtocolState {
  const byDefault = defaultServerState(version, build);
  if (byDefault === 'unsupported') return 'unsupported';
  const { enabled, disabledByDefault } = serverSettings(protocols, version);
  if (enabled === 0) return 'off';
  if (disabledByDefault !== undefined) return disabledByDefault === 0 ? 'on' : 'off-by-default';
  return byDefault;
}

/** What Windows does with a version that nobody turned on or off. */
export function defaultServerState(version: TlsVersion, build: number | undefined): ProtocolState {
  return defaultStateIn(familyOf(build), version);
}

/** 7 and Server 2008 R2 know 1.1 and 1.2 but do not offer them unasked; 1.3 came with build 20348. */
function defaultStateIn(family: WindowsFamily | undefined, version: TlsVersion): ProtocolState {
  if (version === 'TLS 1.3') return family === '2022' || family === '2025' ? 'on' : 'unsupported';
  if (family === '7' && version !== 'TLS 1.0') return 'off-by-default';
  return 'on';
}

/** The trouble that the settings make; `unknown` where it turns on the build and that is not known. */
export function protocolTrouble(
  protocols: RegistryKey | undefined,
  build: number | undefined,
): ProtocolTrouble | 'unknown' {
  const troubles = new Set(possibleBuilds(build).map((possible) => troubleOn(protocols, possible)));
  const [first = 'none'] = troubles;
  if (troubles.size === 1) return first;
  // In trouble on every build, though not the same one: turning 1.2 on is right for both.
  return troubles.has('none') ? 'unknown' : 'tls-1.2-off';
}

function troubleOn(protocols: RegistryKey | undefined, build: number): ProtocolTrouble {
  const tls12 = serverState(protocols, 'TLS 1.2', build);
  if (tlsVersions.some((version) => serverState(protocols, version, build) === 'on')) {
    return tls12 === 'off' ? 'tls-1.2-off' : 'none';
  }
  const { disabledByDefault } = serverSettings(protocols, 'TLS 1.2');
  return tls12 === 'off-by-default' && disabledByDefault !== undefined ? 'tls-1.2-off' : 'no-version';
}
