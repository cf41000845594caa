import type { CertificateLiteral } from '../certificate/index.ts';
import type { EndpointLiteral } from './endpoint.ts';
import type { TlsLiteral } from './tls.ts';
import { listenerCertificate, windowsEndpoint } from './windows.ts';

const day = 86_400_000;
const own = listenerCertificate('SRV2022.lab.example');

function daysFromNow(days: number): Date {
  return new Date(Math.floor(Date.now() / day + days) * day);
}

/** A Windows Server 2022 with another certificate; up to TLS 1.2, so that it is seen in the clear, unless told. */
function presenting(
  about: string,
  certificate: Partial<CertificateLiteral>,
  tls: Partial<TlsLiteral> = { maxVersion: 'TLSv1.2' },
): EndpointLiteral {
  return windowsEndpoint(about, { tls: { certificate: { ...own, ...certificate }, ...tls } });
}

const authority: CertificateLiteral = {
  subject: 'Lab Certificate Authority',
  notBefore: daysFromNow(-1000),
  notAfter: daysFromNow(2000),
  key: 'authority',
  serverAuth: false,
};

const expired = { notBefore: daysFromNow(-200), notAfter: daysFromNow(-17) };

/** Servers that are healthy but for the certificate that they present. */
export const certificates = {
  'certificate-expired': () => presenting('a certificate that expired 17 days ago', expired),
  'certificate-expired-tls-1.3': () =>
    presenting('a certificate that expired 17 days ago, in TLS 1.3 alone', expired, {
      minVersion: 'TLSv1.3',
    }),
  'certificate-not-yet-valid': () =>
    presenting('a certificate that becomes valid in three days', { notBefore: daysFromNow(3) }),
  'certificate-rsa512': () => presenting('a RSA key of 512 bits', { key: 'rsa512' }),
  'certificate-rsa1024': () => presenting('a RSA key of 1024 bits', { key: 'rsa1024' }),
  'certificate-sha1': () => presenting('a signature over SHA-1', { digest: 'sha1' }),
  'certificate-ec256': () => presenting('a key on the curve P-256', { key: 'ec256', usage: 'signature' }),
  'certificate-wrong-name': () =>
    presenting('the name of another computer', {
      subject: 'OTHER.lab.example',
      names: ['OTHER.lab.example'],
    }),
  'certificate-with-names': () =>
    presenting('names in subjectAltName', { names: ['SRV2022.lab.example', 'rdp.lab.example'] }),
  'certificate-not-for-servers': () =>
    presenting('no usage for server authentication', { serverAuth: false }),
  'certificate-issued': () =>
    presenting(
      'issued by an authority that is sent along',
      { selfSigned: false },
      {
        chain: [authority],
        maxVersion: 'TLSv1.2',
      },
    ),
  'certificate-issued-alone': () =>
    presenting('issued by an authority that is not sent along', { selfSigned: false }),
} as const satisfies Record<string, () => EndpointLiteral>;
