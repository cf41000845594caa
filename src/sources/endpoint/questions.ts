import { randomBytes } from 'node:crypto';
import type { NegotiationAttempt, TlsAttempt } from '../../model/endpoint.ts';
import { Inbox } from '../../wire/dialogue.ts';
import { type Negotiation, negotiate } from '../../wire/rdp/index.ts';
import { type FirstFlight, firstFlight, makeClientHello, type TlsVersion } from '../../wire/tls/index.ts';
import { clock } from './clock.ts';
import type { Connection } from './connection.ts';
import { observe, type Place, patienceOf, remember, wasPatient, withConnection } from './place.ts';

/** The name in the cookie: an administrator who reads a log sees who asked. */
const cookie = 'rdpmend';

/** What a ClientHello offers. */
export interface Offer {
  readonly versions: readonly TlsVersion[];
  readonly suites: readonly number[];
}

/** What came of one connection, as far as it went; a wait that was cut off by the deadline is left out. */
export interface Asked {
  readonly negotiation?: NegotiationAttempt;
  readonly tls?: TlsAttempt;
}

/** Asks on a connection of its own. */
export async function askOnce(place: Place, requested: number, offer?: Offer): Promise<Asked> {
  const work = (connection: Connection) => ask(place, connection, requested, offer, patienceOf(place));
  return (await withConnection(place, work)) ?? {};
}

/** Sends a Connection Request and, where TLS is selected and something offered, a ClientHello. */
export async function ask(
  place: Place,
  connection: Connection,
  requested: number,
  offer: Offer | undefined,
  until: number,
): Promise<Asked> {
  const inbox = new Inbox();
  const negotiation = await askNegotiation(place, connection, inbox, requested, until);
  if (!negotiation) return {};
  if (!offer || !selectsTls(negotiation.negotiation)) return { negotiation };
  const tls = await askTls(place, connection, inbox, offer, until);
  return { negotiation, ...(tls && { tls }) };
}

export async function askNegotiation(
  place: Place,
  connection: Connection,
  inbox: Inbox,
  requested: number,
  until: number,
): Promise<NegotiationAttempt | undefined> {
  const start = clock();
  const negotiation = await connection.converse(negotiate(inbox, { requested, cookie }), until);
  const milliseconds = clock() - start;
  if (wasCutOff(place, negotiation, milliseconds)) return undefined;
  if (negotiation.kind !== 'ended') remember(place, milliseconds);
  observe(place, requestName(requested), negotiationAnswer(negotiation));
  return { requested, negotiation, milliseconds };
}

/** A ClientHello as the first thing that is said. */
export function askBareTls(place: Place, offer: Offer): Promise<FirstFlight | undefined> {
  return withConnection(place, async (connection) => {
    const asked = await askTls(place, connection, new Inbox(), offer, patienceOf(place));
    return asked?.flight;
  });
}

async function askTls(
  place: Place,
  connection: Connection,
  inbox: Inbox,
  { versions, suites }: Offer,
  until: number,
): Promise<TlsAttempt | undefined> {
  const { serverName } = place;
  const hello = makeClientHello({ versions, suites, serverName, random: randomBytes(32) });
  const start = clock();
  const flight = await connection.converse(firstFlight(inbox, hello), until);
  const milliseconds = clock() - start;
  if (wasCutOff(place, flight, milliseconds)) return undefined;
  if (flight.kind !== 'ended') remember(place, milliseconds);
  return { versions, flight, milliseconds };
}

/** Nothing came, and there was no time to wait for it: that says nothing. */
function wasCutOff(place: Place, outcome: Negotiation | FirstFlight, milliseconds: number): boolean {
  return outcome.kind === 'ended' && outcome.ending === 'too-late' && !wasPatient(place, milliseconds);
}

/** Every protocol but standard security begins with TLS. */
export function selectsTls(negotiation: Negotiation): boolean {
  return negotiation.kind === 'selected' && negotiation.selected !== 0;
}

export function requestName(requested: number): string {
  return `Connection Request 0x${requested.toString(16).toUpperCase()}`;
}

/** In a word or two; alike where it went alike. */
function negotiationAnswer(negotiation: Negotiation): string {
  switch (negotiation.kind) {
    case 'selected':
      return `selected ${negotiation.selected}`;
    case 'failed':
      return `failure ${negotiation.code}`;
    case 'ended':
      return endings[negotiation.ending];
    default:
      return negotiation.kind;
  }
}

const endings = { closed: 'closed', reset: 'reset', 'too-late': 'silent' } as const;

/** The same of a first flight. */
export function flightAnswer(flight: FirstFlight): string {
  switch (flight.kind) {
    case 'server-hello':
      return flight.complete ? flight.version : `${flight.version}, then ${restOf(flight)}`;
    case 'hello-retry-request':
      return 'TLS 1.3';
    case 'alert':
      return `alert ${flight.description}`;
    case 'ended':
      return endings[flight.ending];
    case 'not-tls':
      return 'not TLS';
  }
}

function restOf({ alert, ending }: Extract<FirstFlight, { kind: 'server-hello' }>): string {
  if (alert) return `alert ${alert.description}`;
  return ending ? endings[ending] : 'nothing';
}
