import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dialogue, Inbox } from '../dialogue.ts';
import { connectMcs, negotiate } from './index.ts';
import {
  disconnectUltimatum,
  exampleConnectInitial,
  exampleConnectionConfirm,
  exampleConnectionRequest,
  exampleConnectResponse,
  tlsConnectResponses,
} from './messages.fixture.ts';
import { play } from './play.fixture.ts';

type Start = (inbox: Inbox) => Dialogue<{ readonly kind: string; readonly bytes: Uint8Array }>;

const dialogues: [string, Start, string][] = [
  ['negotiate', (inbox) => negotiate(inbox, { requested: 11 }), 'not-rdp'],
  ['connectMcs', (inbox) => connectMcs(inbox, 0), 'not-mcs'],
];

const messages = [
  exampleConnectInitial,
  exampleConnectionConfirm,
  exampleConnectionRequest,
  exampleConnectResponse,
  disconnectUltimatum,
  tlsConnectResponses.xrdp,
  tlsConnectResponses.freerdp,
  Buffer.from('220 mail.example.org ESMTP\r\n'),
];

/** A message with up to three of its bytes changed, or any bytes at all. */
const received = fc.oneof(
  fc
    .tuple(fc.constantFrom(...messages), fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 3 }))
    .map(([message, changes]) => {
      const bytes = Buffer.from(message);
      for (const [place, value] of changes) bytes[place % bytes.length] = value;
      return bytes;
    }),
  fc.uint8Array({ maxLength: 80 }),
);

const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 40 });
const ending = fc.constantFrom('closed', 'reset', 'too-late');

function cut(bytes: Uint8Array, lengths: readonly number[]): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let start = 0;
  for (const length of [...lengths, bytes.length]) {
    if (start < bytes.length) pieces.push(bytes.subarray(start, start + length));
    start += length;
  }
  return pieces;
}

describe.each(dialogues)('%s', (_, start, refusal) => {
  it('comes to the same outcome in whatever pieces the bytes come, and never throws', () => {
    fc.assert(
      fc.property(received, sizes, ending, (bytes, lengths, kind) => {
        const { bytes: whole, ...outcome } = play(start, [bytes], kind).outcome;
        const { bytes: evidence, ...inPieces } = play(start, cut(bytes, lengths), kind).outcome;
        expect(inPieces).toEqual(outcome);
        for (const kept of [whole, evidence]) {
          expect(kept).toEqual(Uint8Array.from(bytes.subarray(0, kept.length)));
          expect(kept.length).toBeLessThanOrEqual(64);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('ends, or says that it is another thing, wherever the other side breaks off', () => {
    for (const message of messages) {
      for (let length = 0; length < message.length; length++) {
        const { outcome } = play(start, [message.subarray(0, length)], 'closed');
        expect(['ended', refusal]).toContain(outcome.kind);
      }
    }
  });
});
