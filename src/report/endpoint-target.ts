import type { Diagnosis } from '../checks/diagnose.ts';
import { judgeClients } from '../checks/network/clients/index.ts';
import type { Answer } from '../model/answer.ts';
import type {
  NegotiationAttempt,
  NlaAttempt,
  PresentedCertificate,
  SettingsAttempt,
  TlsSupport,
  VersionSuites,
} from '../model/endpoint.ts';
import type { EndpointAddress, EndpointTarget } from '../sources/endpoint/index.ts';
import { say, text } from '../text/index.ts';
import { encryptionLevelName, encryptionMethodNames, rdpVersionName } from '../wire/rdp/index.ts';
import { type FirstFlight, suiteName } from '../wire/tls/index.ts';
import { credsspAnswer, flightAnswer, negotiationAnswer, settingsAnswer } from './endpoint-answers.ts';
import { endpointNotes } from './endpoint-notes.ts';
import type { ExaminedTarget } from './report.ts';
import type { ReportedEndpoint } from './schema.ts';
import { reportedMachine } from './target.ts';

/** One address of an endpoint as a report tells of it. */
export function examinedEndpoint(
  { name, port, addresses }: EndpointTarget,
  { address, machine, observed }: EndpointAddress,
  diagnosis: Diagnosis,
  unexplained: readonly string[],
): ExaminedTarget {
  const chain = knownIn(observed['endpoint-certificate']);
  const nla = knownIn(observed['endpoint-nla']);
  return {
    diagnosis,
    target: {
      kind: 'endpoint',
      name,
      address: address ?? null,
      port,
      addresses: addresses.map((reach) => ({ ...reach, milliseconds: rounded(reach.milliseconds) })),
      machine: reportedMachine(machine),
      clock: clockOf(nla),
      phases: phasesOf(observed, addresses.find((reach) => reach.address === address)?.milliseconds),
      negotiation: (knownIn(observed['endpoint-negotiation'])?.attempts ?? []).map(reportedAttempt),
      tls: reportedTls(knownIn(observed['endpoint-tls']), knownIn(observed['endpoint-cipher-suites'])),
      certificates: chain?.certificates.map(reportedCertificate) ?? null,
      keyProven: chain?.keyProven ?? null,
      credssp: reportedCredssp(nla),
      settings: reportedSettings(knownIn(observed['endpoint-settings'])),
      clients: clientsOf(observed),
      notes: endpointNotes(addresses, { address, observed }, unexplained).map(say),
    },
  };
}

function knownIn<T>(answer: Answer<T>): T | undefined {
  return answer.state === 'known' ? answer.value : undefined;
}

/** To a hundredth of a millisecond: what is below is the clock's. */
function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 100) / 100;
}

function clockOf(nla: NlaAttempt | undefined): ReportedEndpoint['clock'] {
  const server = nla?.credssp.kind === 'challenge' ? nla.credssp.challenge.timestamp : undefined;
  if (!nla || !server) return null;
  const aheadSeconds = Math.round((server.getTime() - nla.at.getTime()) / 1000);
  return { server: server.toISOString(), aheadSeconds: aheadSeconds === 0 ? 0 : aheadSeconds };
}

type Phases = ReportedEndpoint['phases'];

function phasesOf(observed: EndpointAddress['observed'], tcp: number | undefined): Phases {
  const first = knownIn(observed['endpoint-negotiation'])?.attempts[0];
  const tls = knownIn(observed['endpoint-tls'])?.first;
  const nla = knownIn(observed['endpoint-nla']);
  const settings = knownIn(observed['endpoint-settings']);
  const phase = (name: string, answer: string, milliseconds: number) => [
    { phase: name, answer, milliseconds: rounded(milliseconds) },
  ];
  return [
    ...(tcp === undefined ? [] : phase('tcp', 'open', tcp)),
    ...(first ? phase('negotiation', negotiationAnswer(first.negotiation), first.milliseconds) : []),
    ...(tls ? phase('tls', flightAnswer(tls.flight), tls.milliseconds) : []),
    ...(nla ? phase('credssp', credsspAnswer(nla), nla.milliseconds) : []),
    ...(settings ? phase('settings', settingsAnswer(settings), settings.milliseconds) : []),
  ];
}

