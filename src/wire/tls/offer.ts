import { malformed } from '../errors.ts';
import { readExtensions } from './extensions.ts';
import { Fields } from './fields.ts';
import { readRecord } from './record.ts';
import { contentTypes, extensionTypes, handshakeTypes } from './registry.ts';

/** What a ClientHello offers, as numbers: also versions that are drafts, and suites that are signals or GREASE. */
export interface Offer {
  readonly versions: readonly number[];
  readonly suites: readonly number[];
}

/**
 * What the ClientHello in a record offers. Without supported_versions that is every version up to its own, and those
 * are taken to begin with TLS 1.0. Throws `WireError`. Source: RFC 8446, section 4.1.2.
 */
export function readOffer(record: Uint8Array): Offer {
  const taken = readRecord(record);
  if (taken?.value.type !== contentTypes.handshake) throw malformed('no ClientHello');
  const message = new Fields(taken.value.fragment, 'record');
  if (message.integer(1) !== handshakeTypes.clientHello) throw malformed('no ClientHello');
  const body = new Fields(message.vector(3), 'ClientHello');
  const legacyVersion = body.integer(2);
  body.bytes(32);
  body.vector(1);
  const suites = integersOf(body.vector(2));
  body.vector(1);
  const supported = readExtensions(body, 'ClientHello').get(extensionTypes.supportedVersions);
  if (!supported) return { versions: upTo(legacyVersion), suites };
  return { versions: integersOf(new Fields(supported, 'supported_versions').vector(1)), suites };
}

function integersOf(bytes: Uint8Array): readonly number[] {
  const fields = new Fields(bytes, 'list');
  const numbers: number[] = [];
  while (fields.left > 0) numbers.push(fields.integer(2));
  return numbers;
}

function upTo(version: number): readonly number[] {
  return [0x0301, 0x0302, 0x0303].filter((number) => number <= version);
}
