import { type Answer, known, unknown } from '../../../model/answer.ts';
import type {
  Handshake,
  NegotiationAttempt,
  NlaAttempt,
  PresentedChain,
  Reachability,
  SettingsAttempt,
  TlsAttempt,
  TlsSupport,
  VersionSuites,
} from '../../../model/endpoint.ts';
import type { Credssp } from '../../../wire/credssp/index.ts';
import type { Negotiation } from '../../../wire/rdp/index.ts';
import type { FirstFlight, TlsVersion } from '../../../wire/tls/index.ts';
import type { SeenEndpoint } from './verdict.ts';

const where = 'server:3389';
const bytes = new Uint8Array(0);

export const allVersions: readonly TlsVersion[] = ['TLS 1.0', 'TLS 1.1', 'TLS 1.2', 'TLS 1.3'];

export function notSeen<T>(): Answer<T> {
  return unknown(where, 'the deadline passed');
}

export const nothingSeen: SeenEndpoint = {
  reachability: notSeen(),
  negotiation: notSeen(),
  tls: notSeen(),
  suites: notSeen(),
  certificate: notSeen(),
  nla: notSeen(),
};

export function reached(tcp: Reachability['addresses'][number]['tcp']): Answer<Reachability> {
  const address = { address: '192.0.2.1', family: 'IPv4', tcp, milliseconds: 1, detail: '' } as const;
  return known({ name: 'server', port: 3389, addresses: [address] }, where);
}

/** `[3, 2]`: asked for 3, it chooses 2; `[3, 'failure 5']`; `[3, 'reset']`; `[3, 'no data']`; `[3, 'HTTP']`. */
export type Row = readonly [requested: number, answer: number | string];

export function negotiated(...rows: readonly Row[]): SeenEndpoint['negotiation'] {
  const attempts = rows.map(([requested, answer]): NegotiationAttempt => {
    return { requested, negotiation: negotiation(answer), milliseconds: 1 };
  });
  return known({ attempts }, where);
}

function negotiation(answer: number | string): Negotiation {
  if (typeof answer === 'number') return { kind: 'selected', selected: answer, flags: 0, bytes };
  if (answer.startsWith('failure ')) return { kind: 'failed', code: Number(answer.slice(8)), bytes };
  if (answer === 'no data') return { kind: 'no-data', bytes };
  if (answer === 'HTTP') return { kind: 'not-rdp', service: 'HTTP', detail: 'HTTP/1.1', bytes };
  return { kind: 'ended', ending: 'reset', bytes };
}

/** A suite's number, the one that the endpoint chose; `protocol_version`; or `reset`. */
export type Flight = number | 'protocol_version' | 'reset' | 'too-late';

export function attempt(versions: readonly TlsVersion[], chosen: TlsVersion, flight: Flight): TlsAttempt {
  return { versions, flight: firstFlight(chosen, flight), milliseconds: 1 };
}

function firstFlight(version: TlsVersion, flight: Flight): FirstFlight {
  if (flight === 'protocol_version') return { kind: 'alert', level: 2, description: 70, bytes };
  if (typeof flight === 'string') {
    return { kind: 'ended', ending: flight === 'reset' ? 'reset' : 'too-late', bytes };
  }
  const rest = { certificates: [], complete: true, group: undefined, alert: undefined, ending: undefined };
  return { kind: 'server-hello', version, suite: flight, ...rest, bytes };
}

/** TLS 1.0 first; undefined for a version that is refused. */
export type PerVersion = readonly (readonly number[] | undefined)[];

/** The endpoint accepts these suites with TLS 1.0, 1.1, 1.2 and 1.3, seen by elimination. */
export function speaks(...perVersion: PerVersion): Pick<SeenEndpoint, 'tls' | 'suites'> {
  const tls = known(support(perVersion), where);
  const suites = allVersions.map((version, index): VersionSuites => {
    return { version, suites: perVersion[index] ?? [], complete: true };
  });
  return { tls, suites: known(suites, where) };
}

/** What each version alone came to, and all together, without elimination: TLS 1.0 first. */
export function speaksAlone(...perVersion: PerVersion): Pick<SeenEndpoint, 'tls' | 'suites'> {
  return { tls: known(support(perVersion), where), suites: notSeen() };
}

/** One ClientHello with everything, as `--quick` does. */
export function speaksQuickly(version: TlsVersion, flight: Flight): Pick<SeenEndpoint, 'tls' | 'suites'> {
  const first = attempt(allVersions, version, flight);
  return { tls: known({ first, alone: [], handshake: undefined }, where), suites: notSeen() };
}

export function support(perVersion: PerVersion, handshake?: Handshake): TlsSupport {
  const alone = allVersions.map((version, index) => {
    return attempt([version], version, perVersion[index]?.[0] ?? 'protocol_version');
  });
  const newest = alone.findLast(({ flight }) => flight.kind === 'server-hello');
  const first = newest ?? attempt(allVersions, 'TLS 1.2', 'reset');
  return { first: { ...first, versions: allVersions }, alone, handshake };
}

export function presents(keyType: 'rsa' | 'ec' | 'other', keyBits: number): Answer<PresentedChain> {
  const certificate = {
    der: bytes,
    thumbprint: '00',
    subject: 'CN=server',
    issuer: 'CN=server',
    selfSigned: true,
    notBefore: new Date('2026-01-01'),
    notAfter: new Date('2026-07-01'),
    keyType,
    keyBits,
    names: [],
    signature: 'sha256WithRSAEncryption',
  };
  return known({ certificates: [certificate], keyProven: true }, where);
}

/** MCS Connect under that protocol comes to this. */
export function answersSettings(
  protocol: 0 | 1,
  settings: SettingsAttempt['settings'],
): Answer<SettingsAttempt> {
  return known({ protocol, settings, milliseconds: 1 }, where);
}

/** A CHALLENGE by that version of CredSSP, or something else in its place. */
export function answersNla(credssp: number | Credssp): Answer<NlaAttempt> {
  const at = new Date('2026-03-01');
  return known(
    { credssp: typeof credssp === 'number' ? challenge(credssp) : credssp, at, milliseconds: 1 },
    where,
  );
}

function challenge(version: number): Credssp {
  const untold = {
    version: undefined,
    targetName: undefined,
    netbiosComputer: undefined,
    netbiosDomain: undefined,
    dnsComputer: undefined,
    dnsDomain: undefined,
    dnsForest: undefined,
    timestamp: undefined,
    avFlags: undefined,
  };
  return { kind: 'challenge', version, challenge: { flags: 0, ...untold }, bytes };
}