function reportedAttempt({ requested, negotiation, milliseconds }: NegotiationAttempt) {
  return {
    requested,
    answer: negotiationAnswer(negotiation),
    ...(negotiation.kind === 'selected' && { selected: negotiation.selected, flags: negotiation.flags }),
    ...(negotiation.kind === 'failed' && { failure: negotiation.code }),
    milliseconds: rounded(milliseconds),
  };
}

function reportedTls(
  tls: TlsSupport | undefined,
  suites: readonly VersionSuites[] | undefined,
): ReportedEndpoint['tls'] {
  if (!tls) return null;
  const alone = tls.alone.flatMap(({ versions: [version], flight }) =>
    reportedVersion(
      flight,
      version,
      suites?.find((candidate) => candidate.version === version),
    ),
  );
  const [preferred] = reportedVersion(tls.first.flight, undefined, undefined);
  const isListed = alone.some(({ version }) => version === preferred?.version);
  return preferred && !isListed ? [...alone, preferred] : alone;
}

/** `asked` is undefined for the version that was agreed on among all. */
function reportedVersion(
  flight: FirstFlight,
  asked: string | undefined,
  suites: VersionSuites | undefined,
): NonNullable<ReportedEndpoint['tls']> {
  const agreed = agreedVersion(flight);
  const version = asked ?? agreed;
  if (version === undefined) return [];
  return [
    {
      version,
      accepted: agreed === version,
      answer: flightAnswer(flight),
      suites: suites?.suites.map(suiteName) ?? null,
      complete: suites?.complete ?? false,
    },
  ];
}

function agreedVersion(flight: FirstFlight): string | undefined {
  if (flight.kind === 'hello-retry-request') return 'TLS 1.3';
  return flight.kind === 'server-hello' && flight.complete ? flight.version : undefined;
}

function reportedCertificate(certificate: PresentedCertificate) {
  const { thumbprint, subject, issuer, selfSigned, notBefore, notAfter, keyType, keyBits, names, signature } =
    certificate;
  return {
    thumbprint,
    subject,
    issuer,
    selfSigned,
    notBefore: notBefore.toISOString(),
    notAfter: notAfter.toISOString(),
    keyType,
    keyBits,
    names: [...names],
    signature: signature ?? null,
  };
}

function reportedCredssp(nla: NlaAttempt | undefined): ReportedEndpoint['credssp'] {
  if (!nla || !('version' in nla.credssp)) return null;
  const challenge = nla.credssp.kind === 'challenge' ? nla.credssp.challenge : undefined;
  return {
    version: nla.credssp.version,
    answer: credsspAnswer(nla),
    dnsComputer: challenge?.dnsComputer ?? null,
    dnsForest: challenge?.dnsForest ?? null,
  };
}

function reportedSettings(attempt: SettingsAttempt | undefined): ReportedEndpoint['settings'] {
  if (attempt?.settings.kind !== 'connected') return null;
  const { version, security } = attempt.settings;
  return {
    version: rdpVersionName(version),
    encryptionMethod: security ? encryptionMethodNames(security.method).join(', ') : null,
    encryptionLevel: security ? encryptionLevelName(security.level) : null,
  };
}

function clientsOf(observed: EndpointAddress['observed']): ReportedEndpoint['clients'] {
  const verdicts = judgeClients({
    reachability: observed['endpoint-reachability'],
    negotiation: observed['endpoint-negotiation'],
    tls: observed['endpoint-tls'],
    suites: observed['endpoint-cipher-suites'],
    certificate: observed['endpoint-certificate'],
    nla: observed['endpoint-nla'],
    settings: observed['endpoint-settings'],
  });
  return verdicts.map(({ client, outcome, phase, reason, believed }) => ({
    client: say(text(`client.${client}`)),
    outcome,
    phase: phase ?? null,
    reason: say(reason),
    believed,
  }));
}
