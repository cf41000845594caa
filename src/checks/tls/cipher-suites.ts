import type { WindowsFamily } from '../../model/machine.ts';
import type { TlsVersion } from './protocols.ts';

/** The kind of certificate that a suite needs on the server; `any` is TLS 1.3, which settles it elsewhere. */
export type SuiteCertificate = 'rsa' | 'ec' | 'any';

/** How the two sides agree on a key; `any` is TLS 1.3. */
export type SuiteKeyExchange = 'ecdhe' | 'dhe' | 'rsa' | 'any';

/** A cipher suite of Windows that current clients accept. */
export interface CipherSuite {
  readonly name: string;
  readonly certificate: SuiteCertificate;
  readonly keyExchange: SuiteKeyExchange;
  readonly versions: readonly TlsVersion[];
  readonly families: readonly WindowsFamily[];
  /** The curves that Windows up to 8.1 appends to the name: `_P256`; it knows no ECDHE suite without one. */
  readonly curves: readonly string[];
}

/** Every family of Windows. */
export const allFamilies: readonly WindowsFamily[] = ['7', '8', '8.1', '10', '2019', '2022', '2025'];
const allBut8: readonly WindowsFamily[] = ['7', '8.1', '10', '2019', '2022', '2025'];
const from10: readonly WindowsFamily[] = ['10', '2019', '2022', '2025'];
const from2022: readonly WindowsFamily[] = ['2022', '2025'];

const tls13: readonly TlsVersion[] = ['TLS 1.3'];
const tls12: readonly TlsVersion[] = ['TLS 1.2'];
const upTo12: readonly TlsVersion[] = ['TLS 1.0', 'TLS 1.1', 'TLS 1.2'];

const p256: readonly string[] = ['P256', 'P384', 'P521'];
const p384: readonly string[] = ['P384', 'P521'];
const none: readonly string[] = [];

type Row = readonly [
  string,
  SuiteCertificate,
  SuiteKeyExchange,
  readonly TlsVersion[],
  readonly WindowsFamily[],
  readonly string[],
];

/**
 * The suites of Schannel that encrypt with AES (or ChaCha20) and authenticate by an RSA or EC certificate, whether
 * or not they are on by default. From Microsoft Learn, "TLS Cipher Suites in Windows 7", "... 8", "... 8.1",
 * "... 10 v1607", "... 10 v1809", "... Server 2022" and "... 11", held against what the provider registers in real
 * hives of 7, 8 and 10. On 7 the RSA suites with GCM came with update 2992611, on 7 and 8.1 DHE_RSA with CBC
 * with update 3161639.
 */
const rows: readonly Row[] = [
  ['TLS_AES_256_GCM_SHA384', 'any', 'any', tls13, from2022, none],
  ['TLS_AES_128_GCM_SHA256', 'any', 'any', tls13, from2022, none],
  ['TLS_CHACHA20_POLY1305_SHA256', 'any', 'any', tls13, from2022, none],
  ['TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384', 'ec', 'ecdhe', tls12, allFamilies, p384],
  ['TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256', 'ec', 'ecdhe', tls12, allFamilies, p256],
  ['TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', 'rsa', 'ecdhe', tls12, from10, none],
  ['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', 'rsa', 'ecdhe', tls12, from10, none],
  ['TLS_DHE_RSA_WITH_AES_256_GCM_SHA384', 'rsa', 'dhe', tls12, allFamilies, none],
  ['TLS_DHE_RSA_WITH_AES_128_GCM_SHA256', 'rsa', 'dhe', tls12, allFamilies, none],
  ['TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384', 'ec', 'ecdhe', tls12, allFamilies, p384],
  ['TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256', 'ec', 'ecdhe', tls12, allFamilies, p256],
  ['TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384', 'rsa', 'ecdhe', tls12, allFamilies, p256],
  ['TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256', 'rsa', 'ecdhe', tls12, allFamilies, p256],
  ['TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA', 'ec', 'ecdhe', upTo12, allFamilies, p256],
  ['TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA', 'ec', 'ecdhe', upTo12, allFamilies, p256],
  ['TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA', 'rsa', 'ecdhe', upTo12, allFamilies, p256],
  ['TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA', 'rsa', 'ecdhe', upTo12, allFamilies, p256],
  ['TLS_DHE_RSA_WITH_AES_256_CBC_SHA', 'rsa', 'dhe', upTo12, allBut8, none],
  ['TLS_DHE_RSA_WITH_AES_128_CBC_SHA', 'rsa', 'dhe', upTo12, allBut8, none],
  ['TLS_RSA_WITH_AES_256_GCM_SHA384', 'rsa', 'rsa', tls12, allFamilies, none],
  ['TLS_RSA_WITH_AES_128_GCM_SHA256', 'rsa', 'rsa', tls12, allFamilies, none],
  ['TLS_RSA_WITH_AES_256_CBC_SHA256', 'rsa', 'rsa', tls12, allFamilies, none],
  ['TLS_RSA_WITH_AES_128_CBC_SHA256', 'rsa', 'rsa', tls12, allFamilies, none],
  ['TLS_RSA_WITH_AES_256_CBC_SHA', 'rsa', 'rsa', upTo12, allFamilies, none],
  ['TLS_RSA_WITH_AES_128_CBC_SHA', 'rsa', 'rsa', upTo12, allFamilies, none],
];

export const cipherSuites: readonly CipherSuite[] = rows.map(
  ([name, certificate, keyExchange, versions, families, curves]) => ({
    name,
    certificate,
    keyExchange,
    versions,
    families,
    curves,
  }),
);

const curveSuffix = /_P(?:256|384|521)$/;
const suites = new Map(cipherSuites.map((suite) => [suite.name, suite]));

/** A name as it stands in a list, taken apart. */
export interface SuiteName {
  /** In upper case. */
  readonly name: string;
  /** `P256`; undefined where the name ends with no curve. */
  readonly curve: string | undefined;
  /** Undefined for a suite that current clients refuse, and for a name that is none of Windows' own. */
  readonly suite: CipherSuite | undefined;
}

export function readSuiteName(written: string): SuiteName {
  const name = written.trim().toUpperCase();
  const curve = curveSuffix.exec(name)?.[0].slice(1);
  return { name, curve, suite: suites.get(name.replace(curveSuffix, '')) };
}
