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
  | Exclude<Handshake, { kind: 'completed' }>;

/**
 * Speaks every version and suite that the library still has: this looks at what a server does, and trusts it with nothing.
 * The certificate is judged by the checks, not here.
 */
const lenient = {
  minVersion: 'TLSv1',
  maxVersion: 'TLSv1.3',
  ciphers: 'ALL:COMPLEMENTOFALL:@SECLEVEL=0',
  rejectUnauthorized: false,
  // Nobody is trusted here, and the system's authorities take longer to load than a handshake.
  ca: [],
} as const satisfies tls.ConnectionOptions;

/** Never rejects; it is given up at `until`. */
export function startTls(
  socket: net.Socket,
  serverName: string | undefined,
  until: number,
): Promise<TlsChannel> {
  return new Promise((resolve) => {
    const stream = tls.connect({
      socket,
      ...lenient,
      secureOptions: legacyServers,
      ...(serverName !== undefined && { servername: serverName }),
    });
    const timer = setTimeout(() => fail('broken', 'silence'), Math.max(until - clock(), 0));
    function settle(channel: TlsChannel): void {
      clearTimeout(timer);
      stream.removeAllListeners();
      resolve(channel);
    }
    function fail(kind: 'broken' | 'not-possible', detail: string): void {
      settle({ kind, detail });
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

/** An alert, a reset and an end come from the other side; all else is what the library here will not do. */
function whoseFault({ code = '' }: NodeJS.ErrnoException): 'broken' | 'not-possible' {
  return code.includes('_ALERT_') || code === 'ECONNRESET' || code === 'EPIPE' ? 'broken' : 'not-possible';
}

/** SSL_OP_LEGACY_SERVER_CONNECT: servers without secure renegotiation are looked at too. */
const legacyServers = 0x4;

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
