import type { Ending } from '../dialogue.ts';
import type { TlsVersion } from './versions.ts';

export interface Alert {
  /** 1 warning, 2 fatal. */
  readonly level: number;
  readonly description: number;
}

/** What an endpoint answers to a ClientHello. `bytes` is what came, as it came: its first 64 bytes. */
export type FirstFlight = { readonly bytes: Uint8Array } & (
  | ServerHelloFlight
  /** TLS 1.3 asks for another key share: it has agreed to the version and the suite. */
  | { readonly kind: 'hello-retry-request'; readonly suite: number; readonly group: number | undefined }
  | ({ readonly kind: 'alert' } & Alert)
  | {
      readonly kind: 'not-tls';
      readonly detail: string;
      /**
       * Set where it is TLS all the same: a ServerHello with a version or a suite that was not offered, which refuses
       * all that was. Servers without TLS 1.2 answer so to a ClientHello of TLS 1.2 alone, and Windows Server 2019 to
       * one of TLS 1.3.
       */
      readonly chosen?: { readonly version: number; readonly suite: number } | undefined;
    }
  | { readonly kind: 'ended'; readonly ending: Ending }
);

export interface ServerHelloFlight {
  readonly kind: 'server-hello';
  readonly version: TlsVersion;
  readonly suite: number;
  /** DER, the server's own first; none in TLS 1.3, which encrypts them. */
  readonly certificates: readonly Uint8Array[];
  /** Whether the flight came to its end: ServerHelloDone, or for TLS 1.3 the ServerHello. */
  readonly complete: boolean;
  /** The named group of an ECDHE key exchange, and of TLS 1.3. */
  readonly group: number | undefined;
  /** The size in bits of the prime of a DHE key exchange. */
  readonly primeBits?: number | undefined;
  /** It wants a certificate of the client too. */
  readonly asksForCertificate?: boolean;
  /** The server says that it has this version too, newer than the one that it chose. */
  readonly supportsAtLeast?: TlsVersion | undefined;
  /** What came in place of the rest of the flight. */
  readonly alert: Alert | undefined;
  readonly ending: Ending | undefined;
  /** What was wrong with the rest of the flight; undefined where nothing was. */
  readonly detail?: string | undefined;
}
