import type { TlsAttempt } from '../../model/endpoint.ts';
import type { Evidence } from '../../model/finding.ts';
import { endpointQuestion } from '../../model/question.ts';
import { findKey, findValue, type RegistryKey, showValue } from '../../model/registry.ts';
import { text } from '../../text/index.ts';
import { answersFor, type Diagnosis } from '../diagnose.ts';
import { evidenceOf, networkEvidence } from '../judgement.ts';
import { acceptedAlone, sawOutcome, tlsOutcome } from '../network/first-flight.ts';
import { protocolsQuestion, serverState, type TlsVersion } from '../tls/protocols.ts';
import { agreedOn, helloEvidence, isTurnedDown } from './handshake.ts';
import { type CaseSymptom, defineCaseSymptom } from './symptom.ts';

/** TLS 1.2 is turned down: the same fact, seen from both sides. */
export const tls12Refused: CaseSymptom = defineCaseSymptom({
  questions: { tls: endpointQuestion('endpoint-tls') },
  explains: ['no-modern-tls', 'dropped-at-tls', 'tls-refused'],
  sameFact: true,
  denial: {
    title: text('contradiction.tls-1.2'),
    explanation: text('contradiction.tls-explanation'),
    saidBy: (disk) => saidOnDisk(disk, ['TLS 1.2'], 'on'),
  },
  read({ tls }) {
    if (tls.state !== 'known') return { state: 'untold' };
    const { first, alone } = tls.value;
    if (agreedOn(first) === 'TLS 1.2') {
      return {
        state: 'refuted',
        evidence: [helloEvidence(tls.where, first, text('symptom.expected-no-tls-1.2'))],
      };
    }
    const asked = alone.find(({ versions }) => versions.includes('TLS 1.2'));
    // An answer to an offer of everything in an older version turns 1.2 down as well.
    const attempt = asked ?? (isNewer(agreedOn(first)) ? undefined : first);
    if (!attempt) return { state: 'untold' };
    const where = asked ? `${tls.where}, TLS 1.2 alone` : tls.where;
    if (agreedOn(attempt) === 'TLS 1.2') {
      return {
        state: 'refuted',
        evidence: [helloEvidence(where, attempt, text('symptom.expected-no-tls-1.2'))],
      };
    }
    if (!isTurnedDown(attempt) && agreedOn(attempt) === undefined) return { state: 'untold' };
    return { state: 'shown', evidence: [helloEvidence(where, attempt, text('symptom.expected-tls-1.2'))] };
  },
});

function isNewer(version: TlsVersion | undefined): boolean {
  return version === 'TLS 1.3';
}

/** No version is accepted at all. One that is answered settles it, whatever becomes of the handshake afterwards. */
export const noVersionAccepted: CaseSymptom = defineCaseSymptom({
  questions: { tls: endpointQuestion('endpoint-tls') },
  explains: ['dropped-at-tls', 'tls-refused'],
  sameFact: false,
  read({ tls }) {
    if (tls.state !== 'known') return { state: 'untold' };
    const { first, alone } = tls.value;
    const accepted = [first, ...alone].find((attempt) => agreedOn(attempt) !== undefined);
    if (accepted) {
      return {
        state: 'refuted',
        evidence: [helloEvidence(tls.where, accepted, text('symptom.expected-no-tls'))],
      };
    }
    if (!isTurnedDown(first)) return { state: 'untold' };
    return { state: 'shown', evidence: [helloEvidence(tls.where, first, text('symptom.expected-tls'))] };
  },
});

/**
 * TLS 1.0 or 1.1 is accepted: the same fact, seen from both sides. That neither is does not refute it: they may be on and
 * have no cipher suite.
 */
export const legacyTlsAccepted: CaseSymptom = defineCaseSymptom({
  questions: { tls: endpointQuestion('endpoint-tls') },
  explains: [],
  sameFact: true,
  denial: {
    title: text('contradiction.legacy-tls'),
    explanation: text('contradiction.setting-explanation'),
    saidBy: (disk) => saidOnDisk(disk, ['TLS 1.0', 'TLS 1.1'], 'off'),
  },
  read({ tls }) {
    if (tls.state !== 'known') return { state: 'untold' };
    const legacy = acceptedAlone(tls.value).filter(
      (version) => version === 'TLS 1.0' || version === 'TLS 1.1',
    );
    const accepted = tls.value.alone.filter(({ versions }) => legacy.some((one) => versions.includes(one)));
    if (accepted.length === 0) return { state: 'untold' };
    return { state: 'shown', evidence: accepted.map((attempt) => legacyEvidence(tls.where, attempt)) };
  },
});

function legacyEvidence(where: string, { versions, flight }: TlsAttempt): Evidence {
  const expected = text('symptom.expected-no-legacy-tls');
  return networkEvidence(`${where}, ${versions.join(', ')} alone`, sawOutcome(tlsOutcome(flight)), expected);
}

/** What the disk sets for these versions where that leaves all of them so; nothing where it does not. */
function saidOnDisk(
  { answers, machine: { build } }: Diagnosis,
  versions: readonly TlsVersion[],
  state: 'on' | 'off',
): readonly Evidence[] {
  const { protocols } = answersFor({ protocols: protocolsQuestion }, answers);
  if (protocols.state === 'unknown' || build === undefined) return [];
  const key = protocols.state === 'known' ? protocols.value : undefined;
  if (!versions.every((version) => serverState(key, version, build) === state)) return [];
  return versions.flatMap((version) => settingsOf(key, protocols.where, version, state));
}

function settingsOf(
  protocols: RegistryKey | undefined,
  where: string,
  version: TlsVersion,
  state: 'on' | 'off',
): readonly Evidence[] {
  const versionKey = protocols && findKey(protocols, version);
  const server = versionKey && findKey(versionKey, 'Server');
  const path = `${where}\\${version}\\Server`;
  const expected = text(state === 'on' ? 'symptom.expected-turned-off' : 'symptom.expected-turned-on');
  const seen = ['Enabled', 'DisabledByDefault'].flatMap((name) => {
    const value = server && findValue(server, name);
    return value ? [evidenceOf(`${path}\\${name}`, showValue(value), expected)] : [];
  });
  return seen.length > 0 ? seen : [evidenceOf(path, text('symptom.on-by-default'), expected)];
}
