export type TlsVersion = 'TLS 1.0' | 'TLS 1.1' | 'TLS 1.2' | 'TLS 1.3';

const numbers: Readonly<Record<TlsVersion, number>> = {
  'TLS 1.0': 0x0301,
  'TLS 1.1': 0x0302,
  'TLS 1.2': 0x0303,
  'TLS 1.3': 0x0304,
};

/** Every version, oldest first. */
export const tlsVersions: readonly TlsVersion[] = ['TLS 1.0', 'TLS 1.1', 'TLS 1.2', 'TLS 1.3'];

/** ProtocolVersion as it is on the wire: 0x0303 for TLS 1.2. */
export function versionNumber(version: TlsVersion): number {
  return numbers[version];
}

/** The version of a ProtocolVersion; undefined for SSL 3.0, drafts and what does not exist. */
export function versionOf(number: number): TlsVersion | undefined {
  return tlsVersions.find((version) => numbers[version] === number);
}
