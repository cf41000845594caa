import { type Dialogue, type Inbox, nothing, receive } from '../dialogue.ts';
import { WireError } from '../errors.ts';
import { readOffer } from './offer.ts';
import type { FirstFlight } from './outcome.ts';
import { longestRecord, readRecord } from './record.ts';
import { evidence, ServerFlight } from './server-flight.ts';

/**
 * Sends a ClientHello and takes the server's first flight to its end: to ServerHelloDone, or in TLS 1.3 to the
 * ServerHello. Whatever comes back makes an outcome, and nothing that comes back throws; `WireError` is thrown for a
 * `clientHello` that is none. Sources: RFC 5246, section 7.3; RFC 8446, section 2.
 */
export function* firstFlight(inbox: Inbox, clientHello: Uint8Array): Dialogue<FirstFlight> {
  const flight = new ServerFlight(readOffer(clientHello));
  let sending = clientHello;
  let bytes = nothing;
  for (;;) {
    try {
      const received = yield* receive(inbox, sending, takeWholeRecord, longestRecord);
      if (received.kind === 'ended') {
        return { bytes: evidence(bytes, inbox.bytes), ...flight.ended(received.ending, inbox.bytes) };
      }
      sending = nothing;
      bytes = evidence(bytes, received.value.whole);
      const outcome = flight.accept(received.value);
      if (outcome) return { bytes, ...outcome };
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      return { bytes: evidence(bytes, inbox.bytes), ...flight.broken(error) };
    }
  }
}

/** A record, and its bytes with the header. */
function takeWholeRecord(bytes: Uint8Array) {
  const taken = readRecord(bytes);
  return taken && { ...taken, value: { ...taken.value, whole: bytes.subarray(0, taken.length) } };
}
