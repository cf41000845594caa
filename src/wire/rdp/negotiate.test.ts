import { describe, expect, it } from 'vitest';
import type { Ending } from '../dialogue.ts';
import { negotiate } from './index.ts';
import { disconnectUltimatum, exampleConnectionConfirm, hex } from './messages.fixture.ts';
import { oneByOne, play } from './play.fixture.ts';

function answerTo(bytes: Uint8Array, ending: Ending = 'too-late') {
  const whole = play((inbox) => negotiate(inbox, { requested: 11 }), [bytes], ending);
  const inPieces = play((inbox) => negotiate(inbox, { requested: 11 }), oneByOne(bytes), ending);
  const { bytes: evidence, ...outcome } = whole.outcome;
  const { bytes: _, ...outcomeInPieces } = inPieces.outcome;
  expect(outcomeInPieces).toEqual(outcome);
  expect(Buffer.from(evidence)).toEqual(Buffer.from(bytes.subarray(0, evidence.length)));
  return outcome;
}

describe('answers in the protocol', () => {
  it.each([
    ['example of MS-RDPBCGR 4.1.2', exampleConnectionConfirm, { kind: 'selected', selected: 1, flags: 0 }],
    [
      'Windows, CredSSP with early authorization',
      hex('03 00 00 13 0e d0 00 00 12 34 00 02 1f 08 00 08 00 00 00'),
      { kind: 'selected', selected: 8, flags: 0x1f },
    ],
    [
      'xrdp selects standard security whatever was asked',
      hex('03 00 00 13 0e d0 00 00 12 34 00 02 01 08 00 00 00 00 00'),
      { kind: 'selected', selected: 0, flags: 1 },
    ],
    [
      'FreeRDP selects CredSSP',
      hex('03 00 00 13 0e d0 00 00 00 00 00 02 03 08 00 02 00 00 00'),
      { kind: 'selected', selected: 2, flags: 3 },
    ],
    [
      'xrdp wants TLS',
      hex('03 00 00 13 0e d0 00 00 12 34 00 03 00 08 00 01 00 00 00'),
      { kind: 'failed', code: 1 },
    ],
    [
      'FreeRDP wants CredSSP',
      hex('03 00 00 13 0e d0 00 00 00 00 00 03 00 08 00 05 00 00 00'),
      { kind: 'failed', code: 5 },
    ],
    [
      'a failure with flags and a code that nobody has named',
      hex('03 00 00 13 0e d0 00 00 12 34 00 03 01 08 00 ef be ad de'),
      { kind: 'failed', code: 0xdeadbeef },
    ],
    ['xrdp, not asked', hex('03 00 00 0b 06 d0 00 00 12 34 00'), { kind: 'no-data' }],
    ['reserved byte, credit and class set', hex('03 7f 00 0b 06 d3 ff ff 12 34 40'), { kind: 'no-data' }],
    ['MCS Disconnect Provider Ultimatum', disconnectUltimatum, { kind: 'disconnected', reason: 3 }],
    [
      'X.224 Disconnect Request',
      hex('03 00 00 0b 06 80 00 00 12 34 02'),
      { kind: 'disconnected', reason: 2, layer: 'X.224' },
    ],
  ])('%s', (_, bytes, outcome) => {
    expect(answerTo(bytes)).toEqual(outcome);
  });
});

