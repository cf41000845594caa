import type { EndpointLiteral } from './endpoint.ts';
import type { TlsLiteral } from './tls.ts';
import { listenerCertificate, windowsEndpoint } from './windows.ts';

const name = 'SRV2022.lab.example';

/** A Windows Server 2022 whose TLS differs. */
function withTls(about: string, tls: Partial<TlsLiteral>): EndpointLiteral {
  return windowsEndpoint(about, { tls: { certificate: listenerCertificate(name), ...tls } });
}

function withVersion(about: string, only: NonNullable<TlsLiteral['minVersion']>): EndpointLiteral {
  return withTls(about, { minVersion: only, maxVersion: only });
}

function withSuite(about: string, suite: string): EndpointLiteral {
  return withTls(about, { ciphers: suite, maxVersion: 'TLSv1.2' });
}

/** Servers that know one version, or one suite, alone. Each is honest and goes all the way to CredSSP. */
export const tlsKinds = {
  'tls-1.0': () => withVersion('TLS 1.0 alone', 'TLSv1'),
  'tls-1.1': () => withVersion('TLS 1.1 alone', 'TLSv1.1'),
  'tls-1.2': () => withVersion('TLS 1.2 alone', 'TLSv1.2'),
  'tls-1.3': () => withVersion('TLS 1.3 alone', 'TLSv1.3'),
  'tls-1.0-to-1.2': () => withTls('TLS 1.0 to 1.2', { minVersion: 'TLSv1', maxVersion: 'TLSv1.2' }),
  'tls-1.3-hello-retry': () =>
    withTls('TLS 1.3 in the group X448 alone, for which most clients must be asked again', {
      minVersion: 'TLSv1.3',
      groups: 'X448',
    }),
  'tls-p521': () => withTls('TLS 1.2 and 1.3 in the group P-521 alone', { groups: 'P-521' }),
  'tls-null': () => withSuite('TLS_RSA_WITH_NULL_SHA256 alone', 'NULL-SHA256'),
  'tls-aes128-sha': () => withSuite('TLS_RSA_WITH_AES_128_CBC_SHA alone', 'AES128-SHA'),
  'tls-ecdhe-rsa-aes256-gcm': () =>
    withSuite('TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 alone', 'ECDHE-RSA-AES256-GCM-SHA384'),
  'tls-chacha20': () =>
    withSuite(
      'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256 alone, off by default in Windows',
      'ECDHE-RSA-CHACHA20-POLY1305',
    ),
  'tls-dhe': () => withSuite('TLS_DHE_RSA_WITH_AES_256_GCM_SHA384 alone', 'DHE-RSA-AES256-GCM-SHA384'),
} as const satisfies Record<string, () => EndpointLiteral>;
