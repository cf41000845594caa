import { type KeyLiteral, keysFromPaths } from '../hive/index.ts';
import { shippedCipherSuites } from './cipher-suites.ts';
import { familyFacts, isBefore8, isFrom10, type WindowsFamily } from './families.ts';

const signatures = [
  'RSA/SHA256',
  'RSA/SHA384',
  'RSA/SHA1',
  'ECDSA/SHA256',
  'ECDSA/SHA384',
  'ECDSA/SHA1',
  'DSA/SHA1',
];

/** What of `Control` decides about TLS and CredSSP, as it is shipped; paths from `Control` on. */
export function tlsKeys(family: WindowsFamily): KeyLiteral {
  const facts = familyFacts(family);
  return keysFromPaths({
    SecurityProviders: { SecurityProviders: 'credssp.dll' },
    'SecurityProviders\\SaslProfiles': { GSSAPI: 'Kerberos' },
    'SecurityProviders\\WDigest': {
      Debuglevel: 0,
      DigestEncryptionAlgorithms: '3des,rc4',
      Negotiate: 0,
      UTF8HTTP: 1,
      UTF8SASL: 1,
      ...(isBefore8(facts) ? { UseLogonCredential: 1 } : {}),
    },
    'SecurityProviders\\SCHANNEL': { EventLogging: 1 },
    'SecurityProviders\\SCHANNEL\\CipherSuites': {},
    'SecurityProviders\\SCHANNEL\\Ciphers': {},
    'SecurityProviders\\SCHANNEL\\Hashes': {},
    'SecurityProviders\\SCHANNEL\\KeyExchangeAlgorithms': {},
    'SecurityProviders\\SCHANNEL\\Protocols': {},
    ...(isFrom10(facts)
      ? {}
      : { 'SecurityProviders\\SCHANNEL\\Protocols\\SSL 2.0\\Client': { DisabledByDefault: 1 } }),
    'Cryptography\\Configuration\\Local\\SSL': { Flags: 1 },
    'Cryptography\\Configuration\\Local\\SSL\\00010002': {
      '': 'NCRYPT_SCHANNEL_INTERFACE',
      Functions: shippedCipherSuites[family],
      ...(isFrom10(facts) ? { EccCurves: ['curve25519', 'NistP256', 'NistP384'] } : {}),
    },
    'Cryptography\\Configuration\\Local\\SSL\\00010003': {
      '': 'NCRYPT_SCHANNEL_SIGNATURE_INTERFACE',
      Functions: isFrom10(facts) ? [...signatures, 'RSA/SHA512', 'ECDSA/SHA512'] : signatures,
    },
  });
}
