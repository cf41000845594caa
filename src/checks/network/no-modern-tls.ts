import type { Known } from '../../model/answer.ts';
import { defineCheck } from '../../model/check.ts';
import type { TlsSupport } from '../../model/endpoint.ts';
import type { Certainty, Judgement } from '../../model/finding.ts';
import { type Text, text } from '../../text/index.ts';
import type { TlsVersion } from '../../wire/tls/index.ts';
import { fault, healthy, healthyIfSeen } from '../judgement.ts';
import { clientQuestions, concernCurrentClients, saidOf } from './client-agreement.ts';
import { type ClientVerdict, clientNames, clientsThatConnect, judgeClients } from './clients/index.ts';
import { acceptedVersions, standsAllTheSame, tlsEvidence, tlsOutcome } from './first-flight.ts';

export const noModernTls = defineCheck({
  id: 'no-modern-tls',
  questions: clientQuestions,
  judge(seen) {
    const { tls } = seen;
    if (tls.state !== 'known') return healthyIfSeen(tls);
    if (standsAllTheSame(tls.value)) return { verdict: 'unknown', unseen: [notShown(tls.where)] };
    const accepted = acceptedVersions(tls.value);
    // Where no handshake succeeds at all, it is not about versions: dropped-at-tls or tls-refused speaks.
    if (accepted.length === 0) return healthy;
    const verdicts = judgeClients(seen);
    if (!accepted.some(isModern)) return tooOld(tls, accepted, verdicts);
    if (concernCurrentClients(failing(verdicts))) return tooNew(tls, accepted, verdicts);
    return isOpen(tls.value) ? { verdict: 'unknown', unseen: [notAskedAlone(tls.where)] } : healthy;
  },
});

function isModern(version: TlsVersion): boolean {
  return version === 'TLS 1.2' || version === 'TLS 1.3';
}

function failing(verdicts: readonly ClientVerdict[]): readonly ClientVerdict[] {
  return saidOf(verdicts, 'client.fails-version');
}

/** Which versions it accepts beside TLS 1.3 is only seen where each was asked alone. */
function isOpen({ first, alone }: TlsSupport): boolean {
  const outcome = tlsOutcome(first.flight);
  return alone.length === 0 && outcome.kind === 'agreed' && outcome.version === 'TLS 1.3';
}

function notAskedAlone(where: string): { where: string; why: string } {
  return { where: `${where}, TLS 1.2 alone`, why: 'each version alone was not asked' };
}

function notShown(where: string): { where: string; why: string } {
  return { where, why: 'a whole handshake succeeded, but the one that offers every version was turned down' };
}

/** The newest version that a server has is what it answers to an offer of all: more need not be asked. */
function tooOld(
  tls: Known<TlsSupport>,
  accepted: readonly TlsVersion[],
  verdicts: readonly ClientVerdict[],
): Judgement {
  return trouble(tls, 'proven', {
    title: text('no-modern-tls.title', { version: accepted.at(-1) ?? '' }),
    explanation: explanation('no-modern-tls.explanation', accepted, verdicts),
    remedy: text('no-modern-tls.remedy'),
  });
}

function tooNew(
  tls: Known<TlsSupport>,
  accepted: readonly TlsVersion[],
  verdicts: readonly ClientVerdict[],
): Judgement {
  const isSure = refusesInWords(tls.value) && failing(verdicts).some(({ believed }) => !believed);
  return trouble(tls, isSure ? 'proven' : 'likely', {
    title: text('no-modern-tls.title-too-new', { versions: accepted.join(', ') }),
    explanation: explanation('no-modern-tls.too-new', accepted, verdicts),
    remedy: text('no-modern-tls.remedy-too-new'),
  });
}

/** A version that is dropped without a word may have been dropped for another reason. */
function refusesInWords({ alone }: TlsSupport): boolean {
  return alone.every(({ flight }) => {
    const outcome = tlsOutcome(flight);
    if (outcome.kind === 'not-tls') return outcome.choosesOther;
    return outcome.kind !== 'dropped';
  });
}

function explanation(
  id: 'no-modern-tls.explanation' | 'no-modern-tls.too-new',
  accepted: readonly TlsVersion[],
  verdicts: readonly ClientVerdict[],
): Text {
  const versions = accepted.join(', ');
  const connecting = clientsThatConnect(verdicts);
  const names = { versions, failing: clientNames(failing(verdicts)), working: clientNames(connecting) };
  return connecting.length > 0 ? text(`${id}-some`, names) : text(id, names);
}

interface Words {
  readonly title: Text;
  readonly explanation: Text;
  readonly remedy: Text;
}

function trouble(
  { value, where }: Known<TlsSupport>,
  certainty: Certainty,
  { title, explanation, remedy }: Words,
): Judgement {
  return fault({
    certainty,
    title,
    explanation,
    evidence: tlsEvidence(value, where),
    remedy: { consent: 'manual', changes: [], summary: remedy },
  });
}
