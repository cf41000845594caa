import type { Answer, Known } from '../../model/answer.ts';
import { defineCheck } from '../../model/check.ts';
import type {
  NegotiationMatrix,
  NlaAttempt,
  PresentedChain,
  SettingsAttempt,
  TlsSupport,
} from '../../model/endpoint.ts';
import type { Conclusion, Evidence, Finding } from '../../model/finding.ts';
import { endpointQuestion } from '../../model/question.ts';
import { text } from '../../text/index.ts';
import { suiteName } from '../../wire/tls/index.ts';
import { healthy, networkEvidence, unseenAmong } from '../judgement.ts';
import { attemptEvidence, showBytes } from './evidence.ts';
import { standsAllTheSame } from './first-flight.ts';
import { selectsTls } from './requests.ts';

export const healthyFromHere = defineCheck({
  id: 'healthy-from-here',
  questions: {
    reachability: endpointQuestion('endpoint-reachability'),
    negotiation: endpointQuestion('endpoint-negotiation'),
    tls: endpointQuestion('endpoint-tls'),
    certificate: endpointQuestion('endpoint-certificate'),
    nla: endpointQuestion('endpoint-nla'),
    settings: endpointQuestion('endpoint-settings'),
  },
  judge({ reachability, negotiation, tls, certificate, nla, settings }, { findings }) {
    if (findings.some(({ verdict }) => verdict === 'fault')) return healthy;
    const unseen = unseenAmong(reachability, negotiation, tls, certificate, nla);
    if (unseen.length > 0) return { verdict: 'unknown', unseen };
    const phases = [agreedProtocol(negotiation), agreedTls(tls), presented(certificate)];
    if (phases.includes(undefined)) return healthy;
    const upToTls = phases.filter((phase) => phase !== undefined);
    const shares = sharesOf(findings, tls);
    return { verdict: 'healthy', conclusion: conclusion(upToTls, signInOf(nla, settings), shares) };
  },
});

/** What was well in one phase; undefined where it was not seen to be. */
type Well = Evidence | undefined;

/** Whether it is known what each client shares with the server: the versions of TLS, and the suites. */
type Shares = 'seen' | 'unasked' | 'unshown';

/** No surer than the checks that look at it: what they could not see may be what fails. */
function sharesOf(findings: readonly Finding[], tls: Answer<TlsSupport>): Shares {
  if (tls.state === 'known' && standsAllTheSame(tls.value)) return 'unshown';
  const open = findings.some(({ check, verdict }) => verdict === 'unknown' && aboutShares.has(check));
  return open ? 'unasked' : 'seen';
}

const aboutShares: ReadonlySet<string> = new Set(['no-modern-tls', 'cipher-mismatch']);

/** What came after TLS: a sign-in that begins, an odd answer, or nothing that was seen. */
interface SignIn {
  readonly begins: Well;
  readonly broken: Well;
}

function signInOf(nla: Answer<NlaAttempt>, settings: Answer<SettingsAttempt>): SignIn {
  const broken = settings.state === 'known' ? brokenOff(settings) : undefined;
  return { begins: signInBegins(nla, settings), broken };
}

function conclusion(upToTls: readonly Evidence[], { begins, broken }: SignIn, shares: Shares): Conclusion {
  if (broken) return breaksOff([...upToTls, broken], 'broken', shares);
  if (!begins) return breaksOff(upToTls, 'tls', shares);
  const evidence = [...upToTls, begins];
  return shares === 'seen' ? well(evidence) : wellAsFarAsAsked(evidence, shares);
}

function well(evidence: readonly Evidence[]): Conclusion {
  return {
    certainty: 'proven',
    title: text('healthy-from-here.title'),
    explanation: text('healthy-from-here.explanation'),
    evidence,
    next: text('healthy-from-here.next'),
  };
}

