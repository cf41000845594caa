import type { Answer, Known } from '../../model/answer.ts';
import { defineCheck } from '../../model/check.ts';
import type { Reachability, TlsSupport } from '../../model/endpoint.ts';
import type { Certainty, Evidence, Judgement } from '../../model/finding.ts';
import { endpointQuestion } from '../../model/question.ts';
import { type Text, text } from '../../text/index.ts';
import { serverNameOf } from '../../wire/tls/index.ts';
import { fault, healthy, healthyIfSeen, networkEvidence } from '../judgement.ts';
import {
  acceptedAlone,
  brokenHandshake,
  nameOfAlert,
  standsAllTheSame,
  tlsEvidence,
  tlsOutcome,
} from './first-flight.ts';

export const tlsRefused = defineCheck({
  id: 'tls-refused',
  questions: {
    tls: endpointQuestion('endpoint-tls'),
    reachability: endpointQuestion('endpoint-reachability'),
  },
  judge({ tls, reachability }) {
    if (tls.state !== 'known') return healthyIfSeen(tls);
    if (standsAllTheSame(tls.value)) return healthy;
    const outcome = tlsOutcome(tls.value.first.flight);
    if (outcome.kind === 'refused') {
      const number = outcome.alert.description;
      return number === unrecognizedName && !isAskedByName(reachability)
        ? nameless(tls)
        : refused(tls, number);
    }
    const broken = brokenHandshake(tls.value);
    return broken?.alert === undefined ? healthy : refusedLater(tls, broken.alert);
  },
});

/** The alert to a ClientHello that left nothing out was read off the wire: it is what every client gets. */
function refused(tls: Known<TlsSupport>, number: number): Judgement {
  const name = nameOfAlert(number);
  const together = acceptedAlone(tls.value);
  return refusal(tls, 'proven', {
    title: text('tls-refused.title', { name, number }),
    explanation:
      together.length > 0
        ? text('tls-refused.only-together', { name, versions: together.join(', ') })
        : meaning(name, number),
    further: [],
  });
}

const unrecognizedName = 112;

/** Whether the ClientHello named the machine: an address is no name. */
function isAskedByName(reachability: Answer<Reachability>): boolean {
  return reachability.state !== 'known' || serverNameOf(reachability.value.name) !== undefined;
}

/** What tells machines apart by the name was given none: who asks by the name may fare better. */
function nameless(tls: Known<TlsSupport>): Judgement {
  return refusal(tls, 'likely', {
    title: text('tls-refused.title', { name: 'unrecognized_name', number: unrecognizedName }),
    explanation: text('tls-refused.nameless'),
    further: [],
    remedy: text('tls-refused.remedy-nameless'),
  });
}

/** It came once the ServerHello was through: to a library's handshake, which may have its own part in it. */
function refusedLater(tls: Known<TlsSupport>, name: string): Judgement {
  return refusal(tls, 'likely', {
    title: text('tls-refused.title-later', { name }),
    explanation: text('tls-refused.later', { name }),
    further: [networkEvidence(`${tls.where}, whole handshake`, name, text('expected.tls-handshake'))],
  });
}

interface Words {
  readonly title: Text;
  readonly explanation: Text;
  readonly further: readonly Evidence[];
  /** What to do, where it is something of its own. */
  readonly remedy?: Text;
}

function refusal(
  { value, where }: Known<TlsSupport>,
  certainty: Certainty,
  { title, explanation, further, remedy = text('tls-refused.remedy') }: Words,
): Judgement {
  return fault({
    certainty,
    title,
    explanation,
    evidence: [...tlsEvidence(value, where), ...further],
    remedy: { consent: 'manual', changes: [], summary: remedy },
  });
}

/** What an alert means where Remote Desktop is the server. */
function meaning(name: string, number: number): Text {
  return meanings.get(number) ?? text('tls-refused.other', { name, number });
}

/** By the number of the alert's description (RFC 8446, section 6). */
const meanings: ReadonlyMap<number, Text> = new Map([
  [0, text('tls-refused.close-notify')],
  [10, text('tls-refused.not-understood', { name: 'unexpected_message' })],
  [40, text('tls-refused.handshake-failure')],
  [47, text('tls-refused.not-understood', { name: 'illegal_parameter' })],
  [49, text('tls-refused.access-denied')],
  [50, text('tls-refused.not-understood', { name: 'decode_error' })],
  [70, text('tls-refused.protocol-version')],
  [71, text('tls-refused.insufficient-security')],
  [80, text('tls-refused.internal-error')],
  [112, text('tls-refused.unrecognized-name')],
]);
