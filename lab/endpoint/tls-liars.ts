import { makeCertificate } from '../certificate/index.ts';
import type { Behaviour } from './connection.ts';
import type { EndpointLiteral } from './endpoint.ts';
import { afterClientHello, afterConfirm } from './gone.ts';
import {
  alert,
  certificateMessage,
  contentType,
  handshake,
  handshakeType,
  readClientHello,
  readTlsRecord,
  record,
  serverHello,
  serverHelloDone,
  version,
} from './tls-bytes.ts';
import { listenerCertificate } from './windows.ts';

const certificate = makeCertificate(listenerCertificate('SRV2022.lab.example')).der;

/** TLS_RSA_WITH_AES_128_CBC_SHA and others whose flight needs no signature: key exchange is by RSA (RFC 5246, A.5). */
const suite = {
  rc4: 0x0005,
  tripleDes: 0x000a,
  aes128: 0x002f,
  exportRc4: 0x0003,
  unassigned: 0x1399,
} as const;

const hello = serverHello(version.tls12, suite.aes128);

/** Answers a ClientHello by these bytes, and stays silent. */
function says(...bytes: readonly Buffer[]): Behaviour {
  return afterClientHello(async (connection) => {
    await connection.write(Buffer.concat(bytes));
    await connection.silence();
  });
}

/** Says it in handshake records, a message each. */
function shakes(...messages: readonly Buffer[]): Behaviour {
  return says(...messages.map((message) => record(contentType.handshake, message)));
}

/** Sends the start, and then the same bytes for ever. */
function endlessly(start: Buffer, again: Buffer): Behaviour {
  return afterClientHello(async (connection) => {
    await connection.write(start);
    await connection.pour(again);
  });
}

/**
 * A server of one version and one suite that Node's OpenSSL no longer has: its first flight is whole and right, and where the
 * client offers neither it says so as a server should. It cannot go on after it.
 */
function firstFlightOnly(ofVersion: number, ofSuite: number): Behaviour {
  return afterConfirm(async (connection) => {
    const offered = await readClientHello(connection);
    if (offered.version < ofVersion) return connection.write(alert(2, 70));
    if (!offered.suites.includes(ofSuite)) return connection.write(alert(2, 40));
    const flight = [serverHello(ofVersion, ofSuite), certificateMessage([certificate]), serverHelloDone];
    const records = flight.map((message) => record(contentType.handshake, message, { version: ofVersion }));
    await connection.write(Buffer.concat(records));
    await connection.silence();
  });
}

/** The random that makes a ServerHello a HelloRetryRequest (RFC 8446, 4.1.3). */
const helloRetryRandom = Buffer.from(
  'cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c',
  'hex',
);

/** supported_versions 1.3, and a key share asked for in x448 (RFC 8446, 4.2.1 and 4.2.8). */
const retryExtensions = Buffer.from('000c002b0002030400330002001e', 'hex');

const helloRetry = serverHello(version.tls12, 0x1301, retryExtensions, helloRetryRandom);

const afterHello = (then: Behaviour): Behaviour =>
  afterClientHello(async (connection) => {
    await connection.write(record(contentType.handshake, hello));
    await then(connection);
  });

