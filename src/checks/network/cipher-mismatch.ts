import type { Known } from '../../model/answer.ts';
import { defineCheck } from '../../model/check.ts';
import type { TlsSupport, VersionSuites } from '../../model/endpoint.ts';
import type { Evidence, Judgement } from '../../model/finding.ts';
import { text } from '../../text/index.ts';
import { suiteName } from '../../wire/tls/index.ts';
import { fault, healthy, healthyIfSeen, networkEvidence } from '../judgement.ts';
import { clientQuestions, concernCurrentClients, saidOf } from './client-agreement.ts';
import { type ClientVerdict, clientNames, clientsThatConnect, judgeClients } from './clients/index.ts';
import { acceptedVersions } from './first-flight.ts';

export const cipherMismatch = defineCheck({
  id: 'cipher-mismatch',
  questions: clientQuestions,
  judge(seen) {
    const { tls, suites } = seen;
    if (tls.state !== 'known' || !isItsTurn(tls.value)) return healthyIfSeen(tls);
    if (suites.state !== 'known') return healthyIfSeen(suites);
    const verdicts = judgeClients(seen);
    const failing = saidOf(verdicts, 'client.fails-suite');
    if (concernCurrentClients(failing)) return mismatch(suites, failing, clientsThatConnect(verdicts));
    if (!concernCurrentClients(saidOf(verdicts, 'client.unknown-suite'))) return healthy;
    const unfinished = suites.value.filter(({ complete }) => !complete);
    return unfinished.length > 0 ? { verdict: 'unknown', unseen: unfinished.map(unseenIn(suites)) } : healthy;
  },
});

/** Where no handshake succeeds, or none newer than TLS 1.1, other checks speak. */
function isItsTurn(tls: TlsSupport): boolean {
  return acceptedVersions(tls).some((version) => version === 'TLS 1.2' || version === 'TLS 1.3');
}

function unseenIn({ where }: Known<unknown>): (suites: VersionSuites) => { where: string; why: string } {
  return ({ version }) => ({ where: `${where}, ${version}`, why: 'not all cipher suites were asked about' });
}

function mismatch(
  { value, where }: Known<readonly VersionSuites[]>,
  failing: readonly ClientVerdict[],
  connecting: readonly ClientVerdict[],
): Judgement {
  const names = { failing: clientNames(failing), working: clientNames(connecting) };
  return fault({
    certainty: failing.some(({ believed }) => !believed) ? 'proven' : 'likely',
    title: text('cipher-mismatch.title'),
    explanation: text(
      connecting.length > 0 ? 'cipher-mismatch.explanation-some' : 'cipher-mismatch.explanation',
      names,
    ),
    evidence: value.flatMap((suites) => acceptedSuites(suites, where)),
    remedy: { consent: 'manual', changes: [], summary: text('cipher-mismatch.remedy') },
  });
}

function acceptedSuites({ version, suites }: VersionSuites, where: string): readonly Evidence[] {
  if (suites.length === 0) return [];
  const names = suites.map(suiteName).join(', ');
  return [networkEvidence(`${where}, ${version}`, names, text('cipher-mismatch.expected'))];
}
