import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { type EndpointName, endpoints, type LabEndpoint, startEndpoint } from './index.ts';
import {
  confirmed,
  hangUp,
  listeningTo,
  mcsConnectInitial,
  negotiated,
  secure,
  wholeChallenge,
  wholeTpkt,
} from './plain-client.ts';

const started: LabEndpoint[] = [];
afterEach(async () => {
  for (const one of started.splice(0)) await one.close();
});
afterAll(hangUp);

async function start(name: EndpointName): Promise<LabEndpoint> {
  const endpoint = await startEndpoint(endpoints[name]());
  started.push(endpoint);
  return endpoint;
}

/** MsvAvTimestamp with a FILETIME of our time at the very end, and no MsvAvEOL behind it. */
const fileTimeOfThisYears = /07000800[0-9a-f]{12}[cde][0-9a-f]01$/;

describe('the negotiation of Windows', () => {
  const response = (protocol: string): string => `030000130ed00000123400021f0800${protocol}000000`;
  const failure = (code: string): string => `030000130ed0000012340003000800${code}000000`;

  /** Requests, and what they are answered by. */
  const matrix: [EndpointName, [number, string][]][] = [
    [
      'windows-nla',
      [
        [0, failure('05')],
        [1, failure('05')],
        [2, response('02')],
        [3, response('02')],
        [4, response('04')],
        [8, response('08')],
        [11, response('08')],
        [0x10, failure('05')],
      ],
    ],
    [
      'windows-tls',
      [
        [0, failure('01')],
        [1, response('01')],
        [3, response('02')],
      ],
    ],
    [
      'windows-negotiate',
      [
        [0, response('00')],
        [1, response('01')],
        [11, response('08')],
      ],
    ],
    [
      'windows-standard',
      [
        [0, response('00')],
        [1, failure('02')],
        [3, failure('02')],
      ],
    ],
  ];
  const rows = matrix.flatMap(([name, answers]) =>
    answers.map(([asked, answer]) => ({ name, asked, answer })),
  );

  it.each(rows)('$name answers $asked', async ({ name, asked, answer }) => {
    const { port } = await start(name);
    expect((await confirmed(port, asked)).confirm.toString('hex')).toBe(answer);
  });

  it('xrdp answers 0x10 by a disconnect', async () => {
    const { port } = await start('xrdp');
    expect((await confirmed(port, 0x10)).confirm.toString('hex')).toBe('0300000902f0802180');
  });

  it('a request without negotiation data gets a confirm without it', async () => {
    const { port } = await start('windows-nla');
    const { client, confirm } = await confirmed(port);
    expect(confirm.toString('hex')).toBe('0300000b06d00000123400');
    expect((await client.hear(() => false, 10_000)).ending).toBe('closed');
  });
});

describe('MCS Connect', () => {
  const securityBlock = (response: Buffer): Buffer =>
    response.subarray(response.indexOf('020cec00', 0, 'hex'));

  it('settles 128 bits under standard security, with a random and a certificate', async () => {
    const { client } = await confirmed((await start('windows-standard')).port, 0);
    client.socket.write(mcsConnectInitial);
    const { bytes } = await client.hear(wholeTpkt, 10_000);
    const security = securityBlock(bytes);
    expect([4, 8, 12, 16].map((at) => security.readUInt32LE(at))).toEqual([2, 2, 32, 184]);
    expect(security).toHaveLength(0xec);
  });

  it('settles no encryption inside TLS', async () => {
    const secured = await secure((await confirmed((await start('windows-tls')).port, 1)).client.socket);
    const inner = listeningTo(secured);
    secured.write(mcsConnectInitial);
    const { bytes } = await inner.hear(wholeTpkt, 10_000);
    expect(bytes.subarray(-12).toString('hex')).toBe('020c0c000000000000000000');
  });
});

describe('a CHALLENGE', () => {
  async function challengeOf(name: EndpointName): Promise<Buffer> {
    const { inner } = await negotiated((await start(name)).port);
    const { bytes } = await inner.hear(wholeChallenge, 10_000);
    return bytes.subarray(bytes.indexOf('NTLMSSP\0'));
  }

  const clockOf = (challenge: Buffer): number => {
    const at = challenge.indexOf('07000800', 0, 'hex') + 4;
    return Number(challenge.readBigUInt64LE(at) / 10_000n) - 11_644_473_600_000;
  };

  it.each([
    ['windows-nla', '0a007c4f0000000f', 'SRV2022'],
    ['windows-11', '0a005d580000000f', 'DESKTOP-11'],
    ['windows-7', '0601b11d0000000f', 'WIN7'],
  ] as const)('of %s tells version and name', async (name, version, computer) => {
    const challenge = await challengeOf(name);
    expect(challenge.subarray(48, 56).toString('hex')).toBe(version);
    expect(challenge.includes(Buffer.from(computer, 'utf16le'))).toBe(true);
  });

  it.each([
    ['windows-nla', 0],
    ['clock-a-day-ahead', 1],
    ['clock-a-day-behind', -1],
  ] as const)('of %s tells a clock %i days off', async (name, days) => {
    const off = clockOf(await challengeOf(name)) - Date.now();
    expect(Math.abs(off - days * 86_400_000)).toBeLessThan(60_000);
  });

  /** Where its target info claims to be, and how long its target name is, against its whole length. */
  it.each([
    ['windows-nla', true, true],
    ['ntlm-offsets-lie', false, true],
    ['ntlm-length-lies', true, false],
  ] as const)('of %s has its target info inside: %s, its target name: %s', async (name, info, target) => {
    const challenge = await challengeOf(name);
    expect(challenge.readUInt16LE(40) + challenge.readUInt32LE(44) <= challenge.length).toBe(info);
    expect(challenge.readUInt16LE(12) + challenge.readUInt32LE(16) <= challenge.length).toBe(target);
  });

  it.each([
    ['windows-nla', '00000000'],
    ['ntlm-pair-length-lies', '0200ffff4100'],
    ['ntlm-no-names', '00000000'],
    ['ntlm-pairs-without-end', fileTimeOfThisYears],
  ] as const)('of %s ends as it should or should not', async (name, end) => {
    const challenge = await challengeOf(name);
    const hex = challenge.toString('hex');
    expect(typeof end === 'string' ? hex.endsWith(end) : end.test(hex)).toBe(true);
  });
});
