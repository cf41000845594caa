import { isDeepStrictEqual } from 'node:util';
import { WireError } from '../../../src/wire/errors.ts';
import {
  connectMcs,
  negotiate,
  readConnectInitial,
  readConnectionConfirm,
  readConnectionRequest,
  readConnectResponse,
} from '../../../src/wire/rdp/index.ts';
import {
  disconnectUltimatum,
  exampleConnectInitial,
  exampleConnectionConfirm,
  exampleConnectionRequest,
  exampleConnectResponse,
  tlsConnectResponses,
} from '../../../src/wire/rdp/messages.fixture.ts';
import { oneByOne, play } from '../../../src/wire/rdp/play.fixture.ts';
import type { FuzzTarget } from '../target.ts';

const readers = [readConnectionConfirm, readConnectionRequest, readConnectInitial, readConnectResponse];

/** Every message of both directions to every reader, and to both dialogues whole and byte by byte. */
export const target: FuzzTarget = {
  name: 'rdp',
  seeds: () => [
    exampleConnectionRequest,
    exampleConnectionConfirm,
    exampleConnectInitial,
    exampleConnectResponse,
    disconnectUltimatum,
    tlsConnectResponses.xrdp,
    tlsConnectResponses.freerdp,
    Buffer.from('220 mail.example.org ESMTP\r\n'),
    Buffer.from('HTTP/1.1 400 Bad Request\r\n'),
  ],
  run(input) {
    const outcomes = [
      sameInPieces(input, (pieces) => play((inbox) => negotiate(inbox, { requested: 11 }), pieces, 'closed')),
      sameInPieces(input, (pieces) => play((inbox) => connectMcs(inbox, 0), pieces, 'closed')),
    ];
    return [...outcomes, readByAny(input)];
  },
};

interface Evident {
  readonly outcome: { readonly kind: string; readonly bytes: Uint8Array };
}

/** Outcomes may differ in how much came before they were clear, and in nothing else. */
function sameInPieces(input: Buffer, playWith: (pieces: Uint8Array[]) => Evident): unknown {
  const { bytes: _, ...whole } = playWith([input]).outcome;
  const { bytes: __, ...inPieces } = playWith(oneByOne(input)).outcome;
  if (!isDeepStrictEqual(whole, inPieces)) throw new Error('another outcome where the bytes come one by one');
  return whole;
}

/** What the one reader that takes the input for its own makes of it. */
function readByAny(input: Buffer): unknown {
  let refusal: WireError | undefined;
  for (const read of readers) {
    try {
      return read(input);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      refusal = error;
    }
  }
  throw refusal;
}
