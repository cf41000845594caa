import type { Answer } from '../../model/answer.ts';
import type { StoredCertificate } from '../../model/certificate.ts';
import type { Blindness } from '../../model/finding.ts';
import { type Answers, certificates, registryValue } from '../../model/question.ts';
import { type RegistryValue, stringOf } from '../../model/registry.ts';
import { unseenAmong } from '../judgement.ts';
import { listenerKey, winStationsKey } from '../listener/keys.ts';
import { terminalServicesPolicy } from '../policy/effective.ts';

export const remoteDesktopStore = 'Remote Desktop';
const personalStore = 'My';

/** The value that pins a certificate. Windows does not write it for the certificate that it makes itself. */
export const pinName = 'SSLCertificateSHA1Hash';

/** What Microsoft's article calls that value. Windows is not known to read it; where it stands, someone followed the article. */
export const misnamedPinName = 'SSLCertificateSHA1HashValue';

/** All that tells which certificate the listener presents. */
export const listenerCertificateQuestions = {
  pin: registryValue(listenerKey, pinName),
  misnamedPin: registryValue(listenerKey, misnamedPinName),
  selfSigned: registryValue(winStationsKey, 'SelfSignedCertificate'),
  remoteDesktop: certificates(remoteDesktopStore),
  personal: certificates(personalStore),
  /** Set, the listener takes a certificate that the domain's authority issues from this template. */
  template: registryValue(terminalServicesPolicy, 'CertTemplateName'),
} as const;

export type ListenerCertificateAnswers = Answers<typeof listenerCertificateQuestions>;

/**
 * The certificate that the listener presents: `none` where Windows has yet to make one, `pin-dangling` where a pin
 * names one that is nowhere, `from-template` where the domain's authority issues it, which a disk does not tell apart from
 * others, `unseen` where what tells could not be read.
 */
export type ListenerCertificate =
  | {
      readonly kind: 'pinned' | 'self-signed';
      readonly certificate: StoredCertificate;
      readonly store: string;
    }
  | { readonly kind: 'pin-dangling'; readonly thumbprint: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'from-template'; readonly unseen: readonly Blindness[] }
  | { readonly kind: 'unseen'; readonly unseen: readonly Blindness[] };

const issuedFromTemplate =
  'the listener takes its certificate from a template, and which one it is cannot be told';

/** Which certificate it is told to present: the pinned one, else its own. */
export function listenerCertificate(answers: ListenerCertificateAnswers): ListenerCertificate {
  const { pin, remoteDesktop, personal } = answers;
  if (pin.state === 'unknown') return { kind: 'unseen', unseen: [pin] };
  const thumbprint = thumbprintIn(pin);
  return thumbprint === undefined ? ownCertificate(answers) : pinned(thumbprint, remoteDesktop, personal);
}

/** Which one it presents in the end: its own where the pinned one is nowhere (TermService's events 1051 and 1053). */
export function presentedCertificate(
  answers: ListenerCertificateAnswers,
): Exclude<ListenerCertificate, { kind: 'pin-dangling' }> {
  const listener = listenerCertificate(answers);
  return listener.kind === 'pin-dangling' ? ownCertificate(answers) : listener;
}

/** The one from the domain's template, else the self-signed one that Windows keeps in its own store. */
function ownCertificate(
  answers: ListenerCertificateAnswers,
): Exclude<ListenerCertificate, { kind: 'pin-dangling' }> {
  const { remoteDesktop, template } = answers;
  if (template.state === 'unknown') return { kind: 'unseen', unseen: [template] };
  if (template.state === 'known' && stringOf(template.value)) {
    return { kind: 'from-template', unseen: [{ where: template.where, why: issuedFromTemplate }] };
  }
  if (remoteDesktop.state === 'unknown') return { kind: 'unseen', unseen: [remoteDesktop] };
  const certificate = selfSignedAmong(answers);
  return certificate ? { kind: 'self-signed', certificate, store: remoteDesktopStore } : { kind: 'none' };
}

/** What the value that the article names points at; undefined where it is not there. */
export function misnamedPin(answers: ListenerCertificateAnswers): ListenerCertificate | undefined {
  const thumbprint = thumbprintIn(answers.misnamedPin);
  return thumbprint === undefined ? undefined : pinned(thumbprint, answers.remoteDesktop, answers.personal);
}

type CertificatesAnswer = Answer<readonly StoredCertificate[]>;

function pinned(
  thumbprint: string,
  remoteDesktop: CertificatesAnswer,
  personal: CertificatesAnswer,
): ListenerCertificate {
  const stores = [
    { store: remoteDesktopStore, answer: remoteDesktop },
    { store: personalStore, answer: personal },
  ];
  for (const { store, answer } of stores) {
    const certificate = storedIn(answer).find((candidate) => candidate.thumbprint === thumbprint);
    if (certificate) return { kind: 'pinned', certificate, store };
  }
  const unseen = unseenAmong(remoteDesktop, personal);
  return unseen.length > 0 ? { kind: 'unseen', unseen } : { kind: 'pin-dangling', thumbprint };
}

/** The one that Windows notes as its own; where it notes none, the one that lasts longest. */
function selfSignedAmong({
  selfSigned,
  remoteDesktop,
}: ListenerCertificateAnswers): StoredCertificate | undefined {
  const stored = storedIn(remoteDesktop);
  const noted = thumbprintIn(selfSigned);
  const byEnd = [...stored].sort((one, other) => other.notAfter.getTime() - one.notAfter.getTime());
  return stored.find(({ thumbprint }) => thumbprint === noted) ?? byEnd[0];
}

function storedIn(answer: CertificatesAnswer): readonly StoredCertificate[] {
  return answer.state === 'known' ? answer.value : [];
}

const sha1Length = 20;

/** A thumbprint of 20 bytes in upper-case hex; undefined for a value that is none, or all zeros. */
function thumbprintIn(answer: Answer<RegistryValue>): string | undefined {
  if (answer.state !== 'known' || answer.value.type !== 'REG_BINARY') return undefined;
  const { data } = answer.value;
  if (data.length !== sha1Length || data.every((byte) => byte === 0)) return undefined;
  return data.toString('hex').toUpperCase();
}