/** Servers whose TLS is cut short, made by hand, or a lie. */
export const tlsLiars = {
  'closes-after-server-hello': () => ({
    about: 'closes after its ServerHello',
    serve: afterHello(async (connection) => connection.close()),
  }),
  'resets-after-server-hello': () => ({
    about: 'resets after its ServerHello',
    serve: afterHello(async (connection) => {
      await connection.pause(50);
      connection.reset();
    }),
  }),
  'silent-after-server-hello': () => ({
    about: 'stays silent after its ServerHello',
    serve: afterHello((connection) => connection.silence()),
  }),
  'alert-after-server-hello': () => ({
    about: 'sends internal_error after its ServerHello',
    serve: afterHello((connection) => connection.write(alert(2, 80))),
  }),
  'closes-within-server-hello': () => ({
    about: 'closes in the middle of its ServerHello',
    serve: afterClientHello((connection) =>
      connection.write(record(contentType.handshake, hello).subarray(0, 20)),
    ),
  }),
  'http-at-client-hello': () => ({
    about: 'answers the ClientHello by HTTP',
    serve: says(Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n', 'latin1')),
  }),
  'tls-rc4': () => ({
    about: 'knows TLS_RSA_WITH_RC4_128_SHA in TLS 1.2 alone; its first flight is all there is',
    serve: firstFlightOnly(version.tls12, suite.rc4),
  }),
  'tls-3des': () => ({
    about: 'knows TLS_RSA_WITH_3DES_EDE_CBC_SHA in TLS 1.2 alone; its first flight is all there is',
    serve: firstFlightOnly(version.tls12, suite.tripleDes),
  }),
  'tls-export': () => ({
    about: 'knows TLS_RSA_EXPORT_WITH_RC4_40_MD5 in TLS 1.0 alone; its first flight is all there is',
    serve: firstFlightOnly(version.tls10, suite.exportRc4),
  }),
  'ssl-3.0': () => ({
    about: 'answers by SSL 3.0 whatever is offered; its first flight is all there is',
    serve: firstFlightOnly(version.ssl3, suite.aes128),
  }),
  'tls-version-unknown': () => ({
    about: 'selects a version that does not exist',
    serve: shakes(serverHello(0x0399, suite.aes128)),
  }),
  'tls-suite-not-offered': () => ({
    about: 'selects a cipher suite that nobody has assigned',
    serve: shakes(serverHello(version.tls12, suite.unassigned)),
  }),
  'tls-extensions-lie': () => ({
    about: 'a ServerHello whose extensions claim more than there is',
    serve: shakes(serverHello(version.tls12, suite.aes128, Buffer.from('ffff000000ff', 'hex'))),
  }),
  'tls-retries-for-ever': () => ({
    about: 'asks for another key share by HelloRetryRequest each time',
    serve: afterConfirm(async (connection) => {
      for (;;) {
        // What comes may be a ClientHello, or the alert of a client that has had enough.
        await readTlsRecord(connection);
        await connection.write(record(contentType.handshake, helloRetry));
      }
    }),
  }),
  'tls-record-type-unknown': () => ({
    about: 'a TLS record of a type that does not exist',
    serve: says(record(99, hello)),
  }),
  'tls-application-data-first': () => ({
    about: 'application data in place of a ServerHello',
    serve: says(record(contentType.applicationData, Buffer.alloc(64, 0x5a))),
  }),
  'tls-record-empty': () => ({
    about: 'handshake records without content, for ever',
    serve: endlessly(Buffer.alloc(0), record(contentType.handshake, Buffer.alloc(0))),
  }),
  'tls-record-65535': () => ({
    about: 'a TLS record that claims 65535 bytes',
    serve: says(record(contentType.handshake, hello, { length: 0xffff })),
  }),
  'tls-handshake-16-mib': () => ({
    about: 'a handshake message that claims 16 MiB',
    serve: shakes(handshake(handshakeType.serverHello, Buffer.alloc(70), 0xffffff)),
  }),
  'tls-endless-certificate': () => ({
    about: 'a Certificate of 16 MiB that keeps coming',
    serve: endlessly(
      Buffer.concat([
        record(contentType.handshake, hello),
        record(contentType.handshake, handshake(handshakeType.certificate, Buffer.alloc(100), 0xffffff)),
      ]),
      record(contentType.handshake, Buffer.alloc(16_384)),
    ),
  }),
  'tls-endless-hello-requests': () => ({
    about: 'HelloRequests for ever',
    serve: endlessly(
      Buffer.alloc(0),
      record(contentType.handshake, handshake(handshakeType.helloRequest, Buffer.alloc(0))),
    ),
  }),
  'tls-endless-warnings': () => ({
    about: 'warnings for ever',
    serve: endlessly(Buffer.alloc(0), alert(1, 112)),
  }),
  'certificate-list-lies': () => ({
    about: 'a list of certificates that claims to be longer than its message',
    serve: shakes(hello, certificateMessage([certificate], { list: 0xfffff0 }), serverHelloDone),
  }),
  'certificate-length-lies': () => ({
    about: 'a certificate that claims to be longer than its list',
    serve: shakes(hello, certificateMessage([certificate], { first: 0xfffff0 }), serverHelloDone),
  }),
  'certificate-list-empty': () => ({
    about: 'a list of no certificates',
    serve: shakes(hello, certificateMessage([]), serverHelloDone),
  }),
  'certificate-junk': () => ({
    about: 'a certificate that is none',
    serve: shakes(hello, certificateMessage([Buffer.from('no certificate at all')]), serverHelloDone),
  }),
  'certificates-many': () => ({
    about: 'a chain of a thousand empty certificates',
    serve: shakes(
      hello,
      certificateMessage(Array.from({ length: 1000 }, () => Buffer.alloc(0))),
      serverHelloDone,
    ),
  }),
} as const satisfies Record<string, () => EndpointLiteral>;
