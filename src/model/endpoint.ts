import type { Credssp } from '../wire/credssp/index.ts';
import type { Negotiation, ServerSettings } from '../wire/rdp/index.ts';
import type { FirstFlight, TlsVersion } from '../wire/tls/index.ts';

/** How a TCP connection to one address went. */
export type TcpOutcome =
  | 'open'
  /** A reset: the machine is there, and nothing listens, or something answers for it. */
  | 'refused'
  /** No answer before the time was up. */
  | 'timed-out'
  /** A router, or the own network, says that the machine cannot be reached. */
  | 'unreachable'
  /** The connection could not even be tried from here: no route, no permission. */
  | 'not-tried';

/** One address that a name leads to. */
export interface AddressReach {
  readonly address: string;
  readonly family: 'IPv4' | 'IPv6';
  readonly tcp: TcpOutcome;
  readonly milliseconds: number;
  /** What the system said, in lower case; '' for a connection. */
  readonly detail: string;
}

/** Which addresses a name leads to, and which of them answer. */
export interface Reachability {
  readonly name: string;
  readonly port: number;
  readonly addresses: readonly AddressReach[];
}

/** One Connection Request and what came of it. */
export interface NegotiationAttempt {
  /** requestedProtocols: 0 standard, 1 TLS, 2 CredSSP, 4 RDSTLS, 8 CredSSP with early authorization, 0x10 Entra ID. */
  readonly requested: number;
  readonly negotiation: Negotiation;
  /** From the request's last byte to the answer's, or to the end of the wait. */
  readonly milliseconds: number;
}

/** Every Connection Request that was tried, in the order in which they were asked; the first is the fullest one. */
export interface NegotiationMatrix {
  readonly attempts: readonly NegotiationAttempt[];
}

/** A ClientHello after a Connection Confirm that selected TLS, and what came of it. */
export interface TlsAttempt {
  /** The versions that the ClientHello offered. */
  readonly versions: readonly TlsVersion[];
  readonly flight: FirstFlight;
  readonly milliseconds: number;
}

/** A whole handshake by a TLS library: the server has then proven that it holds the certificate's key. */
export type Handshake =
  | { readonly kind: 'completed' }
  /** The other side broke it off: an alert, a reset, an end, or silence. */
  | { readonly kind: 'broken'; readonly detail: string }
  /** The library here cannot speak with this server; nothing follows from it. */
  | { readonly kind: 'not-possible'; readonly detail: string };

/** What the endpoint makes of TLS. */
export interface TlsSupport {
  /** Every version and every usual suite offered at once: what decides whether TLS works at all. */
  readonly first: TlsAttempt;
  /** Each version alone, oldest first; none with `--quick`. */
  readonly alone: readonly TlsAttempt[];
  /** Undefined where it was not tried. */
  readonly handshake: Handshake | undefined;
}

/** The suites that a version accepts, in the order in which they were offered. */
export interface VersionSuites {
  readonly version: TlsVersion;
  /** Numbers of the IANA registry. */
  readonly suites: readonly number[];
  /** False where the elimination was ended by the deadline: there may be more. */
  readonly complete: boolean;
}

/** A certificate as the endpoint presents it. */
export interface PresentedCertificate {
  readonly der: Uint8Array;
  /** SHA-1 in upper-case hex, as Windows names it. */
  readonly thumbprint: string;
  readonly subject: string;
  readonly issuer: string;
  readonly selfSigned: boolean;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly keyType: 'rsa' | 'ec' | 'other';
  readonly keyBits: number;
  /** DNS names and addresses of its subjectAltName. */
  readonly names: readonly string[];
  /** As OpenSSL names it: `sha256WithRSAEncryption`; undefined where it could not be read. */
  readonly signature: string | undefined;
}

/** The chain that the endpoint sends, its own certificate first. */
export interface PresentedChain {
  readonly certificates: readonly [PresentedCertificate, ...PresentedCertificate[]];
  /** Whether the server has proven in this handshake that it holds the key. */
  readonly keyProven: boolean;
  /** Thumbprints of others, with a key of the same kind, that came on other connections: several machines take turns. */
  readonly othersPresented?: readonly string[];
}

/** The certificate that someone says is configured. */
export interface ExpectedCertificate {
  /** SHA-1 in upper-case hex. */
  readonly thumbprint: string;
  readonly saidBy: 'disk' | 'user';
}

/** What CredSSP tells before anyone has signed in. */
export interface NlaAttempt {
  readonly credssp: Credssp;
  /** By our clock when the CHALLENGE came. */
  readonly at: Date;
  readonly milliseconds: number;
  /** The name of the TLS alert that ended it, if one did: `internal_error`. */
  readonly alert?: string;
}

/** What MCS Connect tells where no sign-in comes before it. */
export interface SettingsAttempt {
  /** The protocol under which it was asked: 0 standard security, 1 TLS. */
  readonly protocol: 0 | 1;
  readonly settings: ServerSettings;
  readonly milliseconds: number;
  /** The name of the TLS alert that ended it, if one did. */
  readonly alert?: string;
}

/** The same questions asked again, spaced. */
export interface Repeats {
  readonly observations: readonly RepeatedObservation[];
}

/** How far one of several like connections came. */
export interface RepeatedObservation {
  /** What was asked: alike for those that may be compared. */
  readonly asked: string;
  /** What came of it, in a word or two, alike where it went alike: `selected 2`, `reset`, `TLS hello`. */
  readonly answer: string;
  /** Milliseconds since the audit began. */
  readonly since: number;
}
