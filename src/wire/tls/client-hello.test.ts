import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Fields } from './fields.ts';
import { helloFor } from './flights.fixture.ts';
import {
  askedSuites,
  makeClientHello,
  readOffer,
  type TlsVersion,
  tlsVersions,
  versionNumber,
} from './index.ts';

const random = Buffer.alloc(32, 7);
const modern = { versions: ['TLS 1.2', 'TLS 1.3'], suites: [0x1302, 0xc030], random } as const;

/** The parts of a ClientHello, read by its lengths alone. */
function partsOf(hello: Uint8Array) {
  const record = new Fields(hello, 'record');
  const [type, recordVersion] = [record.integer(1), record.integer(2)];
  const message = new Fields(record.vector(2), 'message');
  record.end();
  const messageType = message.integer(1);
  const body = new Fields(message.vector(3), 'body');
  message.end();
  const parts = {
    type,
    recordVersion,
    messageType,
    legacyVersion: body.integer(2),
    random: Buffer.from(body.bytes(32)),
    sessionId: body.vector(1).length,
    suites: Buffer.from(body.vector(2)),
    compression: Buffer.from(body.vector(1)).toString('hex'),
    extensions: new Map<number, string>(),
  };
  const list = new Fields(body.vector(2), 'extensions');
  body.end();
  while (list.left > 0) parts.extensions.set(list.integer(2), Buffer.from(list.vector(2)).toString('hex'));
  return parts;
}

const extensionsOf = (hello: Uint8Array) => [...partsOf(hello).extensions.keys()];

