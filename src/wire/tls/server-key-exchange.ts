import { malformed } from '../errors.ts';
import { Fields } from './fields.ts';
import { suiteFacts } from './suites.ts';

/** What a server says of an ephemeral key exchange. */
export interface EphemeralKey {
  /** The named group of ECDHE. */
  readonly group?: number;
  /** The size in bits of the prime of DHE. */
  readonly primeBits?: number;
}

/** ECCurveType of a curve that has a name (RFC 8422, section 5.4). */
const namedCurve = 3;

/**
 * Reads the body of a ServerKeyExchange, as far as what it is of goes: its signature is not looked at. Nothing of a key
 * exchange other than ECDHE and DHE. Throws `WireError`. Sources: RFC 8422, section 5.4; RFC 5246, section 7.4.3.
 */
export function readServerKeyExchange(bytes: Uint8Array, suite: number): EphemeralKey {
  const facts = suiteFacts(suite);
  const body = new Fields(bytes, 'ServerKeyExchange');
  if (facts?.authentication === 'psk') return {};
  if (facts?.keyExchange === 'ecdhe') {
    return body.integer(1) === namedCurve ? { group: body.integer(2) } : {};
  }
  return facts?.keyExchange === 'dhe' ? { primeBits: bitLength(body.vector(2)) } : {};
}

function bitLength(number: Uint8Array): number {
  const first = number.findIndex((byte) => byte !== 0);
  if (first < 0) throw malformed('a prime that is zero');
  return (number.length - first) * 8 - (Math.clz32(number[first] ?? 0) - 24);
}
