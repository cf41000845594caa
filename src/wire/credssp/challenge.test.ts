import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WireError } from '../errors.ts';
import { isNtlm, readChallenge } from './challenge.ts';
import {
  answerOfWindows,
  challengeOfFreerdpTests,
  challengeOfNtlmV1,
  challengeOfNtlmV2,
  challengeOfPyspnego,
  fromHex,
} from './messages.fixture.ts';

const nothingElse = {
  version: undefined,
  targetName: undefined,
  netbiosComputer: undefined,
  netbiosDomain: undefined,
  dnsComputer: undefined,
  dnsDomain: undefined,
  dnsForest: undefined,
  avFlags: undefined,
  timestamp: undefined,
};

const published = [
  {
    name: 'Windows Server 2019, of no domain',
    message: answerOfWindows.subarray(23),
    told: {
      flags: 0xe28a8235,
      version: { major: 10, minor: 0, build: 17763 },
      targetName: 'fv-az41-637',
      netbiosComputer: 'fv-az41-637',
      netbiosDomain: 'fv-az41-637',
      dnsComputer: 'fv-az41-637',
      dnsDomain: 'fv-az41-637',
      timestamp: new Date('2021-02-15T08:02:38.979Z'),
    },
  },
  {
    name: 'MS-NLMP 4.2.2.3',
    message: challengeOfNtlmV1,
    told: { flags: 0xe2028233, version: { major: 6, minor: 0, build: 6000 }, targetName: 'Server' },
  },
  {
    name: 'MS-NLMP 4.2.4.3',
    message: challengeOfNtlmV2,
    told: {
      flags: 0xe28a8233,
      version: { major: 6, minor: 0, build: 6000 },
      targetName: 'Server',
      netbiosComputer: 'Server',
      netbiosDomain: 'Domain',
    },
  },
  {
    name: "FreeRDP's tests",
    message: challengeOfFreerdpTests,
    told: {
      flags: 0xa2888207,
      version: { major: 6, minor: 3, build: 9600 },
      netbiosComputer: 'NEWYEAR',
      netbiosDomain: 'NEWYEAR',
      dnsComputer: 'newyear',
      dnsDomain: 'lab.wayk.local',
      timestamp: new Date('2014-06-18T15:12:18.004Z'),
    },
  },
  {
    name: 'pyspnego, whose names are where its version would be',
    message: challengeOfPyspnego,
    told: {
      flags: 0xe28a8235,
      targetName: 'AWS-CLOUD9',
      netbiosComputer: 'AWS-CLOUD9',
      netbiosDomain: 'WORKSTATION',
      dnsComputer: 'aws-cloud9.us-central1-b.c.elite-bird-187819.internal',
      timestamp: new Date('2021-02-15T08:02:39.108Z'),
    },
  },
];

/** A CHALLENGE with a payload at 56 that is target name first, target information after it. */
function challenge(flags: number, targetName: Uint8Array, targetInfo: Uint8Array = Buffer.alloc(0)): Buffer {
  const header = Buffer.alloc(56);
  header.write('NTLMSSP\0', 'latin1');
  header.writeUInt32LE(2, 8);
  header.writeUInt16LE(targetName.length, 12);
  header.writeUInt32LE(56, 16);
  header.writeUInt32LE(flags, 20);
  header.writeUInt16LE(targetInfo.length, 40);
  header.writeUInt32LE(56 + targetName.length, 44);
  return Buffer.concat([header, targetName, targetInfo]);
}

const unicode = (text: string) => Buffer.from(text, 'utf16le');
const none = Buffer.alloc(0);

