import type { TlsVersion } from '../../../wire/tls/index.ts';

export type ClientName =
  /** Service Pack 1. */
  | 'windows-7'
  /** Any release from 1607 on. */
  | 'windows-10'
  | 'windows-11'
  /** Microsoft's Windows App, formerly Remote Desktop, for macOS, iOS, iPadOS and Android. */
  | 'windows-app'
  /** Versions 2 and 3 with OpenSSL 3, and what is built on them: Remmina, aFreeRDP. */
  | 'freerdp'
  /** A browser gateway; its RDP is FreeRDP's. */
  | 'guacamole';

/**
 * Whether a client offers something as it is installed. `believed`: reported or derived, neither documented nor
 * measured. `unknown`: no source says, or it depends on the release, an update or a setting.
 */
export type Offer = 'yes' | 'no' | 'believed' | 'unknown';

export interface TlsOffer {
  readonly versions: Readonly<Record<TlsVersion, Offer>>;
  /** The suites by their IANA names. */
  readonly suites: ReadonlyMap<string, Offer>;
  /** Those that `suites` does not name. */
  readonly otherSuites: 'no' | 'unknown';
}

/** What a client asks for after RDP_NEG_FAILURE, each time on a new connection. */
export interface Retry {
  /** The failure codes after which it does; undefined for every one. */
  readonly codes: readonly number[] | undefined;
  /** requestedProtocols, in order. */
  readonly requests: readonly number[];
  readonly believed: boolean;
}

/** What a client can negotiate as it is installed. `docs/clients.md` has the source of each fact. */
export interface Client {
  readonly name: ClientName;
  /** requestedProtocols of its first Connection Request. */
  readonly request: number;
  readonly requestBelieved: boolean;
  readonly retry: Retry | 'unknown';
  /** When the endpoint chooses standard RDP security. */
  readonly standardSecurity: Exclude<Offer, 'no'>;
  readonly tls: TlsOffer;
  /** Bits of an RSA key below which the handshake fails; between the two, nothing is known. */
  readonly rsa: { readonly refusedBelow: number; readonly unknownBelow: number };
  /** Certificates with a key that is neither RSA nor on a curve that ECDSA has: Ed25519, Ed448, RSA-PSS. */
  readonly otherKeys: Extract<Offer, 'believed' | 'unknown'>;
  /** The least version of CredSSP that it signs in with; undefined where nothing is known. */
  readonly leastCredssp: number | undefined;
}