function wellAsFarAsAsked(evidence: readonly Evidence[], shares: Exclude<Shares, 'seen'>): Conclusion {
  return {
    certainty: 'likely',
    title: text('healthy-from-here.not-all-title'),
    explanation: text(`healthy-from-here.${shares}`),
    evidence,
    next: text('healthy-from-here.next'),
  };
}

/** What comes after TLS could not be looked at, or went wrong for a request that no client makes just so. */
function breaksOff(evidence: readonly Evidence[], how: 'tls' | 'broken', shares: Shares): Conclusion {
  return {
    certainty: 'likely',
    title: text(`healthy-from-here.${how}-title`),
    explanation: text(`healthy-from-here.${how}`, { shares }),
    evidence,
    next: text('healthy-from-here.next'),
  };
}

function agreedProtocol(negotiation: Answer<NegotiationMatrix>): Well {
  const attempt = negotiation.state === 'known' ? negotiation.value.attempts[0] : undefined;
  if (!attempt || !selectsTls(attempt)) return undefined;
  return attemptEvidence(negotiation.where, attempt, text('network.expected.protected'));
}

function agreedTls(tls: Answer<TlsSupport>): Well {
  if (tls.state !== 'known') return undefined;
  const agreed = standsAllTheSame(tls.value)
    ? text('healthy-from-here.saw-handshake')
    : agreedVersion(tls.value);
  if (agreed === undefined) return undefined;
  return networkEvidence(tls.where, agreed, text('healthy-from-here.expected-tls'));
}

function agreedVersion({ first: { flight } }: TlsSupport): string | undefined {
  if (flight.kind === 'hello-retry-request') return `TLS 1.3, ${suiteName(flight.suite)}`;
  if (flight.kind !== 'server-hello' || !flight.complete) return undefined;
  return `${flight.version}, ${suiteName(flight.suite)}`;
}

function presented(certificate: Answer<PresentedChain>): Well {
  if (certificate.state !== 'known') return undefined;
  const [{ subject, thumbprint, notAfter }] = certificate.value.certificates;
  const saw = text('healthy-from-here.saw-certificate', {
    subject,
    thumbprint,
    until: notAfter.toISOString().slice(0, 10),
  });
  return networkEvidence(certificate.where, saw, text('healthy-from-here.expected-certificate'));
}

/** The last thing that is to be seen without signing in: a CHALLENGE, or the settings where a logon screen comes next. */
function signInBegins(nla: Answer<NlaAttempt>, settings: Answer<SettingsAttempt>): Well {
  if (nla.state === 'known') return challenged(nla);
  return settings.state === 'known' ? connected(settings) : undefined;
}

function challenged({ where, value: { credssp } }: Known<NlaAttempt>): Well {
  if (credssp.kind !== 'challenge') return undefined;
  const { dnsComputer, netbiosComputer } = credssp.challenge;
  const saw = text('healthy-from-here.saw-challenge', {
    version: credssp.version,
    computer: dnsComputer ?? netbiosComputer ?? '?',
  });
  return networkEvidence(where, saw, text('healthy-from-here.expected-challenge'));
}

function connected({ where, value: { settings } }: Known<SettingsAttempt>): Well {
  if (settings.kind !== 'connected') return undefined;
  const version = `0x${settings.version.toString(16).padStart(8, '0')}`;
  const saw = text('healthy-from-here.saw-connected', { version });
  return networkEvidence(where, saw, text('healthy-from-here.expected-connected'));
}

/** Undefined where MCS Connect went well; where the connection ended there, dropped-after-tls speaks. */
function brokenOff({ where, value: { settings } }: Known<SettingsAttempt>): Evidence | undefined {
  if (settings.kind === 'connected' || settings.kind === 'ended') return undefined;
  const saw = text(`healthy-from-here.saw-${settings.kind}`, { bytes: showBytes(settings.bytes) });
  return networkEvidence(where, saw, text('healthy-from-here.expected-connected'));
}
