import { malformed } from '../errors.ts';
import { readExtensions } from './extensions.ts';
import { Fields } from './fields.ts';
import { extensionTypes } from './registry.ts';
import { type TlsVersion, versionNumber } from './versions.ts';

/** A ServerHello, or a HelloRetryRequest, which is one with a random of its own. */
export interface ServerHello {
  /** ProtocolVersion: that of supported_versions where it is there. */
  readonly version: number;
  readonly suite: number;
  readonly isRetryRequest: boolean;
  /** key_share: TLS 1.3 alone. */
  readonly group: number | undefined;
  /** A version that the server says it has as well, newer than the one chosen. */
  readonly supportsAtLeast: TlsVersion | undefined;
}

/** SHA-256 of `HelloRetryRequest` (RFC 8446, section 4.1.3). */
const retryRandom = 'cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c';

/** The ends of a random by which a server says that it could do better (RFC 8446, section 4.1.3): `DOWNGRD` and one more. */
const downgrades: Readonly<Record<string, TlsVersion>> = {
  '444f574e47524401': 'TLS 1.3',
  '444f574e47524400': 'TLS 1.2',
};

const longestSessionId = 32;

/** Reads the body of a ServerHello. Throws `WireError`. Sources: RFC 5246, section 7.4.1.3; RFC 8446, section 4.1.3. */
export function readServerHello(bytes: Uint8Array): ServerHello {
  const body = new Fields(bytes, 'ServerHello');
  const legacyVersion = body.integer(2);
  const random = Buffer.from(body.bytes(32)).toString('hex');
  if (body.vector(1).length > longestSessionId) throw malformed('a session id of more than 32 bytes');
  const suite = body.integer(2);
  if (body.integer(1) !== 0) throw malformed('compression, which was not offered');
  const extensions = readExtensions(body, 'ServerHello');
  const isRetryRequest = random === retryRandom;
  const version = selectedVersion(extensions) ?? legacyVersion;
  const is13 = version === versionNumber('TLS 1.3');
  return {
    version,
    suite,
    isRetryRequest,
    group: is13 ? shareGroup(extensions, isRetryRequest) : undefined,
    supportsAtLeast: is13 ? undefined : downgrades[random.slice(-16)],
  };
}

function selectedVersion(extensions: ReadonlyMap<number, Uint8Array>): number | undefined {
  const bytes = extensions.get(extensionTypes.supportedVersions);
  if (!bytes) return undefined;
  const fields = new Fields(bytes, 'supported_versions');
  const version = fields.integer(2);
  fields.end();
  return version;
}

function shareGroup(extensions: ReadonlyMap<number, Uint8Array>, isRetry: boolean): number | undefined {
  const bytes = extensions.get(extensionTypes.keyShare);
  if (!bytes) return undefined;
  const fields = new Fields(bytes, 'key_share');
  const group = fields.integer(2);
  if (!isRetry) fields.vector(2);
  fields.end();
  return group;
}
