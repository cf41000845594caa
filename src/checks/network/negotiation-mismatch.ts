import type { Answer, Known } from '../../model/answer.ts';
import { defineCheck } from '../../model/check.ts';
import type { NegotiationAttempt, NegotiationMatrix, Repeats } from '../../model/endpoint.ts';
import type { Certainty, Judgement } from '../../model/finding.ts';
import { endpointQuestion } from '../../model/question.ts';
import { type Text, text } from '../../text/index.ts';
import type { Negotiation } from '../../wire/rdp/index.ts';
import { fault, healthy, healthyIfSeen } from '../judgement.ts';
import { clientQuestions } from './client-agreement.ts';
import { type ClientVerdict, clientNames, clientsThatFail, judgeClients } from './clients/index.ts';
import { attemptEvidence } from './evidence.ts';
import { certaintyOfDrop, certaintyOfSilence, isUnstable, seriesOf } from './repeats.ts';
import { attemptWithoutRdp, certificateFailures, hasStandardSecurityAlone } from './requests.ts';

export const negotiationMismatch = defineCheck({
  id: 'negotiation-mismatch',
  questions: {
    ...clientQuestions,
    repeats: endpointQuestion('endpoint-repeats'),
  },
  judge({ repeats, ...seen }) {
    const { negotiation } = seen;
    if (negotiation.state !== 'known') return healthyIfSeen(negotiation);
    if (isToldByOthers(negotiation.value)) return healthy;
    const verdicts = judgeClients(seen);
    const failing = clientsThatFail(verdicts, 'negotiation').filter(isTurnedDown);
    const turnedAway = requestsOfClients(negotiation.value).filter(isTurnedAway);
    const [telling] = turnedAway;
    if (failing.length === 0 || !telling || isUnstableHere(telling, repeats)) return healthy;
    return mismatch(negotiation, verdicts, { telling, certainty: certaintyOf(failing, telling, repeats) });
  },
});

/** What comes after standard security was agreed on is dropped-after-tls's. */
function isTurnedDown({ reason }: ClientVerdict): boolean {
  return reason.id !== 'client.fails-session';
}

/** No Remote Desktop at all, no certificate, and standard security alone have checks of their own. */
function isToldByOthers(matrix: NegotiationMatrix): boolean {
  return (
    attemptWithoutRdp(matrix) !== undefined ||
    certificateFailures(matrix).length > 0 ||
    hasStandardSecurityAlone(matrix)
  );
}

/** What the named clients ask for, the fullest first; the last are what some ask for once they were refused. */
const asked = [0xb, 0x3, 0x1, 0x0] as const;

function requestsOfClients({ attempts }: NegotiationMatrix): readonly NegotiationAttempt[] {
  return asked.flatMap((requested) => attempts.find((attempt) => attempt.requested === requested) ?? []);
}

function isTurnedAway({ requested, negotiation }: NegotiationAttempt): boolean {
  if (negotiation.kind === 'no-data') return false;
  return negotiation.kind !== 'selected' || isUnasked(requested, negotiation.selected);
}

function isUnasked(requested: number, selected: number): boolean {
  return (selected & requested) !== selected;
}

/** Where connections go now this way and now that, one that was dropped says nothing of what it asked. */
function isUnstableHere({ negotiation }: NegotiationAttempt, repeats: Answer<Repeats>): boolean {
  if (negotiation.kind !== 'ended' || repeats.state !== 'known') return false;
  return seriesOf(repeats.value).some(isUnstable);
}

/** What is believed of clients, and a drop that was seen once, prove nothing. */
function certaintyOf(
  failing: readonly ClientVerdict[],
  { negotiation }: NegotiationAttempt,
  repeats: Answer<Repeats>,
): Certainty {
  if (failing.every(({ believed }) => believed)) return 'likely';
  if (negotiation.kind !== 'ended') return 'proven';
  return negotiation.ending === 'too-late' ? certaintyOfSilence(repeats) : certaintyOfDrop(repeats);
}

function mismatch(
  { where, value }: Known<NegotiationMatrix>,
  verdicts: readonly ClientVerdict[],
  { telling, certainty }: { readonly telling: NegotiationAttempt; readonly certainty: Certainty },
): Judgement {
  const failing = clientsThatFail(verdicts, 'negotiation');
  const working = verdicts.filter(agrees);
  return fault({
    certainty,
    title: titleFor(failing, verdicts.length),
    explanation: text(`negotiation-mismatch.${manner(telling.negotiation)}`, {
      failing: clientNames(failing),
      working: clientNames(working),
      workingCount: working.length,
    }),
    evidence: requestsOfClients(value).map((attempt) => attemptEvidence(where, attempt, expectedOf(attempt))),
    remedy: { consent: 'manual', changes: [], summary: text('negotiation-mismatch.remedy') },
  });
}

/** Less than Network Level Authentication may be turned down, as long as what is demanded is named. */
function expectedOf({ requested }: NegotiationAttempt): Text {
  return text(requested > 1 ? 'network.expected.protected' : 'network.expected.agreed');
}

/** Whatever may become of it later. */
function agrees({ outcome, phase }: ClientVerdict): boolean {
  return outcome === 'connects' || (phase !== 'negotiation' && phase !== 'tcp');
}

const roomForNames = 32;

function titleFor(failing: readonly ClientVerdict[], all: number): Text {
  if (failing.length === all) return text('negotiation-mismatch.all-title');
  const client = clientNames(failing);
  return client.length <= roomForNames
    ? text('negotiation-mismatch.title', { client })
    : text('negotiation-mismatch.some-title');
}

/** Failure codes with more to say than their number: [MS-RDPBCGR] 2.2.1.2.2. */
const failures: Readonly<Record<number, 'tls' | 'no-tls' | 'flags' | 'credssp' | 'user-certificate'>> = {
  1: 'tls',
  2: 'no-tls',
  4: 'flags',
  5: 'credssp',
  6: 'user-certificate',
};

/** How the server turns a request away. */
function manner(negotiation: Negotiation) {
  if (negotiation.kind === 'failed') return failures[negotiation.code] ?? 'other-failure';
  return negotiation.kind === 'selected' ? 'unasked' : 'unanswered';
}
