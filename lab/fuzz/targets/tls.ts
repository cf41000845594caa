import { type Arrival, Inbox } from '../../../src/wire/dialogue.ts';
import {
  flightOf12,
  flightOf13,
  handshakeFailure,
  handshakeOf,
  helloFor,
  message,
  record,
  retryRequest,
} from '../../../src/wire/tls/flights.fixture.ts';
import { type FirstFlight, firstFlight, readOffer, tlsVersions } from '../../../src/wire/tls/index.ts';
import { corpusAvailable, corpusFile } from '../../corpus-files.ts';
import { tcpStreams } from '../../pcap/index.ts';
import type { FuzzTarget } from '../target.ts';

const handshakeType = 22;
/** Where a record says that its message is a ClientHello. */
const clientHelloAt = 5;
const clientHello = 1;
const longestEvidence = 64;
const hello = helloFor(...tlsVersions);

/**
 * A server's first flight, whole and in pieces that the input itself measures; and ClientHellos. No flight is refused by
 * an error of any kind: whatever comes has an outcome, and the same one however it comes.
 */
export const target: FuzzTarget = {
  name: 'tls',
  seeds: () => [
    flightOf12,
    flightOf13,
    retryRequest,
    handshakeFailure,
    record(handshakeType, handshakeOf(flightOf12)),
    flightOfDhe(),
    Buffer.from(hello),
    ...realFlights(),
  ],
  run(input) {
    const whole = flight([input]);
    const inPieces = flight(pieces(input));
    if (alike(whole) !== alike(inPieces)) throw new Error('another outcome where it came in pieces');
    return input[clientHelloAt] === clientHello ? readOffer(input) : whole;
  },
};

/** A flight of DHE_RSA in records that cut its messages. */
function flightOfDhe(): Buffer {
  const chosen = [3, 3, ...Array(32).fill(1), 0, 0, 0x9f, 0];
  const messages = Buffer.concat([
    message(2, Buffer.from(chosen)),
    message(11, Buffer.from('00000a000003308201000001ff', 'hex')),
    message(12, Buffer.concat([Buffer.from([0, 128]), Buffer.alloc(128, 0xfd), Buffer.from([0, 1, 2])])),
    message(13, Buffer.from('0101000204010000', 'hex')),
    message(14, Buffer.alloc(0)),
  ]);
  const cuts = [0, 30, 44, 45, 100, messages.length];
  return Buffer.concat(cuts.slice(1).map((end, i) => record(handshakeType, messages.subarray(cuts[i], end))));
}

/** What real Windows servers sent, and what the clients did before. */
function realFlights(): Buffer[] {
  if (!corpusAvailable) return [];
  return tcpStreams(corpusFile('pcap/rdp-to-ssl.pcap')).flatMap(({ client, server }) =>
    [client[1], server[1]].flatMap((segment) => (segment ? [segment.bytes] : [])),
  );
}

/** Pieces as long as the input's own bytes say. */
function pieces(input: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 0; at < input.length; ) {
    const length = 1 + ((input[at] ?? 0) % 40);
    found.push(input.subarray(at, at + length));
    at += length;
  }
  return found;
}

function flight(chunks: readonly Buffer[]): FirstFlight {
  const arrivals = chunks.map((bytes): Arrival => ({ kind: 'bytes', bytes, at: 0 }));
  const dialogue = firstFlight(new Inbox(), hello);
  let turn = dialogue.next({ kind: 'too-late', at: 0 });
  for (const arrival of [...arrivals, { kind: 'closed', at: 1 } as const]) {
    if (turn.done) break;
    turn = dialogue.next(arrival);
  }
  if (!turn.done) throw new Error('it goes on after the end');
  if (turn.value.bytes.length > longestEvidence) throw new Error('too much evidence');
  return turn.value;
}

/** An outcome without its evidence, which of junk is as much as had come by then. */
function alike(outcome: FirstFlight): string {
  return JSON.stringify({ ...outcome, bytes: undefined });
}
