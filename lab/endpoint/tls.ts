import { X509Certificate } from 'node:crypto';
import { Duplex } from 'node:stream';
import { createSecureContext, type SecureContext, type SecureVersion, TLSSocket } from 'node:tls';
import { type CertificateLiteral, labOnlyKey, makeCertificate } from '../certificate/index.ts';
import { type Behaviour, type Connection, Gone } from './connection.ts';
import { alertInside, secretsOf } from './tls-alert-inside.ts';

/** How a server does TLS. */
export interface TlsLiteral {
  readonly certificate: CertificateLiteral;
  /** Certificates that are sent after its own. */
  readonly chain?: readonly CertificateLiteral[];
  /** TLS 1.2 to 1.3 unless told. */
  readonly minVersion?: SecureVersion;
  readonly maxVersion?: SecureVersion;
  /** In OpenSSL's words, the server's preference first; Schannel's unless told. */
  readonly ciphers?: string;
  /** The groups of its key exchange, in OpenSSL's words. */
  readonly groups?: string;
}

/**
 * What Windows Server 2022 and later have by default, in that order, of what goes with RSA and ECDSA (Microsoft, "TLS Cipher
 * Suites in Windows Server 2022 and later"), less the NULL suites. Earlier versions have more that is little used.
 */
const schannelSuites = [
  'TLS_AES_256_GCM_SHA384',
  'TLS_AES_128_GCM_SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'DHE-RSA-AES256-GCM-SHA384',
  'DHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-SHA384',
  'ECDHE-ECDSA-AES128-SHA256',
  'ECDHE-RSA-AES256-SHA384',
  'ECDHE-RSA-AES128-SHA256',
  'ECDHE-ECDSA-AES256-SHA',
  'ECDHE-ECDSA-AES128-SHA',
  'ECDHE-RSA-AES256-SHA',
  'ECDHE-RSA-AES128-SHA',
  'AES256-GCM-SHA384',
  'AES128-GCM-SHA256',
  'AES256-SHA256',
  'AES128-SHA256',
  'AES256-SHA',
  'AES128-SHA',
].join(':');

/** Sends a fatal alert inside TLS: `tls-alert-inside.ts` says when it can. */
export type SendAlert = (description: number) => Promise<void>;

/** TLS as it should be, by Node's own, and inside it what `inside` does. */
export function honestTls(
  literal: TlsLiteral,
  inside: (inner: Connection, sendAlert: SendAlert) => Promise<void>,
): Behaviour {
  let context: SecureContext | undefined;
  return async (connection) => {
    context ??= secureContext(literal);
    const sentBefore = connection.sent.length;
    const socket = new TLSSocket(asStream(connection), { isServer: true, secureContext: context });
    const secrets = secretsOf(socket);
    const inner = connection.inside(socket);
    await secured(socket);
    try {
      await inside(inner, async (description) => {
        const known = secrets();
        if (!known) throw new Error('an alert inside TLS 1.3 cannot be made');
        const flight = Buffer.concat(connection.sent.slice(sentBefore));
        await connection.write(alertInside(known, flight, description));
        connection.close();
      });
    } finally {
      inner.close();
    }
  };
}

/** OpenSSL refuses TLS 1.0 and 1.1, SHA-1 signatures and short keys above security level 0. */
function secureContext(literal: TlsLiteral): SecureContext {
  const { certificate, chain = [], minVersion = 'TLSv1.2', maxVersion = 'TLSv1.3' } = literal;
  return createSecureContext({
    key: labOnlyKey(certificate.key ?? 'rsa2048').export({ format: 'pem', type: 'pkcs8' }),
    cert: [certificate, ...chain].map(pem).join(''),
    minVersion,
    maxVersion,
    ciphers: `${literal.ciphers ?? schannelSuites}:@SECLEVEL=0`,
    honorCipherOrder: true,
    dhparam: 'auto',
    ecdhCurve: literal.groups ?? 'auto',
  });
}

function pem(literal: CertificateLiteral): string {
  return new X509Certificate(makeCertificate(literal).der).toString();
}

/** Waits for the end of the handshake; a client that breaks it off is gone. */
function secured(socket: TLSSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('secure', resolve);
    socket.once('error', () => reject(new Gone()));
    socket.once('end', () => reject(new Gone()));
    socket.once('close', () => reject(new Gone()));
  });
}

/** A connection as a stream, so that TLS goes over it at its pace and all that came is on record. */
function asStream(connection: Connection): Duplex {
  const stream = new Duplex({
    read() {
      connection.readSome().then(
        (bytes) => stream.push(bytes),
        () => stream.push(null),
      );
    },
    write(bytes: Buffer, _encoding, done) {
      connection.write(bytes).then(() => done(), done);
    },
    final(done) {
      connection.close();
      done();
    },
  });
  connection.whenOver(() => stream.destroy());
  return stream;
}
