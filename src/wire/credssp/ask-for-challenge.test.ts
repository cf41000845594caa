import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Arrival, type Ending, Inbox } from '../dialogue.ts';
import { type AskOptions, askForChallenge, type Credssp } from './ask-for-challenge.ts';
import {
  acceptIncomplete,
  answerOfWindows,
  challengeOfNtlmV2,
  element,
  errorCode,
  fromHex,
  hintOfPyspnego,
  kerberosMechanism,
  negoTokens,
  negotiateOfMstsc,
  negTokenResp,
  ntlmMechanism,
  reject,
  responseToken,
  tsRequest,
} from './messages.fixture.ts';

interface Conversation {
  readonly sent: readonly Buffer[];
  readonly outcome: Credssp;
}

/** Drives the dialogue with these pieces, one after another, and this ending. */
function talk(pieces: readonly Uint8Array[], ending: Ending = 'closed', options?: AskOptions): Conversation {
  const dialogue = askForChallenge(new Inbox(), options);
  const arrivals: Arrival[] = [
    ...pieces.map((bytes, at) => ({ kind: 'bytes', bytes, at }) as const),
    { kind: ending, at: pieces.length },
  ];
  const sent: Buffer[] = [];
  let step = dialogue.next();
  for (const arrival of arrivals) {
    if (step.done) break;
    if (step.value.length > 0) sent.push(Buffer.from(step.value));
    step = dialogue.next(arrival);
  }
  if (!step.done) throw new Error('it waits after the end');
  return { sent, outcome: step.value };
}

function outcomeOf(...pieces: readonly Uint8Array[]): unknown {
  const { bytes, ...rest } = talk(pieces).outcome;
  return rest;
}

function inSpnego(...elements: readonly Uint8Array[]): Buffer {
  return tsRequest(negoTokens(negTokenResp(...elements)));
}

const challengeInSpnego = inSpnego(acceptIncomplete, ntlmMechanism, responseToken(challengeOfNtlmV2));

const outcomes: readonly (readonly [name: string, came: Buffer, outcome: object])[] = [
  [
    'a CHALLENGE',
    answerOfWindows,
    { kind: 'challenge', version: 6, challenge: expect.objectContaining({ dnsComputer: 'fv-az41-637' }) },
  ],
  [
    'a CHALLENGE in SPNEGO',
    challengeInSpnego,
    { kind: 'challenge', version: 6, challenge: expect.objectContaining({ netbiosDomain: 'Domain' }) },
  ],
  [
    'a logon failure',
    tsRequest(errorCode('0204c000006d')),
    { kind: 'refused', version: 6, status: 0xc000_006d },
  ],
  [
    'an error beside a token, as FreeRDP 2 sends it',
    tsRequest(negoTokens(Buffer.alloc(12_256)), errorCode('0204c00700ea'), fromHex('a5030401aa')),
    { kind: 'refused', version: 6, status: 0xc007_00ea },
  ],
  [
    'an error that is none, beside a CHALLENGE',
    tsRequest(negoTokens(challengeOfNtlmV2), errorCode('020100')),
    { kind: 'challenge', version: 6, challenge: expect.objectContaining({ targetName: 'Server' }) },
  ],
  ['no token', tsRequest(), { kind: 'no-challenge', version: 6, said: 'no token' }],
  [
    'an empty token',
    tsRequest(negoTokens(Buffer.alloc(0))),
    { kind: 'no-challenge', version: 6, said: 'an empty token' },
  ],
  [
    'Kerberos alone',
    inSpnego(acceptIncomplete, kerberosMechanism),
    {
      kind: 'no-challenge',
      version: 6,
      said: 'SPNEGO accept-incomplete, Kerberos 5 (1.2.840.113554.1.2.2)',
    },
  ],
  ['a refusal in SPNEGO', inSpnego(reject), { kind: 'no-challenge', version: 6, said: 'SPNEGO reject' }],
  ['a hint', hintOfPyspnego, { kind: 'no-challenge', version: 6, said: 'a GSS-API token of its own' }],
  [
    'a token that nobody knows',
    tsRequest(negoTokens(Buffer.from('hello, who is there?'))),
    { kind: 'no-challenge', version: 6, said: 'a token that begins with 68656c6c6f2c2077' },
  ],
  [
    'a broken CHALLENGE',
    tsRequest(negoTokens(challengeOfNtlmV2.subarray(0, 80))),
    {
      kind: 'no-challenge',
      version: 6,
      said: 'a NTLM message that cannot be read: target information at 68 with 36 bytes in a message of 80',
    },
  ],
  [
    'a broken CHALLENGE in SPNEGO',
    inSpnego(responseToken(challengeOfNtlmV2.subarray(0, 40))),
    {
      kind: 'no-challenge',
      version: 6,
      said: 'a NTLM message that cannot be read: a NTLM message of 40 bytes',
    },
  ],
  [
    'a broken SPNEGO token',
    tsRequest(negoTokens(fromHex('a103300105'))),
    {
      kind: 'no-challenge',
      version: 6,
      said: expect.stringMatching(/^a SPNEGO token that cannot be read: no DER: /),
    },
  ],
  [
    'our own NEGOTIATE',
    negotiateOfMstsc,
    { kind: 'no-challenge', version: 6, said: expect.stringContaining('of 40 bytes') },
  ],
  ['no version', fromHex('3000'), { kind: 'not-credssp', detail: 'a TSRequest without a version' }],
  [
    'too much',
    fromHex('3083020000'),
    { kind: 'not-credssp', detail: 'a TSRequest of 131077 bytes announced' },
  ],
  [
    'MCS saying goodbye',
    fromHex('0300000902f0802180'),
    { kind: 'not-credssp', detail: 'an MCS Disconnect Provider Ultimatum, reason 3' },
  ],
  [
    'another TPKT',
    fromHex('0300000b06d00000123400'),
    { kind: 'not-credssp', detail: 'a TPKT message in place of a TSRequest' },
  ],
  [
    'a right to sign in',
    fromHex('00000000'),
    { kind: 'not-credssp', detail: 'an Early User Authorization Result, 0' },
  ],
  [
    'no right to sign in',
    fromHex('05000000'),
    { kind: 'not-credssp', detail: 'an Early User Authorization Result, 5' },
  ],
  [
    'something else',
    Buffer.from('HTTP/1.1 400'),
    { kind: 'not-credssp', detail: 'no TSRequest but 485454502f312e3120' },
  ],
];

