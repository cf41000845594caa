import { WireError } from './errors.ts';

/**
 * One side of a conversation as a pure state machine: a generator that yields bytes to send (none to go on waiting), is
 * resumed with what arrived and when, and returns its outcome. It opens no socket, starts no timer and reads no clock:
 * whoever drives it does, and resumes it with `too-late` when its time is up. It never yields again after an ending.
 *
 * Dialogues that follow each other on one connection are composed by `yield*` over one `Inbox`.
 */
export type Dialogue<Outcome> = Generator<Uint8Array, Outcome, Arrival>;

/** How a conversation ended from the other side: orderly, by a reset, or not at all before its time was up. */
export type Ending = 'closed' | 'reset' | 'too-late';

/** What came, and when: in milliseconds by whatever clock the driver has, always the same one. */
export type Arrival =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly at: number }
  | { readonly kind: Ending; readonly at: number };

/** What a reader found at the start of the bytes that have come: a value, and how many of them it took. */
export interface Taken<T> {
  readonly value: T;
  readonly length: number;
}

/** What `receive` waited for, or how the other side ended before it was whole. */
export type Received<T> =
  | { readonly kind: 'whole'; readonly value: T; readonly at: number }
  | { readonly kind: 'ended'; readonly ending: Ending; readonly at: number };

export const nothing: Uint8Array = new Uint8Array(0);

/** The bytes of one connection that have come and that nothing has taken yet. */
export class Inbox {
  #bytes: Uint8Array = nothing;
  #ending: { readonly kind: Ending; readonly at: number } | undefined;

  /** What has come and was not taken. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  /** How the other side ended; undefined as long as it has not. */
  get ending(): { readonly kind: Ending; readonly at: number } | undefined {
    return this.#ending;
  }

  accept(arrival: Arrival): void {
    if (arrival.kind !== 'bytes') this.#ending = { kind: arrival.kind, at: arrival.at };
    else this.#bytes = Buffer.concat([this.#bytes, arrival.bytes]);
  }

  /** Takes bytes away from the start. */
  drop(length: number): void {
    this.#bytes = this.#bytes.subarray(length);
  }
}

/**
 * Sends, then waits until `take` finds the whole of what it looks for at the start of what came; it gives undefined
 * while more is needed. Throws what `take` throws, and `WireError` when more than `most` bytes have come without it.
 */
export function* receive<T>(
  inbox: Inbox,
  send: Uint8Array,
  take: (bytes: Uint8Array) => Taken<T> | undefined,
  most: number,
): Dialogue<Received<T>> {
  let sending = send;
  let at = 0;
  for (;;) {
    const taken = inbox.bytes.length === 0 ? undefined : take(inbox.bytes);
    if (taken) {
      inbox.drop(taken.length);
      return { kind: 'whole', value: taken.value, at };
    }
    if (inbox.bytes.length > most) throw new WireError('too-long', `more than ${most} bytes and no end`);
    if (inbox.ending) return { kind: 'ended', ending: inbox.ending.kind, at: inbox.ending.at };
    const arrival = yield sending;
    sending = nothing;
    at = arrival.at;
    inbox.accept(arrival);
  }
}
