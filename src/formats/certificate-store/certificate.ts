import { X509Certificate } from 'node:crypto';
import { damaged, FormatError } from '../errors.ts';

/** What a certificate says of itself. */
export interface CertificateFacts {
  /** `CN=host, O=Example`: the innermost name first, as Windows shows it. */
  readonly subject: string;
  readonly issuer: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Whether it names itself as its issuer and its own key made its signature. */
  readonly selfSigned: boolean;
  readonly publicKey: CertificatePublicKey;
  /** As OpenSSL names it, `sha256WithRSAEncryption`; undefined where it has no name. */
  readonly signatureAlgorithm: string | undefined;
  /** The OIDs of the extended key usage; undefined where the certificate does not restrict itself. */
  readonly extendedKeyUsage: readonly string[] | undefined;
  /** Whether the extended key usage lets it serve TLS; undefined where there is none, which allows all uses. */
  readonly serverAuthentication: boolean | undefined;
  /** SHA-1 of the certificate in upper-case hexadecimal, as Windows names it in the registry. */
  readonly thumbprint: string;
}

export interface CertificatePublicKey {
  /** `rsa`, `rsa-pss`, `ec`, `ed25519`, `dsa` and so on; `unknown` for one that OpenSSL cannot read. */
  readonly type: string;
  /** Of the RSA modulus, or of the curve's field; 0 where unknown. */
  readonly bits: number;
}

const serverAuthenticationOid = '1.3.6.1.5.5.7.3.1';
const anyUsageOid = '2.5.29.37.0';

/** Bits of the curves that Windows has certificates for, by OpenSSL's names. */
const curveBits: Readonly<Record<string, number>> = {
  prime256v1: 256,
  secp256k1: 256,
  secp384r1: 384,
  secp521r1: 521,
  brainpoolP256r1: 256,
  brainpoolP384r1: 384,
  brainpoolP512r1: 512,
};
const fixedBits: Readonly<Record<string, number>> = { ed25519: 256, ed448: 456, x25519: 256, x448: 448 };

/** The facts of a DER certificate. Throws `FormatError` (damaged) where it is none. */
export function readCertificate(der: Buffer): CertificateFacts {
  const certificate = parse(der);
  const notBefore = certificate.validFromDate;
  const notAfter = certificate.validToDate;
  if (Number.isNaN(notBefore.getTime()) || Number.isNaN(notAfter.getTime())) {
    throw damaged('the certificate has no valid dates');
  }
  const usages = attempt<string[] | undefined>(() => certificate.keyUsage ?? undefined, undefined);
  return {
    subject: nameOf(certificate.subject),
    issuer: nameOf(certificate.issuer),
    notBefore,
    notAfter,
    selfSigned: isSelfSigned(certificate),
    publicKey: publicKeyOf(certificate),
    signatureAlgorithm: certificate.signatureAlgorithm,
    extendedKeyUsage: usages,
    serverAuthentication: usages?.some((oid) => oid === serverAuthenticationOid || oid === anyUsageOid),
    thumbprint: certificate.fingerprint.replaceAll(':', ''),
  };
}

function parse(der: Buffer): X509Certificate {
  // OpenSSL would take PEM as well; the registry never has it.
  if (der[0] !== 0x30) throw damaged('the certificate is no DER sequence');
  try {
    return new X509Certificate(der);
  } catch (cause) {
    throw new FormatError('damaged', 'the certificate is not X.509', { cause });
  }
}

/** OpenSSL gives one name a line, the outermost first. */
function nameOf(lines: string | undefined): string {
  return (lines ?? '').split('\n').filter(Boolean).toReversed().join(', ');
}

function isSelfSigned(certificate: X509Certificate): boolean {
  if (certificate.subject !== certificate.issuer) return false;
  return attempt(() => certificate.verify(certificate.publicKey), false);
}

function publicKeyOf(certificate: X509Certificate): CertificatePublicKey {
  return attempt(
    () => {
      const { asymmetricKeyType: type = 'unknown', asymmetricKeyDetails: details } = certificate.publicKey;
      const curve = details?.namedCurve;
      const bits = details?.modulusLength ?? (curve === undefined ? fixedBits[type] : curveBits[curve]);
      return { type, bits: bits ?? 0 };
    },
    { type: 'unknown', bits: 0 },
  );
}

/** OpenSSL refuses parts of a certificate with errors of many kinds; the certificate is readable all the same. */
function attempt<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
