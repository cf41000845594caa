import { createHash, X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Inbox } from '../dialogue.ts';
import {
  flightOf,
  flightOf12,
  flightOf13,
  handshakeFailure,
  handshakeOf,
  helloFor,
  message,
  protocolVersion,
  record,
  retryRequest,
} from './flights.fixture.ts';
import { type FirstFlight, firstFlight, tlsVersions } from './index.ts';

const of10 = helloFor('TLS 1.0');
const of12 = helloFor('TLS 1.2');
const of13 = helloFor('TLS 1.3');
const all = helloFor(...tlsVersions);

const messages = handshakeOf(flightOf12);
const [handshake, alert, changeCipherSpec] = [22, 21, 20];

/** A ServerHello with these fields; TLS 1.2 and ECDHE_RSA unless told. */
function serverHello(fields: { version?: number; suite?: number; random?: Buffer; rest?: string } = {}) {
  const { version = 0x0303, suite = 0xc030, random = Buffer.alloc(32, 1), rest = '' } = fields;
  const numbers = Buffer.from([version >> 8, version & 0xff]);
  const chosen = Buffer.from([0, suite >> 8, suite & 0xff, 0]);
  return message(2, Buffer.concat([numbers, random, chosen, hex(rest)]));
}

const done = message(14, Buffer.alloc(0));
const answer = (...parts: Buffer[]) => record(handshake, Buffer.concat(parts));
const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');

describe('a whole flight', () => {
  test('of TLS 1.2', () => {
    const flight = flightOf(of12, [flightOf12]);
    expect(flight).toMatchObject({
      kind: 'server-hello',
      version: 'TLS 1.2',
      suite: 0xc02c,
      complete: true,
      group: 29,
      primeBits: undefined,
      asksForCertificate: true,
      supportsAtLeast: undefined,
      alert: undefined,
      ending: undefined,
    });
    const der = flight.kind === 'server-hello' ? flight.certificates : [];
    expect(der.map((bytes) => new X509Certificate(bytes).subject)).toEqual(['CN=rdp01.example']);
    expect(Buffer.from(flight.bytes)).toEqual(flightOf12.subarray(0, 64));
  });

  test('of TLS 1.3 ends with the ServerHello', () => {
    const serverHelloAlone = flightOf13.subarray(0, 95);
    const expected = { kind: 'server-hello', version: 'TLS 1.3', suite: 0x1302, complete: true, group: 29 };
    for (const bytes of [flightOf13, serverHelloAlone]) {
      expect(flightOf(of13, [bytes])).toMatchObject({ ...expected, certificates: [] });
    }
  });

  test('that asks for another key share', () => {
    expect(flightOf(all, [retryRequest])).toEqual({
      kind: 'hello-retry-request',
      suite: 0x1302,
      group: 24,
      bytes: new Uint8Array(retryRequest.subarray(0, 61)),
    });
  });

  test('the random of a HelloRetryRequest is the SHA-256 of its name', () => {
    const random = createHash('sha256').update('HelloRetryRequest').digest();
    expect(retryRequest.indexOf(random)).toBe(11);
  });

  test('is the same in one record and in records of one byte', () => {
    const expected = { ...flightOf(of12, [flightOf12]), bytes: undefined };
    const inOne = answer(messages);
    const ofOne = Buffer.concat([...messages].map((byte) => record(handshake, Buffer.from([byte]))));
    expect({ ...flightOf(of12, [inOne]), bytes: undefined }).toEqual(expected);
    expect({ ...flightOf(of12, [ofOne]), bytes: undefined }).toEqual(expected);
  });

  test('may have empty records and a HelloRequest in it, but not for ever', () => {
    const empty = record(handshake, Buffer.alloc(0));
    const helloRequest = record(handshake, message(0, Buffer.alloc(0)));
    const some = Array.from({ length: 32 }, () => empty);
    expect(flightOf(of12, [...some, helloRequest, flightOf12])).toMatchObject({ complete: true });
    expect(flightOf(of12, [...some, empty, flightOf12])).toMatchObject({ detail: 'only empty records' });
  });

  test.each([
    ['a prime of 2048 bits', `0100 ff${'00'.repeat(255)}`, 2048],
    ['a prime of 1023 bits', `0080 7f${'00'.repeat(127)}`, 1023],
    ['a prime behind zeroes', '0004 00000400', 11],
  ])('of DHE tells its size: %s', (_, params, primeBits) => {
    const flight = answer(serverHello({ suite: 0x009f }), message(12, hex(params)), done);
    expect(flightOf(of12, [flight])).toMatchObject({ complete: true, primeBits, group: undefined });
  });

  test('of ECDHE over a curve without a name has no group', () => {
    const flight = answer(serverHello(), message(12, hex('01 00')), done);
    expect(flightOf(of12, [flight])).toMatchObject({ complete: true, group: undefined });
  });

  test.each([
    ['444f574e47524401', 'TLS 1.3'],
    ['444f574e47524400', 'TLS 1.2'],
    ['444f574e47524402', undefined],
  ])('a random that ends in %s says that the server has %s', (end, supportsAtLeast) => {
    const random = Buffer.concat([Buffer.alloc(24, 1), hex(end)]);
    expect(flightOf(of12, [answer(serverHello({ random }), done)])).toMatchObject({ supportsAtLeast });
  });
});

