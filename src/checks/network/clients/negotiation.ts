import type { Answer } from '../../../model/answer.ts';
import type { NegotiationAttempt, NegotiationMatrix } from '../../../model/endpoint.ts';
import { text } from '../../../text/index.ts';
import type { Negotiation } from '../../../wire/rdp/index.ts';
import type { Client } from './client.ts';
import type { Stop } from './verdict.ts';

/** The protocol that a client and an endpoint agree on: 0 standard RDP security, 1 TLS, 2 and 8 CredSSP. */
export interface Agreed {
  readonly outcome: 'passes';
  readonly selected: number;
  readonly believed: boolean;
  readonly where: string;
}

/** What the endpoint answers to a request; `inferred` where another request was asked in its place. */
interface Answered {
  readonly negotiation: Negotiation;
  readonly inferred: boolean;
  readonly where: string;
}

/** PROTOCOL_SSL with PROTOCOL_HYBRID, and the same with PROTOCOL_HYBRID_EX: endpoints answer them alike. */
const alike = [0x03, 0x0b];
const hybridEx = 0x08;
const hybrid = 0x02;

/** Asks the matrix what the client asks the endpoint, once more for each time that the client tries again. */
export function agreement(client: Client, matrix: Answer<NegotiationMatrix>): Agreed | Stop {
  if (matrix.state !== 'known') return unasked(matrix.where);
  const answered = answerTo(client.request, matrix.value, matrix.where);
  if (!answered) return unasked(matrix.where);
  const first = conclude(client.request, answered, client.requestBelieved);
  const { negotiation } = answered;
  if (negotiation.kind !== 'failed' || first.outcome !== 'fails') return first;
  return afterRefusal(client, negotiation.code, first, matrix.value);
}

function afterRefusal(client: Client, code: number, first: Stop, matrix: NegotiationMatrix): Agreed | Stop {
  const { retry } = client;
  if (retry === 'unknown') return mayAskForLess(matrix) ? uncertainRetry(code, first) : first;
  if (retry.codes && !retry.codes.includes(code)) return first;
  for (const request of retry.requests) {
    const answered = answerTo(request, matrix, first.where);
    if (!answered) return { ...unasked(first.where), believed: first.believed };
    const next = conclude(request, answered, first.believed || retry.believed);
    if (next.outcome === 'passes' || answered.negotiation.kind !== 'failed') return next;
  }
  return first;
}

/** Whether a client that asks for less than before might get it. */
function mayAskForLess({ attempts }: NegotiationMatrix): boolean {
  return [1, 0].some((request) => {
    const attempt = attempts.find(({ requested }) => requested === request);
    return attempt === undefined || attempt.negotiation.kind !== 'failed';
  });
}

function uncertainRetry(code: number, first: Stop): Stop {
  return { ...first, outcome: 'unknown', reason: text('client.unknown-retry', { code }) };
}

function answerTo(request: number, { attempts }: NegotiationMatrix, where: string): Answered | undefined {
  const exact = attempts.find(({ requested }) => requested === request);
  if (exact) return { negotiation: exact.negotiation, inferred: false, where: asked(where, exact) };
  if (!alike.includes(request)) return undefined;
  const near = attempts.find(({ requested }) => alike.includes(requested));
  return near && { negotiation: inferred(near, request), inferred: true, where: asked(where, near) };
}

function asked(where: string, { requested }: NegotiationAttempt): string {
  return `${where}, requestedProtocols ${requested}`;
}

/** Without early authorization an endpoint chooses CredSSP where it would have chosen that. */
function inferred({ negotiation }: NegotiationAttempt, request: number): Negotiation {
  if (negotiation.kind !== 'selected' || negotiation.selected !== hybridEx || request & hybridEx)
    return negotiation;
  return { ...negotiation, selected: hybrid };
}

function conclude(
  request: number,
  { negotiation, inferred, where }: Answered,
  sofar: boolean,
): Agreed | Stop {
  const believed = sofar || inferred;
  switch (negotiation.kind) {
    case 'selected':
      return selection(request, negotiation.selected, believed, where);
    case 'no-data':
      return { outcome: 'passes', selected: 0, believed, where };
    case 'failed':
      return fails(text('client.fails-refused', { code: negotiation.code }), believed, where);
    case 'not-rdp':
      return fails(text('client.fails-not-rdp'), false, where);
    case 'disconnected':
    case 'ended':
      return fails(text('client.fails-no-answer'), believed, where);
  }
}

/** Only the selected protocol counts: 0 is standard RDP security, and nothing that was not asked for will do. */
function selection(request: number, selected: number, believed: boolean, where: string): Agreed | Stop {
  if (selected === 0 || (selected & request) === selected) {
    return { outcome: 'passes', selected, believed, where };
  }
  const names = { requested: String(request), selected: String(selected) };
  return fails(text('client.fails-selection', names), believed, where);
}

function fails(reason: Stop['reason'], believed: boolean, where: string): Stop {
  return { outcome: 'fails', phase: 'negotiation', reason, believed, where };
}

function unasked(where: string): Stop {
  const reason = text('client.unknown-negotiation');
  return { outcome: 'unknown', phase: 'negotiation', reason, believed: false, where };
}
