import { describe, expect, it } from 'vitest';
import {
  acceptIncomplete,
  challengeOfNtlmV2,
  element,
  fromHex,
  kerberosMechanism,
  negTokenResp,
  ntlmMechanism,
  reject,
  responseToken,
} from './messages.fixture.ts';
import { describeNegTokenResp, makeNegTokenInit, readNegTokenResp } from './spnego.ts';

describe('makeNegTokenInit', () => {
  it('offers NTLM alone, with its first message (RFC 4178 4.2.1)', () => {
    const ntlm = Buffer.from('ntlm');
    const mechTypes = element(0xa0, element(0x30, fromHex('060a2b06010401823702020a')));
    const init = element(0xa0, element(0x30, mechTypes, element(0xa2, element(0x04, ntlm))));
    const expected = element(0x60, fromHex('06062b0601050502'), init);
    expect(Buffer.from(makeNegTokenInit(ntlm))).toEqual(expected);
  });
});

describe('readNegTokenResp', () => {
  it.each([
    [
      'a CHALLENGE',
      negTokenResp(acceptIncomplete, ntlmMechanism, responseToken(challengeOfNtlmV2)),
      {
        negState: 1,
        supportedMech: '1.3.6.1.4.1.311.2.2.10',
        responseToken: new Uint8Array(challengeOfNtlmV2),
      },
    ],
    [
      'another mechanism',
      negTokenResp(acceptIncomplete, kerberosMechanism),
      { negState: 1, supportedMech: '1.2.840.113554.1.2.2' },
    ],
    ['a refusal', negTokenResp(reject), { negState: 2 }],
    ['nothing', negTokenResp(), {}],
  ])('reads one with %s', (_name, bytes, expected) => {
    expect(readNegTokenResp(bytes)).toEqual({
      negState: undefined,
      supportedMech: undefined,
      responseToken: undefined,
      ...expected,
    });
  });

  it.each([
    ['a NegTokenInit', fromHex('a0023000'), 'no NegTokenResp'],
    ['two in one', fromHex('a10430003000'), 'the NegTokenResp does not hold one element'],
    ['no SEQUENCE', fromHex('a1020500'), 'the NegTokenResp is no SEQUENCE'],
    [
      'a mechanism that is text',
      negTokenResp(fromHex('a1030c0161')),
      'supportedMech is no OBJECT IDENTIFIER',
    ],
    ['a mechanism of no bytes', negTokenResp(fromHex('a1020600')), 'supportedMech has 0 bytes'],
    [
      'a mechanism that goes on and on',
      negTokenResp(element(0xa1, element(0x06, Buffer.alloc(65, 1)))),
      'supportedMech has 65 bytes',
    ],
    ['a cut one', negTokenResp(acceptIncomplete, ntlmMechanism).subarray(0, 12), /^no DER: /],
  ])('refuses %s', (_name, bytes, message) => {
    expect(() => readNegTokenResp(bytes)).toThrow(expect.objectContaining({ name: 'WireError' }));
    expect(() => readNegTokenResp(bytes)).toThrow(message);
  });
});

describe('describeNegTokenResp', () => {
  it.each([
    [reject, 'SPNEGO reject'],
    [fromHex('a0030a0109'), 'SPNEGO state 9'],
    [fromHex(''), 'SPNEGO'],
    [
      Buffer.concat([acceptIncomplete, kerberosMechanism]),
      'SPNEGO accept-incomplete, Kerberos 5 (1.2.840.113554.1.2.2)',
    ],
    [fromHex('a10306012a'), 'SPNEGO, 1.2'],
  ])('%#: %s', (elements, words) => {
    expect(describeNegTokenResp(readNegTokenResp(negTokenResp(elements)))).toBe(words);
  });
});
