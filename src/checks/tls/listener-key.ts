import type { StoredCertificate } from '../../model/certificate.ts';
import type { Blindness } from '../../model/finding.ts';
import { type ListenerCertificateAnswers, listenerCertificate } from '../certificate/listener-certificate.ts';

/** The kind of key that a certificate has, as cipher suites tell them apart. */
export type KeyType = 'rsa' | 'ec';

/** What is known of the listener's certificate, and the kinds of key that it may have. */
export interface ListenerKey {
  /** Undefined where there is none yet, and where it cannot be told which it is. */
  readonly certificate: StoredCertificate | undefined;
  readonly keyTypes: readonly KeyType[];
  /** Why there is more than one kind. */
  readonly unseen: readonly Blindness[];
}

export function listenerKeyOf(answers: ListenerCertificateAnswers): ListenerKey {
  const listener = listenerCertificate(answers);
  if (listener.kind === 'pinned') return keyOfCertificate(listener.certificate);
  if (listener.kind === 'unseen' || listener.kind === 'from-template') return eitherKey(listener.unseen);
  if (listener.kind === 'pin-dangling') {
    return eitherKey([
      { where: answers.pin.where, why: 'the certificate that it names is in neither store' },
    ]);
  }
  if (listener.kind === 'self-signed') return keyOfCertificate(listener.certificate);
  // Windows makes one with an RSA key as soon as it needs it.
  return { certificate: undefined, keyTypes: ['rsa'], unseen: [] };
}

function keyOfCertificate(certificate: StoredCertificate): ListenerKey {
  const { keyType, where } = certificate;
  if (keyType !== 'other') return { certificate, keyTypes: [keyType], unseen: [] };
  return { ...eitherKey([{ where, why: 'its key is neither RSA nor on a curve' }]), certificate };
}

function eitherKey(unseen: readonly Blindness[]): ListenerKey {
  return { certificate: undefined, keyTypes: ['rsa', 'ec'], unseen };
}
