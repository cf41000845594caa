import { X509Certificate } from 'node:crypto';
import { readCertificate } from '../../formats/certificate-store/index.ts';
import { FormatError } from '../../formats/errors.ts';
import type { PresentedCertificate } from '../../model/endpoint.ts';

/**
 * A chain as the checks judge it, the server's own certificate first. Throws `FormatError` where that one cannot be
 * read; what is sent beside it decides nothing here.
 */
export function presentedCertificates(
  ders: readonly [Uint8Array, ...Uint8Array[]],
): readonly [PresentedCertificate, ...PresentedCertificate[]] {
  const [own, ...issuers] = ders;
  return [presentedCertificate(own), ...issuers.flatMap(readableCertificate)];
}

/** One certificate, or none where it cannot be read. */
export function readableCertificate(der: Uint8Array): PresentedCertificate[] {
  try {
    return [presentedCertificate(der)];
  } catch (error) {
    if (error instanceof FormatError) return [];
    throw error;
  }
}

function presentedCertificate(der: Uint8Array): PresentedCertificate {
  const { publicKey, signatureAlgorithm, ...facts } = readCertificate(Buffer.from(der));
  const { thumbprint, subject, issuer, selfSigned, notBefore, notAfter } = facts;
  return {
    der,
    thumbprint,
    subject,
    issuer,
    selfSigned,
    notBefore,
    notAfter,
    keyType: publicKey.type === 'rsa' || publicKey.type === 'ec' ? publicKey.type : 'other',
    keyBits: publicKey.bits,
    names: alternativeNames(der),
    signature: signatureAlgorithm,
  };
}

/** OpenSSL shows them as `DNS:server, IP Address:10.0.0.4`; one that needs quoting is of no use as a name. */
function alternativeNames(der: Uint8Array): string[] {
  const shown = new X509Certificate(der).subjectAltName ?? '';
  return [...shown.matchAll(/(?:^|, )(?:DNS|IP Address):([^",\s]+)/g)].map(([, name = '']) => name);
}
