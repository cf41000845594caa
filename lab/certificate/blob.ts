import { createHash, X509Certificate } from 'node:crypto';

/** Where a certificate's private key is: CRYPT_KEY_PROV_INFO (wincrypt.h). */
export interface KeyProviderLiteral {
  container: string;
  provider: string;
  /** PROV_RSA_FULL 1, PROV_RSA_SCHANNEL 12; 0 for a CNG provider. */
  type: number;
  /** CRYPT_MACHINE_KEYSET is 0x20. */
  flags: number;
  /** AT_KEYEXCHANGE 1, AT_SIGNATURE 2; 0 for a CNG provider. 1 unless told. */
  keySpec?: number;
}

/** The listener's own key, as Windows makes it. */
export const listenerKey: KeyProviderLiteral = {
  container: 'TSSecKeySet1',
  provider: 'Microsoft Enhanced Cryptographic Provider v1.0',
  type: 1,
  flags: 0x20,
  keySpec: 1,
};

/** Property ids of a stored certificate (CERT_*_PROP_ID, wincrypt.h). */
const property = { keyProviderInfo: 2, sha1Hash: 3, keyIdentifier: 20, encoded: 32 } as const;

/** A property: id, encoding type, length, then the bytes. */
const propertyHeader = { size: 12, id: 0, encoding: 4, length: 8 } as const;

/** CRYPT_KEY_PROV_INFO as it is stored: pointers are offsets from its own start. */
const keyProviderInfo = {
  size: 28,
  container: 0,
  provider: 4,
  type: 8,
  flags: 12,
  parameterCount: 16,
  parameters: 20,
  keySpec: 24,
} as const;

/** The registry value `Blob` of a certificate in a store: its properties, the certificate itself last. */
export function certificateBlob(der: Buffer, keyProvider?: KeyProviderLiteral): Buffer {
  return Buffer.concat([
    ...(keyProvider ? [propertyOf(property.keyProviderInfo, keyProviderBytes(keyProvider))] : []),
    propertyOf(property.sha1Hash, createHash('sha1').update(der).digest()),
    propertyOf(property.keyIdentifier, keyIdentifier(der)),
    propertyOf(property.encoded, der),
  ]);
}

function propertyOf(id: number, bytes: Buffer): Buffer {
  const header = Buffer.alloc(propertyHeader.size);
  header.writeUInt32LE(id, propertyHeader.id);
  header.writeUInt32LE(1, propertyHeader.encoding);
  header.writeUInt32LE(bytes.length, propertyHeader.length);
  return Buffer.concat([header, bytes]);
}

function keyProviderBytes(key: KeyProviderLiteral): Buffer {
  const container = Buffer.from(`${key.container}\0`, 'utf16le');
  const provider = Buffer.from(`${key.provider}\0`, 'utf16le');
  const info = Buffer.alloc(keyProviderInfo.size);
  info.writeUInt32LE(keyProviderInfo.size, keyProviderInfo.container);
  info.writeUInt32LE(keyProviderInfo.size + container.length, keyProviderInfo.provider);
  info.writeUInt32LE(key.type, keyProviderInfo.type);
  info.writeUInt32LE(key.flags, keyProviderInfo.flags);
  info.writeUInt32LE(key.keySpec ?? 1, keyProviderInfo.keySpec);
  return Buffer.concat([info, container, provider]);
}

/** The SHA-1 of the public key's structure, as Windows identifies keys. */
function keyIdentifier(der: Buffer): Buffer {
  const publicKey = new X509Certificate(der).publicKey.export({ format: 'der', type: 'spki' });
  return createHash('sha1').update(publicKey).digest();
}
