import type { Answer } from '../../model/answer.ts';
import { defineCheck } from '../../model/check.ts';
import type { NlaAttempt, PresentedCertificate } from '../../model/endpoint.ts';
import type { Certainty, Evidence, Judgement } from '../../model/finding.ts';
import { endpointQuestion } from '../../model/question.ts';
import { type Text, text } from '../../text/index.ts';
import { isCurrent, validity } from '../certificate/validity.ts';
import { fault, healthy, healthyIfSeen, networkEvidence } from '../judgement.ts';

/** What the network shows of the same cause that `certificate/certificate-expired.ts` looks for on a disk. */
export const presentedCertificateExpired = defineCheck({
  id: 'certificate-expired',
  questions: { chain: endpointQuestion('endpoint-certificate'), nla: endpointQuestion('endpoint-nla') },
  judge({ chain, nla }, { now }) {
    if (chain.state !== 'known') return healthyIfSeen(chain);
    const [certificate] = chain.value.certificates;
    const clocks = clocksOf(now, nla);
    const verdict = verdictOf(certificate, clocks);
    return verdict ? expired(chain.where, certificate, verdict, clockEvidence(clocks, nla.where)) : healthy;
  },
});

/** Ours, and the server's at the same moment where it told it. */
interface Clocks {
  readonly ours: Date;
  readonly servers: Date | undefined;
}

function clocksOf(ours: Date, nla: Answer<NlaAttempt>): Clocks {
  const credssp = nla.state === 'known' ? nla.value.credssp : undefined;
  const told = credssp?.kind === 'challenge' ? credssp.challenge.timestamp : undefined;
  if (nla.state !== 'known' || !told) return { ours, servers: undefined };
  return { ours, servers: new Date(ours.getTime() + told.getTime() - nla.value.at.getTime()) };
}

interface Verdict {
  readonly certainty: Certainty;
  readonly title: Text;
  readonly explanation: Text;
  readonly remedy: Text;
}

/** Clients judge by their own clocks: what one that goes like the server's makes of it, the server's tells. */
function verdictOf(certificate: PresentedCertificate, { ours, servers }: Clocks): Verdict | undefined {
  const byOurs = !isCurrent(certificate, ours);
  const byServers = servers === undefined ? byOurs : !isCurrent(certificate, servers);
  if (byOurs && byServers) {
    const early = ours < certificate.notBefore;
    return { certainty: servers === undefined ? 'likely' : 'proven', ...wordsFor(certificate, early) };
  }
  if (byOurs) return { certainty: 'likely', ...ofTwoClocks('certificate-expired.presented-by-ours') };
  if (byServers) return { certainty: 'possible', ...ofTwoClocks('certificate-expired.presented-by-servers') };
  return undefined;
}

function ofTwoClocks(
  id: 'certificate-expired.presented-by-ours' | 'certificate-expired.presented-by-servers',
): Omit<Verdict, 'certainty'> {
  return {
    title: text('certificate-expired.presented-clock-title'),
    explanation: text(id),
    remedy: text('certificate-expired.presented-clock-remedy'),
  };
}

function wordsFor({ selfSigned }: PresentedCertificate, early: boolean): Omit<Verdict, 'certainty'> {
  const renewed = selfSigned
    ? text('certificate-expired.presented-self-signed-remedy')
    : text('certificate-expired.presented-remedy');
  const title = text('certificate-expired.title');
  if (early) return { title, explanation: text('certificate-expired.presented-early'), remedy: renewed };
  const ended = selfSigned
    ? text('certificate-expired.presented-self-signed')
    : text('certificate-expired.presented');
  return { title, explanation: ended, remedy: renewed };
}

function expired(
  where: string,
  certificate: PresentedCertificate,
  { certainty, title, explanation, remedy }: Verdict,
  clock: readonly Evidence[],
): Judgement {
  return fault({
    certainty,
    title,
    explanation,
    evidence: [networkEvidence(where, validity(certificate), text('certificate-expired.expected')), ...clock],
    remedy: { consent: 'manual', changes: [], summary: remedy },
  });
}

/** The server's clock beside ours: what the dates are judged by, and what Kerberos does not forgive. */
function clockEvidence({ ours, servers }: Clocks, where: string): readonly Evidence[] {
  if (!servers) return [];
  const saw = text('certificate-expired.presented-clock', { servers: minute(servers), ours: minute(ours) });
  return [networkEvidence(where, saw, text('certificate-expired.presented-expected-clock'))];
}

function minute(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
