import type { Unknown } from '../../model/answer.ts';
import type { CertificateKey, StoredCertificate } from '../../model/certificate.ts';
import { keyOf, type ListenerCertificateAnswers, listenerCertificate } from './listener-certificate.ts';

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
): SelfSignedKey | { readonly unseen: readonly Unknown[] } | undefined {
  const listener = listenerCertificate(answers);
  if (listener.kind === 'unseen') return { unseen: listener.unseen };
  if (listener.kind !== 'self-signed' || !listener.certificate.selfSigned) return undefined;
  const answer = keyOf(listener, answers);
  if (answer.state === 'unknown') return { unseen: [answer] };
  if (answer.state === 'absent' || answer.value.folder !== legacyKeyFolder) return undefined;
  return { certificate: listener.certificate, key: answer.value };
}
