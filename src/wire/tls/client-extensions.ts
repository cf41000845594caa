import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { ClientHello } from './client-hello.ts';
import { integer, integers16, vector } from './encode.ts';
import { extensionTypes, groups } from './registry.ts';
import { serverNameOf } from './server-name.ts';
import { suiteFacts } from './suites.ts';
import { versionNumber } from './versions.ts';

/** Every curve of Windows, OpenSSL and the usual clients, the commonest first. */
const supportedGroups = [
  groups.x25519,
  groups.secp256r1,
  groups.secp384r1,
  groups.secp521r1,
  groups.x448,
  groups.brainpoolP256r1,
  groups.brainpoolP384r1,
  groups.brainpoolP512r1,
  groups.secp256k1,
];

/**
 * Where TLS 1.2 or older is offered as well, a server takes these for all that the client allows, and refuses DHE with other
 * primes (RFC 7919, section 4): they are for TLS 1.3 alone.
 */
const groupsOf13 = [...supportedGroups, groups.ffdhe2048, groups.ffdhe3072];

/** SignatureScheme (RFC 8446, section 4.2.3); SHA-1 too, or a certificate of an old Windows would be refused. */
const signatureSchemes = [
  ...[0x0403, 0x0503, 0x0603], // ecdsa_secp256r1_sha256, ecdsa_secp384r1_sha384, ecdsa_secp521r1_sha512
  ...[0x0807, 0x0808], // ed25519, ed448
  ...[0x0804, 0x0805, 0x0806], // rsa_pss_rsae_sha256, 384, 512
  ...[0x0809, 0x080a, 0x080b], // rsa_pss_pss_sha256, 384, 512
  ...[0x0401, 0x0501, 0x0601], // rsa_pkcs1_sha256, 384, 512
  ...[0x0203, 0x0201], // ecdsa_sha1, rsa_pkcs1_sha1
  ...[0x0402, 0x0202], // dsa_sha256, dsa_sha1
];

const uncompressed = 0;
const hostName = 0;

/** A private key of X25519 (RFC 8410) up to its 32 bytes. */
const x25519KeyPrefix = Buffer.from('302e020100300506032b656e04220420', 'hex');

/**
 * The extensions of a ClientHello, one behind the other; the last is never empty, as some servers fail on that. To a
 * server of TLS 1.0 alone nothing later than RFC 4492 is said.
 */
export function clientExtensions(hello: ClientHello): Uint8Array {
  const { suites, versions } = hello;
  const name = hello.serverName === undefined ? undefined : serverNameOf(hello.serverName);
  const offers = (version: ClientHello['versions'][number]) => versions.includes(version);
  const upTo12 = versions.some((version) => version !== 'TLS 1.3');
  const later = offers('TLS 1.2') || offers('TLS 1.3');
  const curves = offers('TLS 1.3') || suites.some((suite) => suiteFacts(suite)?.keyExchange.startsWith('ec'));
  return Buffer.concat([
    ...(name ? [serverName(name)] : []),
    ...(offers('TLS 1.2') ? [extension('extendedMasterSecret')] : []),
    ...(curves
      ? [extension('supportedGroups', vector(2, integers16(upTo12 ? supportedGroups : groupsOf13)))]
      : []),
    ...(curves && upTo12 ? [extension('ecPointFormats', vector(1, integer(1, uncompressed)))] : []),
    ...(later ? [extension('signatureAlgorithms', vector(2, integers16(signatureSchemes)))] : []),
    ...(later || offers('TLS 1.1') ? [supportedVersions(hello)] : []),
    ...(offers('TLS 1.3') ? [keyShare(hello.random)] : []),
  ]);
}

function extension(type: keyof typeof extensionTypes, ...data: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat([integer(2, extensionTypes[type]), vector(2, ...data)]);
}

/** RFC 6066, section 3. */
function serverName(name: string): Uint8Array {
  return extension('serverName', vector(2, integer(1, hostName), vector(2, Buffer.from(name, 'ascii'))));
}

/** Newest first (RFC 8446, section 4.2.1). It is the only way to say that an older version will not do. */
function supportedVersions({ versions }: ClientHello): Uint8Array {
  const newestFirst = versions.map(versionNumber).sort((a, b) => b - a);
  return extension('supportedVersions', vector(1, integers16(newestFirst)));
}

/** RFC 8446, section 4.2.8. An empty list is allowed, but few clients send one, and some servers took it amiss. */
function keyShare(random: Uint8Array): Uint8Array {
  const privateKey = createPrivateKey({
    key: Buffer.concat([x25519KeyPrefix, random]),
    format: 'der',
    type: 'pkcs8',
  });
  const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32);
  return extension('keyShare', vector(2, integer(2, groups.x25519), vector(2, publicKey)));
}