describe('makeClientHello', () => {
  test('is one record of one ClientHello', () => {
    expect(partsOf(makeClientHello(modern))).toMatchObject({
      type: 22,
      recordVersion: 0x0301,
      messageType: 1,
      legacyVersion: 0x0303,
      random,
      sessionId: 0,
      compression: '00',
    });
  });

  test.each<[TlsVersion[], number, string | undefined]>([
    [['TLS 1.0'], 0x0301, undefined],
    [['TLS 1.1'], 0x0302, '020302'],
    [['TLS 1.2'], 0x0303, '020303'],
    [['TLS 1.3'], 0x0303, '020304'],
    [['TLS 1.0', 'TLS 1.2'], 0x0303, '0403030301'],
    [['TLS 1.3', 'TLS 1.2', 'TLS 1.1', 'TLS 1.0'], 0x0303, '080304030303020301'],
  ])('offers exactly %j', (versions, legacyVersion, supportedVersions) => {
    const parts = partsOf(helloFor(...versions));
    expect([parts.legacyVersion, parts.extensions.get(43)]).toEqual([legacyVersion, supportedVersions]);
  });

  // server_name 0, supported_groups 10, ec_point_formats 11, signature_algorithms 13, padding 21,
  // extended_master_secret 23, supported_versions 43, key_share 51
  test.each<[TlsVersion[], number[]]>([
    [['TLS 1.0'], [10, 11]],
    [['TLS 1.1'], [10, 11, 43]],
    [['TLS 1.2'], [23, 10, 11, 13, 43, 21]],
    [['TLS 1.3'], [10, 13, 43, 51]],
    [
      ['TLS 1.0', 'TLS 1.1', 'TLS 1.2', 'TLS 1.3'],
      [23, 10, 11, 13, 43, 51, 21],
    ],
  ])('%j comes with extensions %j', (versions, extensions) => {
    expect(extensionsOf(helloFor(...versions))).toEqual(extensions);
  });

  test('says nothing of curves where no suite has them', () => {
    const hello = makeClientHello({ versions: ['TLS 1.0'], suites: [0x002f, 0x0005], random });
    expect(extensionsOf(hello)).toEqual([]);
  });

  // RFC 7919, section 4: beside TLS 1.2 they would narrow DHE down.
  test.each<[TlsVersion[], boolean]>([
    [['TLS 1.2'], false],
    [['TLS 1.3', 'TLS 1.2'], false],
    [['TLS 1.3'], true],
  ])('%j: offers finite fields: %s', (versions, offered) => {
    const list = partsOf(helloFor(...versions)).extensions.get(10);
    expect(list?.endsWith('01000101')).toBe(offered);
  });

  test('has the signal for renegotiation before its suites, but not where TLS 1.3 is alone', () => {
    expect(partsOf(makeClientHello(modern)).suites.toString('hex')).toBe('00ff1302c030');
    const alone = makeClientHello({ ...modern, versions: ['TLS 1.3'] });
    expect(partsOf(alone).suites.toString('hex')).toBe('1302c030');
  });

  test.each(tlsVersions)('never sends TLS_FALLBACK_SCSV: %s', (version) => {
    expect(partsOf(helloFor(version)).suites.toString('hex')).not.toContain('5600');
  });

  test('its key share is the point of X25519 that belongs to the random', () => {
    // RFC 7748, section 6.1: Alice's private and public key.
    const alice = Buffer.from('77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a', 'hex');
    const share = partsOf(makeClientHello({ ...modern, random: alice })).extensions.get(51);
    const point = '8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a';
    expect(share).toBe(`0024001d0020${point}`);
  });

  test('names a host and never an address', () => {
    const nameIn = (serverName: string) =>
      partsOf(makeClientHello({ ...modern, serverName })).extensions.get(0);
    expect(nameIn('rdp01')).toBe('0008000005' + '7264703031');
    expect(nameIn('192.0.2.1')).toBeUndefined();
  });

  test('is of no length at which old servers hang, and below 512 bytes but for the padding', () => {
    const message = (hello: Uint8Array) => hello.length - 5;
    expect(tlsVersions.map((version) => message(helloFor(version)))).toEqual([191, 198, 512, 174]);
    expect(message(helloFor(...tlsVersions))).toBe(512);
  });

  test('at any length of name and list the message has less than 256 or more than 511 bytes', () => {
    const labels = fc.array(fc.stringMatching(/^[a-z]{1,60}$/), { minLength: 1, maxLength: 4 });
    const count = fc.integer({ min: 1, max: askedSuites['TLS 1.2'].length });
    fc.assert(
      fc.property(
        fc.subarray([...tlsVersions], { minLength: 1 }),
        labels,
        count,
        (versions, name, suites) => {
          const hello = makeClientHello({
            versions,
            suites: askedSuites['TLS 1.2'].slice(0, suites),
            serverName: name.join('.'),
            random,
          });
          const length = hello.length - 5;
          partsOf(hello);
          return length < 256 || length > 511;
        },
      ),
    );
  });

  test.each([
    ['a short random', { ...modern, random: Buffer.alloc(31) }],
    ['no version', { ...modern, versions: [] }],
    ['no suite', { ...modern, suites: [] }],
  ])('refuses %s', (_, hello) => {
    expect(() => makeClientHello(hello)).toThrow(RangeError);
  });
});

describe('readOffer', () => {
  test('finds what was offered', () => {
    const suite = fc.integer({ min: 0, max: 0xffff });
    fc.assert(
      fc.property(
        fc.subarray([...tlsVersions], { minLength: 1 }),
        fc.array(suite, { minLength: 1, maxLength: 200 }),
        (versions, suites) => {
          const offer = readOffer(makeClientHello({ versions, suites, random }));
          const signal = versions.some((version) => version !== 'TLS 1.3') ? [0x00ff] : [];
          expect([...offer.versions].sort()).toEqual(versions.map(versionNumber).sort());
          expect(offer.suites).toEqual([...signal, ...suites]);
        },
      ),
    );
  });

  test('takes a client without supported_versions at its word: everything up to its own version', () => {
    const hello = Buffer.from(helloFor('TLS 1.0'));
    hello.writeUInt16BE(0x0303, 9);
    expect(readOffer(hello).versions).toEqual([0x0301, 0x0302, 0x0303]);
  });

  test.each([
    ['nothing', ''],
    ['an alert', '15030100020228'],
    ['a ServerHello', '160303000402000000'],
    ['half a ClientHello', '16030100060100000203'],
  ])('refuses %s', (_, hex) => {
    expect(() => readOffer(Buffer.from(hex, 'hex'))).toThrow(expect.objectContaining({ name: 'WireError' }));
  });
});
