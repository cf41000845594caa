import type { Answer, Known } from '../../model/answer.ts';
import { defineCheck } from '../../model/check.ts';
import type { Repeats, TlsSupport } from '../../model/endpoint.ts';
import type { Evidence, Judgement } from '../../model/finding.ts';
import { endpointQuestion } from '../../model/question.ts';
import { type Text, text } from '../../text/index.ts';
import { fault, healthy, healthyIfSeen, networkEvidence } from '../judgement.ts';
import {
  acceptedAlone,
  alikeAnswers,
  answersDiffer,
  type BrokenHandshake,
  brokenHandshake,
  standsAllTheSame,
  type TlsOutcome,
  tlsEvidence,
  tlsOutcome,
} from './first-flight.ts';

export const droppedAtTls = defineCheck({
  id: 'dropped-at-tls',
  questions: { tls: endpointQuestion('endpoint-tls'), repeats: endpointQuestion('endpoint-repeats') },
  judge({ tls, repeats }) {
    if (tls.state !== 'known') return healthyIfSeen(tls);
    if (standsAllTheSame(tls.value)) return healthy;
    const outcome = tlsOutcome(tls.value.first.flight);
    if (outcome.kind === 'dropped' || outcome.kind === 'not-tls') {
      // Where like connections differ, unstable-answers speaks.
      return answersDiffer(repeats) ? healthy : dropped(tls, repeats, outcome);
    }
    const broken = brokenHandshake(tls.value);
    // An alert is tls-refused's.
    return broken && broken.alert === undefined ? brokenLater(tls, broken) : healthy;
  },
});

type Dropped = Extract<TlsOutcome, { kind: 'dropped' | 'not-tls' }>;

function dropped(tls: Known<TlsSupport>, repeats: Answer<Repeats>, outcome: Dropped): Judgement {
  const times = alikeAnswers(repeats);
  return fault({
    certainty: times >= 2 ? 'proven' : 'likely',
    title: title(outcome),
    explanation: explanation(tls.value, outcome),
    evidence: [...tlsEvidence(tls.value, tls.where), ...repetition(repeats.where, times)],
    remedy: { consent: 'manual', changes: [], summary: remedy(tls.value, outcome) },
  });
}

function repetition(where: string, times: number): readonly Evidence[] {
  if (times < 2) return [];
  return [
    networkEvidence(
      `${where}, TLS ClientHello`,
      text('saw.tls-alike', { times }),
      text('expected.tls-server-hello'),
    ),
  ];
}

function title(outcome: Dropped): Text {
  if (outcome.kind === 'not-tls') {
    return text(isRecord(outcome.bytes) ? 'dropped-at-tls.title-unreadable' : 'dropped-at-tls.title-not-tls');
  }
  const silent = outcome.ending === 'too-late';
  if (outcome.after !== undefined) return laterTitle(silent);
  return text(silent ? 'dropped-at-tls.title-silent' : 'dropped-at-tls.title');
}

function explanation(tls: TlsSupport, outcome: Dropped): Text {
  const works = acceptedAlone(tls);
  const silent = outcome.kind === 'dropped' && outcome.ending === 'too-late';
  if (works.length > 0) {
    const answer = silent ? 'silence' : 'end';
    return text('dropped-at-tls.only-together', { versions: works.join(', '), answer });
  }
  if (outcome.kind === 'not-tls') {
    return text(isRecord(outcome.bytes) ? 'dropped-at-tls.unreadable' : 'dropped-at-tls.not-tls');
  }
  if (outcome.after !== undefined) return later(silent);
  return text(silent ? 'dropped-at-tls.silent' : 'dropped-at-tls.explanation');
}

/** Whether it is framed as TLS and SSL 3.0 are: a content type, and the major version 3. */
function isRecord([type = 0, major]: Uint8Array): boolean {
  return type >= 20 && type <= 24 && major === 3;
}

function remedy(tls: TlsSupport, outcome: Dropped): Text {
  if (acceptedAlone(tls).length > 0) return text('dropped-at-tls.remedy-only-together');
  return text(outcome.kind === 'not-tls' ? 'dropped-at-tls.remedy-not-tls' : 'dropped-at-tls.remedy');
}

function laterTitle(silent: boolean): Text {
  return text(silent ? 'dropped-at-tls.title-later-silent' : 'dropped-at-tls.title-later');
}

function later(silent: boolean): Text {
  return text(silent ? 'dropped-at-tls.later-silent' : 'dropped-at-tls.later');
}

/** The ServerHello came, and the server left when it had to show that it holds the key. */
function brokenLater({ where, value }: Known<TlsSupport>, { detail }: BrokenHandshake): Judgement {
  const silent = detail === 'silence';
  return fault({
    certainty: 'likely',
    title: laterTitle(silent),
    explanation: later(silent),
    evidence: [
      ...tlsEvidence(value, where),
      networkEvidence(`${where}, whole handshake`, detail, text('expected.tls-handshake')),
    ],
    remedy: { consent: 'manual', changes: [], summary: text('dropped-at-tls.remedy') },
  });
}
