import { clientExtensions } from './client-extensions.ts';
import { integer, integers16, vector } from './encode.ts';
import { contentTypes, emptyRenegotiationInfo, extensionTypes, handshakeTypes } from './registry.ts';
import { type TlsVersion, versionNumber } from './versions.ts';

export interface ClientHello {
  readonly versions: readonly TlsVersion[];
  /** Numbers of the IANA registry, in the order of preference. */
  readonly suites: readonly number[];
  /** For server_name; none for an address. */
  readonly serverName?: string | undefined;
  /** 32 bytes that the caller draws. */
  readonly random: Uint8Array;
}

const randomLength = 32;
const handshakeHeader = 4;

/** Every server takes a first record that says TLS 1.0 (RFC 8446, section 5.1); some take no other. */
const recordVersion = 0x0301;

/**
 * A ClientHello as one whole record, ready to be sent. It offers exactly the versions and suites of `hello`; its key
 * share for TLS 1.3 is a sound one that nobody keeps the private half of, so that a server that can use its own key
 * answers with its whole flight instead of asking for another share. TLS_FALLBACK_SCSV is never sent.
 * Throws `RangeError` where `random` is not 32 bytes long or nothing is offered. Sources: RFC 5246, section 7.4.1.2;
 * RFC 8446, section 4.1.2.
 */
export function makeClientHello(hello: ClientHello): Uint8Array {
  const { versions, suites, random } = hello;
  if (random.length !== randomLength) throw new RangeError('the random of a ClientHello has 32 bytes');
  if (versions.length === 0 || suites.length === 0) throw new RangeError('a ClientHello without an offer');
  const numbers = versions.map(versionNumber);
  // Schannel of Server 2019 refused TLS 1.2 without the signal (sslscan pull request 280); it comes first for servers
  // that do not look at the whole list.
  const signalled = Math.min(...numbers) <= 0x0303 ? [emptyRenegotiationInfo, ...suites] : suites;
  const body = Buffer.concat([
    integer(2, Math.min(Math.max(...numbers), 0x0303)),
    random,
    vector(1),
    vector(2, integers16(signalled)),
    vector(1, integer(1, 0)),
  ]);
  const extensions = clientExtensions(hello);
  const length = handshakeHeader + body.length + 2 + extensions.length;
  const message = Buffer.concat([body, vector(2, extensions, padding(length))]);
  const handshake = Buffer.concat([integer(1, handshakeTypes.clientHello), vector(3, message)]);
  return Buffer.concat([integer(1, contentTypes.handshake), integer(2, recordVersion), vector(2, handshake)]);
}

/** Some servers hang on a ClientHello of 256 to 511 bytes; those are stretched to 512 (RFC 7685). */
function padding(length: number): Uint8Array {
  if (length < 256 || length > 511) return Buffer.alloc(0);
  const zeroes = Math.max(1, 512 - length - 4);
  return Buffer.concat([integer(2, extensionTypes.padding), vector(2, Buffer.alloc(zeroes))]);
}