describe('readChallenge', () => {
  it.each(published)('reads what is published of $name', ({ message, told }) => {
    expect(readChallenge(message)).toEqual({ ...nothingElse, ...told });
  });

  it.each([
    { name: 'OEM', bytes: challenge(2, Buffer.from('WIN7')), told: { targetName: 'WIN7' } },
    { name: 'OEM beyond ASCII', bytes: challenge(2, fromHex('4ddc')), told: { targetName: 'M\ufffd' } },
    { name: 'no target name', bytes: challenge(1, none), told: {} },
    {
      name: 'a forest and flags',
      bytes: challenge(1, none, fromHex('05000200 7800 06000400 02000000 00000000')),
      told: { dnsForest: 'x', avFlags: 2 },
    },
    {
      name: 'the first of two names',
      bytes: challenge(1, none, fromHex('01000200 6100 01000200 6200 00000000')),
      told: { netbiosComputer: 'a' },
    },
    {
      name: 'nothing after MsvAvEOL',
      bytes: challenge(1, none, fromHex('00000000 01000200 6200')),
      told: {},
    },
    {
      name: 'a list that ends without MsvAvEOL',
      bytes: challenge(1, none, fromHex('01000200 6100')),
      told: { netbiosComputer: 'a' },
    },
    {
      name: 'pairs that nobody knows',
      bytes: challenge(1, none, fromHex('0b000300 616161 01000200 6100')),
      told: { netbiosComputer: 'a' },
    },
    {
      name: 'a lone surrogate as it is',
      bytes: challenge(1, unicode('\ud800')),
      told: { targetName: '\ud800' },
    },
    {
      name: 'the last moment that a FILETIME can name',
      bytes: challenge(1, none, fromHex('07000800 ffffffffffffffff')),
      told: { timestamp: new Date('+060056-05-28T05:36:10.955Z') },
    },
  ])('takes $name', ({ bytes, told }) => {
    expect(readChallenge(bytes)).toEqual({ ...nothingElse, flags: bytes.readUInt32LE(20), ...told });
  });

  it.each([
    {
      name: 'what is not NTLM',
      bytes: Buffer.from('SSH-2.0-OpenSSH'),
      kind: 'not-recognised',
      message: 'no NTLM message',
    },
    { name: 'a stub', bytes: challengeOfNtlmV2.subarray(0, 47), message: 'a NTLM message of 47 bytes' },
    {
      name: 'another message',
      bytes: Buffer.concat([fromHex('4e544c4d5353500003000000'), Buffer.alloc(64)]),
      message: 'a NTLM message of type 3 where a CHALLENGE is due',
    },
    {
      name: 'a cut one',
      bytes: challengeOfNtlmV2.subarray(0, 100),
      message: 'target information at 68 with 36 bytes in a message of 100',
    },
    {
      name: 'a payload in the header',
      bytes: Buffer.from(challengeOfNtlmV2).fill(fromHex('10000000'), 16, 20),
      message: 'target name at 16 with 12 bytes in a message of 104',
    },
    {
      name: 'an offset of almost 4 GiB',
      bytes: Buffer.from(challengeOfNtlmV2).fill(0xff, 16, 20),
      message: 'target name at 4294967295 with 12 bytes in a message of 104',
    },
    {
      name: 'half a character',
      bytes: challenge(1, fromHex('610062')),
      message: 'the target name of 3 bytes is no UTF-16',
    },
    { name: 'half a pair', bytes: challenge(1, none, fromHex('010002')), message: 'half an AV pair' },
    {
      name: 'a pair that is too long',
      bytes: challenge(1, none, fromHex('01000300 6100')),
      message: 'AV pair 1 goes beyond the target information',
    },
    {
      name: 'a short clock',
      bytes: challenge(1, none, fromHex('07000400 00000000')),
      message: 'MsvAvTimestamp of 4 bytes',
    },
    {
      name: 'long flags',
      bytes: challenge(1, none, fromHex('06000600 000000000000')),
      message: 'MsvAvFlags of 6 bytes',
    },
    {
      name: 'a name that goes on and on',
      bytes: challenge(1, Buffer.alloc(1026, 'a')),
      kind: 'too-long',
      message: 'the target name of 1026 bytes',
    },
  ] as const)('refuses $name', ({ bytes, message, ...rest }) => {
    const kind = 'kind' in rest ? rest.kind : 'malformed';
    expect(() => readChallenge(bytes)).toThrow(new WireError(kind, message));
  });

  it('refuses or reads whatever comes after the signature', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (rest) => {
        const message = Buffer.concat([challengeOfNtlmV2.subarray(0, 12), rest]);
        try {
          expect(Object.keys(readChallenge(message))).toHaveLength(10);
        } catch (error) {
          expect(error).toBeInstanceOf(WireError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('isNtlm', () => {
  it.each([
    ['NTLMSSP\0\x02', true],
    ['NTLMSSP\0', true],
    ['NTLMSSP', false],
    ['ntlmssp\0', false],
    ['', false],
  ])('%j: %j', (text, expected) => {
    expect(isNtlm(Buffer.from(text, 'latin1'))).toBe(expected);
  });
});