describe('a flight that breaks off', () => {
  const helloAlone = flightOf12.subarray(0, 98);
  const withCertificate = flightOf12.subarray(0, 98 + 5 + 403);

  test.each(['closed', 'reset', 'too-late'] as const)('%s after the ServerHello', (ending) => {
    const expected = { kind: 'server-hello', suite: 0xc02c, complete: false, ending, alert: undefined };
    expect(flightOf(of12, [helloAlone], ending)).toMatchObject({ ...expected, certificates: [] });
  });

  test('keeps the certificates that have come', () => {
    const flight = flightOf(of12, [withCertificate], 'reset');
    expect(flight).toMatchObject({ complete: false, ending: 'reset', certificates: [{ length: 393 }] });
  });

  test('by an alert after the ServerHello', () => {
    const flight = flightOf(of12, [helloAlone, record(alert, hex('0250'))]);
    expect(flight).toMatchObject({
      ...{ kind: 'server-hello', complete: false, ending: undefined },
      alert: { level: 2, description: 80 },
    });
  });

  test.each([
    ['a ChangeCipherSpec', record(changeCipherSpec, hex('01')), 'a TLS record of type 20 out of turn'],
    ['a second ServerHello', answer(serverHello()), 'handshake message 2 twice'],
    ['a Finished', answer(message(20, Buffer.alloc(12))), 'handshake message 20 out of turn'],
    ['an HTTP answer', Buffer.from('HTTP/1.1 400'), 'an HTTP answer'],
    ['a certificate that ends early', answer(message(11, hex('000005 000009 3082'))), /ends in the middle/],
    ['a certificate of no bytes', answer(message(11, hex('000003 000000'))), 'a certificate of no bytes'],
    [
      'seventeen certificates',
      answer(message(11, hex(`000044 ${'00000130'.repeat(17)}`))),
      'more than 16 certificates',
    ],
    ['a message of 16 MiB', record(handshake, hex('0bfffffb')), 'a handshake message of 16777215 bytes'],
  ])('with %s says so', (_, bytes, detail) => {
    const flight = flightOf(of12, [helloAlone, bytes]);
    expect(flight).toMatchObject({ kind: 'server-hello', complete: false, certificates: [] });
    expect(flight.kind === 'server-hello' && flight.detail).toMatch(detail);
  });

  test('ends where it has 64 KiB and no end', () => {
    const status = record(handshake, Buffer.concat([hex('16 00fff0'), Buffer.alloc(16_000)]));
    const more = record(handshake, Buffer.alloc(16_384));
    const flight = flightOf(of12, [helloAlone, status, more, more, more, more], 'too-late');
    expect(flight).toMatchObject({ complete: false, detail: 'a first flight that does not end' });
  });
});

