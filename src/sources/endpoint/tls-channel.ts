import type net from 'node:net';
import tls from 'node:tls';
import type { Handshake } from '../../model/endpoint.ts';
import { clock } from './clock.ts';

/** A whole TLS handshake over a connection, or why there was none. */
export type TlsChannel =
  | {
      readonly kind: 'up';
      readonly stream: tls.TLSSocket;
      /** DER, the server's own first. */
      readonly certificates: readonly Uint8Array[];
    }
  /** Its time was up before it had come to an end. */
  | { readonly kind: 'too-late' }
  | Exclude<Handshake, { kind: 'completed' }>;

/** How much a ClientHello offers: all that the library has, or what clients usually have. */
export type Offering = 'all' | 'usual';

/**
 * Speaks every version and suite that the library still has: this looks at what a server does, and trusts it with nothing.
 * The certificate is judged by the checks, not here.
 */
const lenient = {
  minVersion: 'TLSv1',
  maxVersion: 'TLSv1.3',
  // Nobody is trusted here, and the system's authorities take longer to load than a handshake.
  ca: [],
  // SSL_OP_LEGACY_SERVER_CONNECT: servers without secure renegotiation are looked at too.
  secureOptions: 0x4,
} as const satisfies tls.SecureContextOptions;

const ciphers: Readonly<Record<Offering, string>> = {
  all: 'ALL:COMPLEMENTOFALL:@SECLEVEL=0',
  // Some old servers drop a ClientHello with many suites.
  usual: `${tls.DEFAULT_CIPHERS}:@SECLEVEL=0`,
};

const contexts = new Map<Offering, tls.SecureContext>();

/** One for all connections: each that is made stays in memory for a while. */
function contextOf(offering: Offering): tls.SecureContext {
  const known = contexts.get(offering);
  if (known) return known;
  const context = tls.createSecureContext({ ...lenient, ciphers: ciphers[offering] });
  contexts.set(offering, context);
  return context;
}

/** Never rejects; it is given up at `until`. */
export function startTls(
  socket: net.Socket,
  serverName: string | undefined,
  offering: Offering,
  until: number,
): Promise<TlsChannel> {
  return new Promise((resolve) => {
    const stream = tls.connect({
      socket,
      secureContext: contextOf(offering),
      rejectUnauthorized: false,
      ...(serverName !== undefined && { servername: serverName }),
    });
    const timer = setTimeout(() => giveUp({ kind: 'too-late' }), Math.max(until - clock(), 0));
    function settle(channel: TlsChannel): void {
      clearTimeout(timer);
      stream.removeAllListeners();
      resolve(channel);
    }
    function fail(kind: 'broken' | 'not-possible', detail: string): void {
      giveUp({ kind, detail });
    }
    function giveUp(channel: TlsChannel): void {
      settle(channel);
      stream.on('error', () => {});
      stream.destroy();
    }
    stream.once('secureConnect', () => settle({ kind: 'up', stream, certificates: chainOf(stream) }));
    stream.once('error', (error: NodeJS.ErrnoException) => fail(whoseFault(error), detailOf(error)));
    stream.once('close', () => fail('broken', 'closed'));
  });
}

function detailOf({ code, message }: NodeJS.ErrnoException): string {
  return code ?? message;
}

/** The name of the alert that an error tells of: `internal_error` in ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR. */
export function alertIn({ code = '' }: NodeJS.ErrnoException): string | undefined {
  return /_ALERT_(\w+)$/.exec(code)?.[1]?.toLowerCase();
}

/** An alert, a reset and an end come from the other side; all else is what the library here will not do. */
function whoseFault(error: NodeJS.ErrnoException): 'broken' | 'not-possible' {
  const { code } = error;
  return alertIn(error) !== undefined || code === 'ECONNRESET' || code === 'EPIPE'
    ? 'broken'
    : 'not-possible';
}

const mostCertificates = 16;

function chainOf(stream: tls.TLSSocket): Uint8Array[] {
  const chain: Uint8Array[] = [];
  let certificate: tls.DetailedPeerCertificate | undefined = stream.getPeerCertificate(true);
  while (certificate?.raw && chain.length < mostCertificates) {
    chain.push(certificate.raw);
    const issuer: tls.DetailedPeerCertificate | undefined = certificate.issuerCertificate;
    certificate = issuer === certificate ? undefined : issuer;
  }
  return chain;
}
