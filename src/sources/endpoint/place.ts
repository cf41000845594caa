import type { RepeatedObservation } from '../../model/endpoint.ts';
import { clock } from './clock.ts';
import { type Connection, connect } from './connection.ts';
import type { Slots } from './slots.ts';

/** One address that is looked at, with what all of its connections share. */
export interface Place {
  readonly address: string;
  readonly port: number;
  /** As people write it: `10.0.0.4:3389`. */
  readonly shown: string;
  /** For TLS; none for an address. */
  readonly serverName: string | undefined;
  readonly slots: Slots;
  /** When the audit began, and when it has to end, by `clock`. */
  readonly began: number;
  readonly until: number;
  readonly quick: boolean;
  /** What came of like questions; grows while the audit goes on. */
  readonly observations: RepeatedObservation[];
  /** The longest that an answer has taken so far, in milliseconds: how long to wait is learned from it. */
  slowest: number;
}

/** A wait that is shorter says nothing when no answer came. */
const leastPatience = 1500;
const patienceFactor = 10;

/** Until when one of many questions is waited for; what is asked first may take all the time that there is. */
export function patienceOf(place: Place): number {
  return Math.min(place.until, clock() + Math.max(leastPatience, place.slowest * patienceFactor));
}

/** Whether a wait without an answer was long enough to say something: answers took less than half of it so far. */
export function wasPatient(place: Place, milliseconds: number): boolean {
  return milliseconds >= Math.max(leastPatience - 1, place.slowest * 2);
}

/** Whether there is time left for another question. */
export function hasTime(place: Place): boolean {
  return clock() < place.until;
}

export function observe(place: Place, asked: string, answer: string): void {
  place.observations.push({ asked, answer, since: clock() - place.began });
}

export function remember(place: Place, milliseconds: number): void {
  place.slowest = Math.max(place.slowest, milliseconds);
}

type Work<T> = (connection: Connection) => Promise<T>;

/**
 * Does its work with a connection of its own, in its turn, and ends it. Undefined where there was no time left, or the
 * connection could not be opened.
 */
export function withConnection<T>(place: Place, work: Work<T>): Promise<T | undefined> {
  return place.slots.use(() => openAndWork(place, work));
}

/** The same beside a connection that is already held: only where another one may be open now. */
export function withOneMoreConnection<T>(place: Place, work: Work<T>): Promise<T | undefined> {
  return place.slots.useIfFree(() => openAndWork(place, work));
}

async function openAndWork<T>(place: Place, work: Work<T>): Promise<T | undefined> {
  if (!hasTime(place)) return undefined;
  const { tcp, connection, milliseconds } = await connect(place.address, place.port, patienceOf(place));
  if (tcp !== 'timed-out' || wasPatient(place, milliseconds)) observe(place, 'TCP', tcp);
  if (!connection) return undefined;
  remember(place, milliseconds);
  try {
    return await work(connection);
  } finally {
    await (hasTime(place) ? connection.finish() : connection.close());
  }
}