describe('a refusal', () => {
  test.each([
    ['of the version', protocolVersion, { level: 2, description: 70 }],
    ['of all suites', handshakeFailure, { level: 2, description: 40 }],
    ['in an alert of SSL 3.0', hex('15 0300 0002 0228'), { level: 2, description: 40 }],
    ['in two records', hex('15 0303 0001 02 15 0303 0001 28'), { level: 2, description: 40 }],
    ['by close_notify', hex('15 0303 0002 0100'), { level: 1, description: 0 }],
    ['by a warning and the end', hex('15 0303 0002 0170'), { level: 1, description: 112 }],
  ])('%s', (_, bytes, outcome) => {
    expect(flightOf(of12, [bytes])).toEqual({ kind: 'alert', ...outcome, bytes: new Uint8Array(bytes) });
  });

  test('is none where a ServerHello follows a warning', () => {
    const flight = flightOf(of12, [hex('15 0303 0002 0170'), flightOf12]);
    expect(flight).toMatchObject({ kind: 'server-hello', complete: true, alert: undefined });
  });

  test.each([
    ['TLS 1.0 for 1.2', of12, serverHello({ version: 0x0301, suite: 0xc014 }), 0x0301, 0xc014],
    ['TLS 1.2 for 1.3', of13, serverHello({ version: 0x0303, suite: 0x1302 }), 0x0303, 0x1302],
    ['SSL 3.0 for 1.0', of10, serverHello({ version: 0x0300, suite: 0x0005 }), 0x0300, 0x0005],
    ['another suite', of10, serverHello({ version: 0x0301, suite: 0xc030 }), 0x0301, 0xc030],
    ['a draft of TLS 1.3', of13, serverHello({ suite: 0x1302, rest: '0006 002b 0002 7f1c' }), 0x7f1c, 0x1302],
  ])('is a choice that was not offered: %s', (_, hello, bytes, version, suite) => {
    expect(flightOf(hello, [answer(bytes)])).toMatchObject({ kind: 'not-tls', chosen: { version, suite } });
  });
});

describe('what is not TLS', () => {
  test.each([
    ['HTTP/1.1 400 Bad Request\r\n', 'an HTTP answer'],
    ['<!DOCTYPE html>', 'a page of HTML'],
    ['SSH-2.0-OpenSSH_9.2p1\r\n', 'an SSH greeting'],
    ['RFB 003.008\n', 'a VNC greeting'],
    ['\x03\x00\x00\x0b\x06\xd0\x00\x00\x12\x34\x00', 'a TPKT packet'],
    ['\x80\x03\x00\x00\x01', 'an SSL 2.0 answer'],
    ['\x80\x2e\x04\x00\x01\x00\x02', 'an SSL 2.0 answer'],
    ['220 mail.example ESMTP\r\n', 'not TLS: text that begins with "220 m"'],
    ['\x00\x01\x02\x03\x04\x05', 'not TLS: 0001020304'],
    ['SSH-', 'an SSH greeting'],
    ['\x1b[2', 'not TLS: 1b5b32'],
  ])('%j', (text, detail) => {
    const bytes = Buffer.from(text, 'latin1');
    const flight = { kind: 'not-tls', detail, bytes: new Uint8Array(bytes.subarray(0, 64)) };
    expect(flightOf(all, [bytes])).toEqual(flight);
  });

  test.each([
    ['our own ClientHello', Buffer.from(all), 'a ClientHello, as an echo or a client sends'],
    ['a Certificate first', answer(message(11, hex('000000'))), 'handshake message 11 before a ServerHello'],
    ['encrypted data first', record(23, hex('00')), 'a TLS record of type 23 out of turn'],
    ['a record of 65535 bytes', hex('16 0303 ffff 02'), 'a TLS record that says it has 65535 bytes'],
    ['a ServerHello cut short', answer(message(2, hex('0303'))), 'a ServerHello that ends in the middle'],
    [
      'a compressed answer',
      answer(message(2, hex(`0303 ${'01'.repeat(32)} 00 c030 01`))),
      'compression, which was not offered',
    ],
    [
      'a session id of 33 bytes',
      answer(message(2, hex(`0303 ${'01'.repeat(32)} 21 ${'00'.repeat(33)} c030 00`))),
      'a session id of more than 32 bytes',
    ],
    [
      'an extension twice',
      answer(serverHello({ rest: '0008 0017 0000 0017 0000' })),
      'extension 23 twice in a ServerHello',
    ],
    [
      'bytes behind the extensions',
      answer(serverHello({ rest: '0000 ff' })),
      '1 bytes behind the end of a ServerHello',
    ],
  ])('%s', (_, bytes, detail) => {
    expect(flightOf(all, [bytes])).toMatchObject({ kind: 'not-tls', detail });
  });

  test.each(['closed', 'reset', 'too-late'] as const)('nothing, then %s', (ending) => {
    expect(flightOf(all, [], ending)).toEqual({ kind: 'ended', ending, bytes: new Uint8Array(0) });
  });

  test('the beginning of a record, then the end', () => {
    expect(flightOf(all, [hex('160303')])).toEqual({
      ...{ kind: 'ended', ending: 'closed' },
      bytes: new Uint8Array([0x16, 3, 3]),
    });
  });
});

