import type { StoredCertificate } from '../../model/certificate.ts';
import { defineCheck } from '../../model/check.ts';
import type { Judgement } from '../../model/finding.ts';
import { text } from '../../text/index.ts';
import { evidenceOf, fault, healthy } from '../judgement.ts';
import { expiredCertificatePresented } from '../symptoms/certificate.ts';
import {
  listenerCertificateQuestions,
  presentedCertificate,
  remoteDesktopStore,
} from './listener-certificate.ts';
import { isCurrent, validity } from './validity.ts';

export const certificateExpired = defineCheck({
  id: 'certificate-expired',
  questions: listenerCertificateQuestions,
  symptom: expiredCertificatePresented,
  judge(answers, { machine, now }) {
    const listener = presentedCertificate(answers);
    if (listener.kind === 'unseen' || listener.kind === 'from-template') {
      return { verdict: 'unknown', unseen: listener.unseen };
    }
    if (listener.kind === 'none') return healthy;
    if (isCurrent(listener.certificate, now)) return healthy;
    if (listener.kind === 'self-signed') return selfSignedExpired(listener.certificate, machine.lastRan);
    // Elsewhere pinned-certificate-unusable speaks; on a Connection Broker the pin is not for us to take away.
    return machine.connectionBroker ? brokersExpired(listener.certificate) : healthy;
  },
});

/**
 * Windows renews its own certificate while it runs. One that ended while the machine was running proves that it could
 * not; one that ended since may be renewed at the next start.
 */
function selfSignedExpired(certificate: StoredCertificate, lastRan: Date | undefined): Judgement {
  const endedWhileRunning = lastRan !== undefined && certificate.notAfter < lastRan;
  const { thumbprint } = certificate;
  return fault({
    certainty: endedWhileRunning ? 'proven' : 'likely',
    title: text('certificate-expired.title'),
    explanation: text(endedWhileRunning ? 'certificate-expired.explanation' : 'certificate-expired.since'),
    evidence: [evidenceOf(certificate.where, validity(certificate), text('certificate-expired.expected'))],
    remedy: {
      // One that Windows did not make, it does not make again.
      consent: certificate.selfSigned ? 'none' : 'ask',
      changes: [{ kind: 'delete-certificate', store: remoteDesktopStore, thumbprint }],
      summary: text('certificate-expired.remedy'),
    },
  });
}

function brokersExpired(certificate: StoredCertificate): Judgement {
  return fault({
    certainty: 'proven',
    title: text('certificate-expired.title'),
    explanation: text('certificate-expired.pinned'),
    evidence: [evidenceOf(certificate.where, validity(certificate), text('certificate-expired.expected'))],
    remedy: { consent: 'manual', changes: [], summary: text('certificate-expired.pinned-remedy') },
  });
}