describe('TPKT packets that are no answer', () => {
  it.each([
    ['03 00 00 06', 'a TPKT packet of 6 bytes, too short for a TPDU'],
    ['03 00 01 04', 'a TPKT packet of 260 bytes, where 259 is the most'],
    ['03 00 00 07 02 70 00', 'an X.224 TPDU of code 0x70 (error)'],
    ['03 00 00 07 02 55 00', 'an X.224 TPDU of code 0x55'],
    ['03 00 00 0b 07 d0 00 00 12 34 00', 'X.224 length indicator 7 in a TPDU of 7 bytes'],
    [
      '03 00 00 13 06 d0 00 00 12 34 00 02 00 08 00 01 00 00 00',
      'X.224 length indicator 6 in a TPDU of 15 bytes',
    ],
    ['03 00 00 08 03 d0 00 00', 'X.224 length indicator 3, less than its header of 6 bytes'],
    ['03 00 00 0b 06 e0 00 00 00 00 00', 'a Connection Request in answer to one'],
    ['03 00 00 0e 09 d0 00 00 12 34 00 c0 01 0a', 'negotiation data of type 0xc0'],
    ['03 00 00 0f 0a d0 00 00 12 34 00 02 00 08 00', 'RDP_NEG_RSP of 4 bytes, not 8'],
    [
      '03 00 00 13 0e d0 00 00 12 34 00 03 00 09 00 01 00 00 00',
      'RDP_NEG_FAILURE says that it has 9 bytes, not 8',
    ],
    ['03 00 00 14 0f d0 00 00 12 34 00 02 00 08 00 01 00 00 00 00', '1 bytes after RDP_NEG_RSP'],
    ['03 00 00 13 0e d0 00 00 12 34 00 01 00 08 00 01 00 00 00', 'RDP_NEG_REQ in a Connection Confirm'],
    ['03 00 00 07 02 f0 80', 'an empty X.224 data TPDU'],
    ['03 00 00 08 02 f0 80 21', 'the MCS Disconnect Provider Ultimatum ends within its reason'],
    ['03 00 00 09 02 f0 80 7f 66', 'an MCS PDU that begins 0x7f'],
    ['03 00 00 09 03 f0 80 21 80', 'X.224 length indicator 3 in a data TPDU, which has 2'],
  ])('%s', (bytes, detail) => {
    expect(answerTo(hex(bytes))).toEqual({ kind: 'not-rdp', service: undefined, detail });
  });
});

describe('endings', () => {
  it.each<Ending>(['closed', 'reset', 'too-late'])('%s before anything, and within the packet', (ending) => {
    expect(answerTo(hex(''), ending)).toEqual({ kind: 'ended', ending });
    expect(answerTo(exampleConnectionConfirm.subarray(0, 18), ending)).toEqual({ kind: 'ended', ending });
  });

  it.each<Ending>(['closed', 'reset', 'too-late'])(
    '%s within the first bytes of another service',
    (ending) => {
      const detail = 'first byte 0x53, where TPKT has 0x03';
      expect(answerTo(Buffer.from('S'), ending)).toEqual({ kind: 'not-rdp', service: undefined, detail });
    },
  );

  it('keeps what came as evidence, and no more than 64 bytes', () => {
    const start = exampleConnectionConfirm.subarray(0, 5);
    expect(play((inbox) => negotiate(inbox, { requested: 0 }), [start]).outcome.bytes).toEqual(
      Uint8Array.from(start),
    );
    const page = Buffer.from(`HTTP/1.1 400 Bad Request\r\n\r\n${'x'.repeat(500)}`);
    const { outcome } = play((inbox) => negotiate(inbox, { requested: 0 }), [page]);
    expect(outcome.bytes).toEqual(Uint8Array.from(page.subarray(0, 64)));
  });
});

it('sends the request once, and leaves what follows the Connection Confirm to others', () => {
  const more = Buffer.from('more');
  const played = play(
    (inbox) => negotiate(inbox, { requested: 3, cookie: 'rdpmend' }),
    [Buffer.concat([exampleConnectionConfirm, more])],
  );
  expect(played.sent).toEqual(
    Buffer.concat([
      hex('03 00 00 2d 28 e0 00 00 00 00 00'),
      Buffer.from('Cookie: mstshash=rdpmend\r\n'),
      hex('01 00 08 00 03 00 00 00'),
    ]),
  );
  expect(played.left).toEqual(more);
  expect(played.outcome.bytes).toEqual(Uint8Array.from(exampleConnectionConfirm));
});
