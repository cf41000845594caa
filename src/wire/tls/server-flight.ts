import type { Ending } from '../dialogue.ts';
import { malformed, WireError } from '../errors.ts';
import { AlertMessages } from './alert-messages.ts';
import { readCertificates } from './certificate-message.ts';
import { type HandshakeMessage, HandshakeMessages } from './handshake.ts';
import type { Offer } from './offer.ts';
import type { Alert, FirstFlight, ServerHelloFlight } from './outcome.ts';
import { beginsLikeRecord, type TlsRecord } from './record.ts';
import { contentTypes, handshakeTypes } from './registry.ts';
import { readServerHello } from './server-hello.ts';
import { readServerKeyExchange } from './server-key-exchange.ts';
import { strangerOf } from './stranger.ts';
import { versionOf } from './versions.ts';

/** Longer than any honest flight: 16 certificates of 4 KiB. */
const longestFlight = 0x1_0000;

/** Records may be empty (they hid the initialisation vector of TLS 1.0), but not for ever. */
const mostEmptyRecords = 32;

const evidenceLength = 64;

/** An outcome but for its evidence. */
type Outcome = FirstFlight extends infer Each ? (Each extends unknown ? Omit<Each, 'bytes'> : never) : never;

/** The server's first flight, told record by record until its outcome is known. */
export class ServerFlight {
  readonly #offer: Offer;
  readonly #messages = new HandshakeMessages(longestFlight);
  readonly #alerts = new AlertMessages();
  readonly #seen = new Set<number>();
  #hello: ServerHelloFlight | undefined;
  #warning: Alert | undefined;
  #length = 0;
  #emptyRecords = 0;

  constructor(offer: Offer) {
    this.#offer = offer;
  }

  /** Takes one record; the outcome once it is known. Throws `WireError`. */
  accept({ type, fragment }: TlsRecord): Outcome | undefined {
    this.#length += fragment.length;
    if (this.#length > longestFlight) throw new WireError('too-long', 'a first flight that does not end');
    if (fragment.length === 0 && ++this.#emptyRecords > mostEmptyRecords)
      throw malformed('only empty records');
    if (type === contentTypes.alert) return this.#alert(fragment);
    if (type !== contentTypes.handshake) throw malformed(`a TLS record of type ${type} out of turn`);
    this.#messages.add(fragment);
    for (let message = this.#messages.next(); message; message = this.#messages.next()) {
      const outcome = this.#message(message);
      if (outcome) return outcome;
    }
    return undefined;
  }

  /** The outcome where bytes came that make no sense here. */
  broken({ message }: WireError): Outcome {
    if (!this.#hello) return { kind: 'not-tls', detail: message };
    return { ...this.#hello, alert: this.#warning, detail: message };
  }

  /** The outcome where the other side ended; `rest` came last, and is less than a record. */
  ended(ending: Ending, rest: Uint8Array): Outcome {
    if (this.#hello) return { ...this.#hello, alert: this.#warning, ending };
    if (this.#warning) return { kind: 'alert', ...this.#warning };
    return beginsLikeRecord(rest) ? { kind: 'ended', ending } : { kind: 'not-tls', detail: strangerOf(rest) };
  }

  /** Warnings, such as unrecognized_name, may come before a ServerHello; close_notify is one that ends all. */
  #alert(fragment: Uint8Array): Outcome | undefined {
    this.#alerts.add(fragment);
    for (let alert = this.#alerts.next(); alert; alert = this.#alerts.next()) {
      if (alert.level === 1 && alert.description !== 0) this.#warning = alert;
      else return this.#hello ? { ...this.#hello, alert } : { kind: 'alert', ...alert };
    }
    return undefined;
  }

  #message({ type, body }: HandshakeMessage): Outcome | undefined {
    if (type === handshakeTypes.helloRequest) return undefined;
    if (this.#seen.has(type)) throw malformed(`handshake message ${type} twice`);
    this.#seen.add(type);
    return this.#hello ? this.#follow(this.#hello, type, body) : this.#serverHello(type, body);
  }

  #serverHello(type: number, body: Uint8Array): Outcome | undefined {
    if (type === handshakeTypes.clientHello) throw malformed('a ClientHello, as an echo or a client sends');
    if (type !== handshakeTypes.serverHello)
      throw malformed(`handshake message ${type} before a ServerHello`);
    const { suite, group, supportsAtLeast, ...hello } = readServerHello(body);
    const version = versionOf(hello.version);
    const isOffered = this.#offer.versions.includes(hello.version) && this.#offer.suites.includes(suite);
    if (!version || !isOffered) return notOffered(hello.version, suite);
    const complete = version === 'TLS 1.3';
    if (hello.isRetryRequest && complete) return { kind: 'hello-retry-request', suite, group };
    this.#hello = {
      kind: 'server-hello',
      version,
      suite,
      certificates: [],
      complete,
      group,
      primeBits: undefined,
      asksForCertificate: false,
      supportsAtLeast,
      alert: undefined,
      ending: undefined,
      detail: undefined,
    };
    return complete ? this.#hello : undefined;
  }

  /** What follows a ServerHello of TLS 1.0 to 1.2 (RFC 5246, section 7.3). */
  #follow(hello: ServerHelloFlight, type: number, body: Uint8Array): Outcome | undefined {
    switch (type) {
      case handshakeTypes.certificate:
        this.#hello = { ...hello, certificates: readCertificates(body) };
        return undefined;
      case handshakeTypes.serverKeyExchange:
        this.#hello = { ...hello, ...readServerKeyExchange(body, hello.suite) };
        return undefined;
      case handshakeTypes.certificateRequest:
        this.#hello = { ...hello, asksForCertificate: true };
        return undefined;
      case handshakeTypes.certificateStatus:
        return undefined;
      case handshakeTypes.serverHelloDone:
        return { ...hello, complete: true };
      default:
        throw malformed(`handshake message ${type} out of turn`);
    }
  }
}

function notOffered(version: number, suite: number): Outcome {
  const hex = (number: number) => `0x${number.toString(16).padStart(4, '0')}`;
  const detail = `a ServerHello with version ${hex(version)} and suite ${hex(suite)}, which were not offered together`;
  return { kind: 'not-tls', detail, chosen: { version, suite } };
}

/** The first bytes of what came, in a copy that keeps nothing else alive. */
export function evidence(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts).subarray(0, evidenceLength));
}
