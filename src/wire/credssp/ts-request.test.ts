import { describe, expect, it } from 'vitest';
import { WireError } from '../errors.ts';
import {
  answerOfWindows,
  element,
  errorCode,
  fromHex,
  hintOfPyspnego,
  negoTokens,
  negotiateOfMstsc,
  tsRequest,
} from './messages.fixture.ts';
import { makeNegotiate } from './negotiate.ts';
import { longestTsRequest, makeTsRequest, readTsRequest, takeTsRequest } from './ts-request.ts';

const token = Buffer.from('token');

describe('makeTsRequest', () => {
  it("makes of a NEGOTIATE what mstsc sends, save the client's build", () => {
    const made = Buffer.from(makeTsRequest(makeNegotiate()));
    expect(made.readUInt16LE(51)).toBe(19_045);
    made.writeUInt16LE(negotiateOfMstsc.readUInt16LE(51), 51);
    expect(made).toEqual(negotiateOfMstsc);
  });

  it('makes long ones as DER wants it', () => {
    const long = Buffer.alloc(500, 7);
    expect(Buffer.from(makeTsRequest(long))).toEqual(tsRequest(negoTokens(long)));
  });
});

describe('readTsRequest', () => {
  it.each([
    ['of Windows', answerOfWindows, { version: 6, negoTokens: [answerOfWindows.subarray(23)] }],
    ['of pyspnego', hintOfPyspnego, { version: 6, negoTokens: [hintOfPyspnego.subarray(17)] }],
    ['without a token', tsRequest(), { version: 6, negoTokens: [] }],
    [
      'with an empty token',
      tsRequest(negoTokens(Buffer.alloc(0))),
      { version: 6, negoTokens: [Buffer.alloc(0)] },
    ],
    [
      'with two tokens',
      tsRequest(element(0xa1, element(0x30, ...[1, 2].map((n) => element(0x30, fromHex(`a00304010${n}`)))))),
      { version: 6, negoTokens: [Buffer.from([1]), Buffer.from([2])] },
    ],
    ['of version 2', fromHex('3005a003020102'), { version: 2, negoTokens: [] }],
    ["of nmap's version 0x60", fromHex('3005a003020160'), { version: 0x60, negoTokens: [] }],
    ['of version -1', fromHex('3005a0030201ff'), { version: -1, negoTokens: [] }],
    ['of version 2^32 - 1', fromHex('3009a007020500ffffffff'), { version: 0xffff_ffff, negoTokens: [] }],
    ['with a length of four bytes', fromHex('308400000005a003020106'), { version: 6, negoTokens: [] }],
    [
      'with what belongs to a sign-in, and with what nobody knows yet',
      tsRequest(negoTokens(token), fromHex('a2030401aa a3030401aa a5030401aa a6020500')),
      { version: 6, negoTokens: [token] },
    ],
  ])('reads one %s', (_name, bytes, expected) => {
    const { negoTokens: tokens, ...rest } = readTsRequest(bytes);
    expect({ ...rest, negoTokens: tokens.map((one) => Buffer.from(one)) }).toEqual({
      errorCode: undefined,
      ...expected,
      negoTokens: expected.negoTokens.map((one) => Buffer.from(one)),
    });
  });

  it.each([
    ['as a negative number, as Windows writes it', '0204c000006d', 0xc000_006d],
    ['as five bytes', '020500c000006d', 0xc000_006d],
    ['as five bytes, negative', '0205ffc000006d', 0xc000_006d],
    ['that is short', '020105', 5],
    ['that is none', '020100', 0],
    ['that is all ones', '0201ff', 0xffff_ffff],
  ])('reads an errorCode %s', (_name, integer, expected) => {
    expect(readTsRequest(tsRequest(errorCode(integer))).errorCode).toBe(expected);
  });

  it.each([
    ['another type', fromHex('0203010203'), 'malformed', 'the TSRequest is no SEQUENCE'],
    ['a SET', fromHex('3105a003020106'), 'malformed', 'the TSRequest is no SEQUENCE'],
    ['an empty one', fromHex('3000'), 'malformed', 'a TSRequest without a version'],
    ['a version that is text', fromHex('3005a003040106'), 'malformed', 'version is no INTEGER'],
    ['a version of no bytes', fromHex('3004a0020200'), 'malformed', 'version has 0 bytes'],
    [
      'a version of two numbers',
      fromHex('3008a006020106020106'),
      'malformed',
      'version does not hold one element',
    ],
    ['a version in no tag', fromHex('3003800106'), 'malformed', 'version does not hold one element'],
    [
      'a version of five bytes',
      fromHex('3009a00702050600000000'),
      'malformed',
      'version does not fit into 32 bits',
    ],
    [
      'a version of 33 bits',
      fromHex('3009a0070205ff7fffffff'),
      'malformed',
      'version does not fit into 32 bits',
    ],
    [
      'an errorCode of nine bytes',
      tsRequest(errorCode('0209000000000000000005')),
      'malformed',
      'errorCode has 9 bytes',
    ],
    [
      'negoTokens that are a number',
      tsRequest(fromHex('a103020101')),
      'malformed',
      'negoTokens is no SEQUENCE',
    ],
    [
      'an item without a token',
      tsRequest(fromHex('a10430023000')),
      'malformed',
      'an item of negoTokens without a token',
    ],
    [
      'a token in pieces',
      tsRequest(fromHex('a10b 3009 3007 a005 2403 0401aa')),
      'malformed',
      'negoToken is no OCTET STRING',
    ],
    ['bytes after the end', fromHex('3005a00302010600'), 'malformed', '1 bytes after the end of the DER'],
    [
      'an indefinite length',
      fromHex('3080a0030201060000'),
      'malformed',
      'a DER element of indefinite length',
    ],
    [
      'an indefinite length inside',
      fromHex('3009a08002010600000500'),
      'malformed',
      'a DER element of indefinite length',
    ],
    [
      'an element that overruns the one around it',
      fromHex('3007a0030203000006'),
      'malformed',
      'the lengths of the DER contradict each other',
    ],
    ['a length of 2^63', fromHex('30888000000000000000a003020106'), 'malformed', /^no DER: /],
    [
      'a nest',
      Buffer.alloc(12_256, fromHex('3080')),
      'malformed',
      'no DER: maximum ASN.1 nesting depth exceeded',
    ],
    [
      'a crowd',
      element(0x30, Buffer.alloc(12_256, fromHex('0500'))),
      'malformed',
      'no DER: maximum ASN.1 node count exceeded',
    ],
    ['too much', Buffer.alloc(longestTsRequest + 1, 0x30), 'too-long', 'a TSRequest of 16385 bytes'],
  ])('refuses %s', (_name, bytes, kind, message) => {
    expect(() => readTsRequest(bytes)).toThrow(expect.objectContaining({ name: 'WireError', kind }));
    expect(() => readTsRequest(bytes)).toThrow(message);
  });
});

