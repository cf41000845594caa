import type { CertificateKey, StoredCertificate } from '../../model/certificate.ts';
import type { Blindness } from '../../model/finding.ts';
import { type ListenerCertificateAnswers, presentedCertificate } from './listener-certificate.ts';

const legacyKeyFolder = 'ProgramData\\Microsoft\\Crypto\\RSA\\MachineKeys';

/** The self-signed certificate that the listener presents, with its key in MachineKeys. */
export interface SelfSignedKey {
  readonly certificate: StoredCertificate;
  readonly key: CertificateKey;
}

/**
 * Undefined where the listener presents another certificate, or none, or where the key is not a file of MachineKeys;
 * `unseen` where what tells could not be read.
 */
export function selfSignedKey(
  answers: ListenerCertificateAnswers,
): SelfSignedKey | { readonly unseen: readonly Blindness[] } | undefined {
  const listener = presentedCertificate(answers);
  if (listener.kind === 'unseen' || listener.kind === 'from-template') return { unseen: listener.unseen };
  if (listener.kind !== 'self-signed' || !listener.certificate.selfSigned) return undefined;
  const { certificate } = listener;
  return certificate.key?.folder === legacyKeyFolder ? { certificate, key: certificate.key } : undefined;
}