describe('however the bytes come', () => {
  const flights = [
    ['TLS 1.2', of12, flightOf12],
    ['TLS 1.3', of13, flightOf13],
    ['HelloRetryRequest', all, retryRequest],
    ['alert', of10, protocolVersion],
  ] as const;

  /** The bytes cut at these places. */
  function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
    const at = [0, ...places.map((place) => place % bytes.length).sort((a, b) => a - b), bytes.length];
    return at
      .slice(1)
      .map((end, i) => bytes.subarray(at[i], end))
      .filter((chunk) => chunk.length > 0);
  }

  test.each(flights)('%s is the same', (_, hello, bytes) => {
    const expected = flightOf(hello, [bytes]);
    fc.assert(
      fc.property(fc.array(fc.nat(10_000), { maxLength: 12 }), (places) => {
        expect(flightOf(hello, cut(bytes, places))).toEqual(expected);
      }),
    );
    expect(
      flightOf(
        hello,
        [...bytes].map((byte) => Buffer.from([byte])),
      ),
    ).toEqual(expected);
  });

  test.each(flights)('any beginning of %s makes an outcome', (_, hello, bytes) => {
    const kinds = new Set<FirstFlight['kind']>();
    for (let end = 0; end < bytes.length; end++) kinds.add(flightOf(hello, [bytes.subarray(0, end)]).kind);
    expect(kinds).toContain('ended');
    expect(kinds).not.toContain('not-tls');
  });

  test('any bytes make an outcome', () => {
    const junk = fc.uint8Array({ maxLength: 300 });
    const records = fc.array(
      fc.tuple(fc.constantFrom(20, 21, 22, 23), junk).map(([type, fragment]) => record(type, fragment)),
      { maxLength: 5 },
    );
    const endings = fc.constantFrom('closed' as const, 'reset' as const, 'too-late' as const);
    fc.assert(
      fc.property(fc.oneof(records, fc.array(junk)), endings, (chunks, ending) => {
        expect(flightOf(all, chunks, ending).bytes.length).toBeLessThanOrEqual(64);
      }),
      { numRuns: 1000 },
    );
  });

  test('the ClientHello is sent once, and nothing after it', () => {
    const dialogue = firstFlight(new Inbox(), of12);
    const sent = [
      dialogue.next().value,
      dialogue.next({ kind: 'bytes', bytes: flightOf12.subarray(0, 120), at: 1 }).value,
    ];
    expect(sent).toEqual([of12, new Uint8Array(0)]);
  });

  test('what is no ClientHello is not sent', () => {
    expect(() => firstFlight(new Inbox(), handshakeFailure).next()).toThrow('no ClientHello');
  });

  test('64 KiB that come byte by byte in small records take no long time', () => {
    const body = Buffer.alloc(60_000);
    const status = Buffer.concat([serverHello(), message(22, body), done]);
    const chunks: Buffer[] = [];
    for (let at = 0; at < status.length; at += 16) chunks.push(answer(status.subarray(at, at + 16)));
    const start = performance.now();
    expect(flightOf(of12, chunks)).toMatchObject({ complete: true });
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