describe('askForChallenge', () => {
  it.each(outcomes)('told %s', (_name, came, outcome) => {
    expect(outcomeOf(came)).toEqual(outcome);
  });

  it.each(outcomes)(
    'told %s, however it is cut: says the same, and sends one message alone',
    (_name, came, outcome) => {
      fc.assert(
        fc.property(fc.array(fc.nat(came.length), { maxLength: 6 }), (places) => {
          const cuts = [0, ...places.sort((a, b) => a - b), came.length];
          const pieces = cuts.slice(1).map((end, i) => came.subarray(cuts[i], end));
          const { sent, outcome: whole } = talk(pieces);
          expect(whole.kind).toBe((outcome as Credssp).kind);
          expect(sent).toHaveLength(1);
        }),
        { numRuns: 30 },
      );
    },
  );

  it.each(['closed', 'reset', 'too-late'] as const)('says %s, and what had come', (ending) => {
    expect(talk([], ending).outcome).toEqual({ kind: 'ended', ending, bytes: new Uint8Array(0) });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: answerOfWindows.length - 1 }), (length) => {
        const prefix = answerOfWindows.subarray(0, length);
        const bytes = new Uint8Array(prefix.subarray(0, 64));
        expect(talk([prefix], ending).outcome).toEqual({ kind: 'ended', ending, bytes });
      }),
    );
  });

  it('knows a stranger who leaves after a byte or two', () => {
    expect(outcomeOf(fromHex('0300'))).toEqual({ kind: 'not-credssp', detail: 'no TSRequest but 0300' });
  });

  it('keeps the first 64 bytes that came', () => {
    expect(talk([answerOfWindows]).outcome.bytes).toEqual(new Uint8Array(answerOfWindows.subarray(0, 64)));
    expect(talk([Buffer.alloc(500, 'x')]).outcome.bytes).toEqual(new Uint8Array(64).fill(0x78));
  });

  it('leaves what follows the answer in the inbox', () => {
    const inbox = new Inbox();
    const dialogue = askForChallenge(inbox);
    dialogue.next();
    dialogue.next({ kind: 'bytes', bytes: Buffer.concat([answerOfWindows, Buffer.from('more')]), at: 1 });
    expect(Buffer.from(inbox.bytes).toString()).toBe('more');
  });

  it('sends its NEGOTIATE bare, or in SPNEGO where that is asked for', () => {
    const [bare] = talk([answerOfWindows]).sent;
    const [inSpnegoToo] = talk([answerOfWindows], 'closed', { mechanism: 'spnego' }).sent;
    const ntlm = bare?.subarray(17) ?? Buffer.alloc(0);
    expect(bare).toEqual(tsRequest(negoTokens(ntlm)));
    expect(inSpnegoToo?.subarray(17, 20)).toEqual(fromHex('604806'));
    expect(inSpnegoToo?.subarray(-40)).toEqual(ntlm);
  });

  it('never throws, and never waits on after the end', () => {
    const anything = fc.uint8Array({ maxLength: 300 });
    const token = anything.map((bytes) => tsRequest(negoTokens(bytes)));
    const ntlm = anything.map((bytes) => Buffer.concat([challengeOfNtlmV2.subarray(0, 12), bytes]));
    const spnego = anything.map((bytes) => negTokenResp(bytes));
    const messages = [
      anything,
      anything.map((bytes) => element(0x30, bytes)),
      token,
      ntlm.map((bytes) => tsRequest(negoTokens(bytes))),
      spnego.map((bytes) => tsRequest(negoTokens(bytes))),
    ];
    fc.assert(
      fc.property(fc.array(fc.oneof(...messages), { maxLength: 3 }), (pieces) => {
        expect(talk(pieces).sent).toHaveLength(1);
      }),
      { numRuns: 500 },
    );
  });
});
