import type { WindowsFamily } from '../../../model/machine.ts';
import { type CipherSuite, cipherSuites } from '../../tls/cipher-suites.ts';
import type { Offer } from './client.ts';

const tripleDes = 'TLS_RSA_WITH_3DES_EDE_CBC_SHA';
const rc4 = ['TLS_RSA_WITH_RC4_128_SHA', 'TLS_RSA_WITH_RC4_128_MD5'];

/**
 * Windows 7: "TLS Cipher Suites in Windows 7" (Microsoft Learn). Those that came with the updates 2992611 and 3161639
 * may be lacking. RC4 is on by default, but not for an application that sets SCH_USE_STRONG_CRYPTO; whether mstsc does
 * is not documented.
 */
export const windows7Suites: ReadonlyMap<string, Offer> = new Map<string, Offer>([
  ...schannel(['7'], ({ name, keyExchange }) => keyExchange === 'dhe' || /^TLS_RSA_.*GCM/.test(name)),
  [tripleDes, 'yes'],
  ...rc4.map((name) => [name, 'unknown'] as const),
]);

/**
 * Windows 10 from 1607 on ("TLS Cipher Suites in Windows 10 v1607", "... v1903", "... v22H2"): which of DHE are on by
 * default changed from release to release, and 3DES is filtered out for an application that sets
 * SCH_USE_STRONG_CRYPTO in some of them.
 */
export const windows10Suites: ReadonlyMap<string, Offer> = new Map<string, Offer>([
  ...schannel(['10', '2019'], ({ keyExchange }) => keyExchange === 'dhe'),
  [tripleDes, 'unknown'],
]);

/** Windows 11 ("TLS Cipher Suites in Windows 11"): ChaCha20 is known and off. */
export const windows11Suites: ReadonlyMap<string, Offer> = new Map<string, Offer>([
  ...schannel(
    ['2022', '2025'],
    ({ name, keyExchange }) => keyExchange === 'dhe' || name.includes('CHACHA20'),
  ),
  [tripleDes, 'unknown'],
]);

/**
 * OpenSSL 3's DEFAULT list at the security levels 1 and 2, which is what FreeRDP leaves in place: measured in the
 * ClientHello of FreeRDP 2.11.7. It has everything that Schannel has with AES, and these.
 */
export const opensslSuites: ReadonlyMap<string, Offer> = new Map<string, Offer>(
  [
    ...cipherSuites.map(({ name }) => name),
    'TLS_DHE_RSA_WITH_AES_256_CBC_SHA256',
    'TLS_DHE_RSA_WITH_AES_128_CBC_SHA256',
    'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256',
    'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
    'TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
  ].map((name) => [name, 'yes'] as const),
);

/**
 * What Windows Server 2016 and later choose first with their own RSA certificate, so that the app must have it; and the
 * suite without which there is no TLS 1.3 (RFC 8446, section 9.1), with the one that every implementation has beside it.
 */
export const windowsAppSuites: ReadonlyMap<string, Offer> = new Map<string, Offer>([
  ['TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', 'believed'],
  ['TLS_AES_128_GCM_SHA256', 'yes'],
  ['TLS_AES_256_GCM_SHA384', 'believed'],
]);

/** Those that every one of these families knows; `unsure` are those that are not on by default in all their releases. */
function schannel(
  families: readonly WindowsFamily[],
  unsure: (suite: CipherSuite) => boolean,
): readonly (readonly [string, Offer])[] {
  return cipherSuites
    .filter((suite) => families.every((family) => suite.families.includes(family)))
    .map((suite) => [suite.name, unsure(suite) ? 'unknown' : 'yes'] as const);
}
