import type { Answer } from '../../model/answer.ts';
import type { StoredCertificate } from '../../model/certificate.ts';
import { defineCheck } from '../../model/check.ts';
import type { Certainty, Evidence, Judgement } from '../../model/finding.ts';
import type { RegistryValue } from '../../model/registry.ts';
import { type Text, text } from '../../text/index.ts';
import { evidenceOf, fault, healthy, valueEvidence } from '../judgement.ts';
import { listenerKey } from '../listener/keys.ts';
import { pinUnusable } from '../symptoms/certificate.ts';
import { networkServiceCanRead } from './key-access.ts';
import {
  type ListenerCertificateAnswers,
  listenerCertificate,
  listenerCertificateQuestions,
  misnamedPin,
  misnamedPinName,
  pinName,
} from './listener-certificate.ts';
import { isCurrent, validity } from './validity.ts';

export const pinnedCertificateUnusable = defineCheck({
  id: 'pinned-certificate-unusable',
  questions: listenerCertificateQuestions,
  symptom: pinUnusable,
  judge(answers, { machine, now }) {
    // A Connection Broker's pin is managed by its deployment.
    if (machine.connectionBroker) return healthy;
    const listener = listenerCertificate(answers);
    if (listener.kind === 'unseen') return { verdict: 'unknown', unseen: listener.unseen };
    if (listener.kind === 'pin-dangling') {
      const expected = text('pinned-certificate-unusable.expected-stored');
      return unusable(
        text('pinned-certificate-unusable.dangling'),
        [valueEvidence(answers.pin, expected)],
        'likely',
      );
    }
    if (listener.kind !== 'pinned') return judgeMisnamed(answers);
    const { certificate } = listener;
    if (!isCurrent(certificate, now)) {
      return unusable(text('pinned-certificate-unusable.expired'), [
        pinEvidence(answers.pin),
        evidenceOf(certificate.where, validity(certificate), text('certificate-expired.expected')),
      ]);
    }
    return judgeKey(certificate, answers.pin);
  },
});

function judgeKey({ keyProvider, key, where }: StoredCertificate, pin: Answer<RegistryValue>): Judgement {
  if (keyProvider === undefined) {
    const expected = text('pinned-certificate-unusable.expected-key');
    const saw = text('pinned-certificate-unusable.saw-no-key');
    return unusable(text('pinned-certificate-unusable.no-key'), [
      pinEvidence(pin),
      evidenceOf(where, saw, expected),
    ]);
  }
  // A key in a TPM, on a card or in a device is nothing that a disk can show.
  if (key === undefined) return healthy;
  const { security } = key;
  if (security.state === 'unknown') return { verdict: 'unknown', unseen: [security] };
  const expected = text('pinned-certificate-unusable.expected-readable');
  if (security.state === 'absent') {
    const evidence = [pinEvidence(pin), evidenceOf(security.where, text('saw.file-absent'), expected)];
    return unusable(text('pinned-certificate-unusable.no-key'), evidence);
  }
  if (networkServiceCanRead(security.value)) return healthy;
  const saw = text('pinned-certificate-unusable.saw-unreadable');
  const evidence = [pinEvidence(pin), evidenceOf(security.where, saw, expected)];
  return unusable(text('pinned-certificate-unusable.unreadable'), evidence);
}

function pinEvidence(pin: Answer<RegistryValue>) {
  return valueEvidence(pin, text('pinned-certificate-unusable.expected-usable'));
}

function unusable(
  explanation: Text,
  evidence: readonly Evidence[],
  certainty: Certainty = 'proven',
): Judgement {
  return fault({
    certainty,
    title: text('pinned-certificate-unusable.title'),
    explanation,
    evidence,
    remedy: {
      consent: 'ask',
      changes: [{ kind: 'delete-registry-value', key: listenerKey, name: pinName }],
      summary: text('pinned-certificate-unusable.remedy'),
    },
  });
}

/** Windows is not known to read it, and the article has it deleted where it matches no certificate. */
function judgeMisnamed(answers: ListenerCertificateAnswers): Judgement {
  const named = misnamedPin(answers);
  if (named?.kind === 'unseen') return { verdict: 'unknown', unseen: named.unseen };
  if (named?.kind !== 'pin-dangling') return healthy;
  return fault({
    certainty: 'possible',
    title: text('pinned-certificate-unusable.title'),
    explanation: text('pinned-certificate-unusable.misnamed'),
    evidence: [valueEvidence(answers.misnamedPin, text('expected.absent'))],
    remedy: {
      consent: 'ask',
      changes: [{ kind: 'delete-registry-value', key: listenerKey, name: misnamedPinName }],
      summary: text('pinned-certificate-unusable.misnamed-remedy'),
    },
  });
}