describe('takeTsRequest', () => {
  const whole = [
    answerOfWindows,
    tsRequest(negoTokens(Buffer.alloc(12_256))),
    fromHex('308400000005a003020106'),
  ];

  it.each(whole.map((message) => [message.length, message] as const))(
    'finds the end of one of %i bytes and not before',
    (length, message) => {
      const more = Buffer.concat([message, Buffer.from('more')]);
      expect(takeTsRequest(more)).toEqual({ value: message, length });
      for (const prefix of [1, 2, 3, 5, length - 1]) {
        expect(takeTsRequest(message.subarray(0, prefix))).toBeUndefined();
      }
    },
  );

  it.each([
    ['3080', 'malformed', 'a TSRequest of indefinite length'],
    ['3085', 'malformed', 'a TSRequest whose length has 5 bytes'],
    ['30ff', 'malformed', 'a TSRequest whose length has 127 bytes'],
    ['30824001', 'too-long', 'a TSRequest of 16389 bytes announced'],
    ['3084ffffffff', 'too-long', 'a TSRequest of 4294967301 bytes announced'],
    ['1603', 'not-recognised', 'no TSRequest'],
  ] as const)('refuses %s', (bytes, kind, message) => {
    expect(() => takeTsRequest(fromHex(bytes))).toThrow(new WireError(kind, message));
  });
});
