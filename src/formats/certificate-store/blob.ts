import { damaged } from '../errors.ts';
import { type KeyProvider, readKeyProvider } from './key-provider.ts';

/** A certificate as a store in the registry keeps it, in the value `Blob` of the key with its thumbprint. */
export interface StoredCertificate {
  /** The certificate itself; undefined where the blob has only properties. */
  readonly der: Buffer | undefined;
  /** SHA-1 of the certificate, 20 bytes, as the store noted it. */
  readonly sha1: Buffer | undefined;
  /** Where the private key is; undefined where the store tells of none. */
  readonly keyProvider: KeyProvider | undefined;
  /** All properties by their id (CERT_*_PROP_ID of wincrypt.h), the first of each. */
  readonly properties: ReadonlyMap<number, Buffer>;
}

// One property; the blob is a run of them without a header or an end (measured).
const propertyLayout = {
  id: 0, // u32
  encoding: 4, // u32, 1: X.509
  length: 8, // u32
  bytes: 12,
} as const;

const propertyIds = {
  keyProvider: 2, // CERT_KEY_PROV_INFO_PROP_ID
  sha1: 3, // CERT_SHA1_HASH_PROP_ID
  certificate: 32, // the encoded certificate
} as const;

/**
 * The registry's `Blob` of a certificate. Integers are little-endian. What it returns are views of `blob`.
 * Throws `FormatError` (damaged) where a property leaves the blob or the key provider's makes no sense.
 */
export function readCertificateBlob(blob: Buffer): StoredCertificate {
  const properties = new Map<number, Buffer>();
  for (let at = 0; at < blob.length; ) {
    const { id, bytes } = readProperty(blob, at);
    if (!properties.has(id)) properties.set(id, bytes);
    at += propertyLayout.bytes + bytes.length;
  }
  const provider = properties.get(propertyIds.keyProvider);
  const sha1 = properties.get(propertyIds.sha1);
  if (sha1 && sha1.length !== 20) throw damaged(`the certificate's SHA-1 has ${sha1.length} bytes`);
  return {
    der: properties.get(propertyIds.certificate),
    sha1,
    keyProvider: provider && readKeyProvider(provider),
    properties,
  };
}

function readProperty(blob: Buffer, at: number): { id: number; bytes: Buffer } {
  const from = at + propertyLayout.bytes;
  if (from > blob.length) throw damaged(`the certificate blob ends within a property's header at ${at}`);
  const id = blob.readUInt32LE(at + propertyLayout.id);
  const length = blob.readUInt32LE(at + propertyLayout.length);
  if (from + length > blob.length) {
    throw damaged(`property ${id} at ${at} of the certificate blob has ${length} bytes, beyond its end`);
  }
  return { id, bytes: blob.subarray(from, from + length) };
}
