import type { Answer } from '../../model/answer.ts';
import type { CertificateKey } from '../../model/certificate.ts';
import { defineCheck } from '../../model/check.ts';
import type { Judgement } from '../../model/finding.ts';
import type { RegistryValue } from '../../model/registry.ts';
import { type Text, text } from '../../text/index.ts';
import { evidenceOf, fault, healthy, valueEvidence } from '../judgement.ts';
import { listenerKey } from '../listener/keys.ts';
import { networkServiceCanRead } from './key-access.ts';
import { keyOf, listenerCertificate, listenerCertificateQuestions, pinName } from './listener-certificate.ts';
import { isCurrent, validity } from './validity.ts';

export const pinnedCertificateUnusable = defineCheck({
  id: 'pinned-certificate-unusable',
  questions: listenerCertificateQuestions,
  judge(answers, { machine, now }) {
    // A Connection Broker's pin is managed by its deployment.
    if (machine.connectionBroker) return healthy;
    const listener = listenerCertificate(answers);
    if (listener.kind === 'unseen') return { verdict: 'unknown', unseen: listener.unseen };
    if (listener.kind === 'pin-dangling') {
      const expected = text('pinned-certificate-unusable.expected-stored');
      return unusable(text('pinned-certificate-unusable.dangling'), [valueEvidence(answers.pin, expected)]);
    }
    if (listener.kind !== 'pinned') return healthy;
    const { certificate } = listener;
    if (!isCurrent(certificate, now)) {
      return unusable(text('pinned-certificate-unusable.expired'), [
        pinEvidence(answers.pin),
        evidenceOf(certificate.where, validity(certificate), text('certificate-expired.expected')),
      ]);
    }
    return judgeKey(keyOf(listener, answers), answers.pin, certificate.where);
  },
});

function judgeKey(answer: Answer<CertificateKey>, pin: Answer<RegistryValue>, where: string): Judgement {
  if (answer.state === 'unknown') return { verdict: 'unknown', unseen: [answer] };
  if (answer.state === 'absent' || answer.value.keyProvider === undefined) {
    const expected = text('pinned-certificate-unusable.expected-key');
    const saw = text('pinned-certificate-unusable.saw-no-key');
    return unusable(text('pinned-certificate-unusable.no-key'), [
      pinEvidence(pin),
      evidenceOf(where, saw, expected),
    ]);
  }
  // A key in a TPM, on a card or in a device is nothing that a disk can show.
  const { file, folder } = answer.value;
  if (folder === undefined) return healthy;
  if (file.state === 'unknown') return { verdict: 'unknown', unseen: [file] };
  const expected = text('pinned-certificate-unusable.expected-readable');
  if (file.state === 'absent') {
    const evidence = [pinEvidence(pin), evidenceOf(file.where, text('saw.file-absent'), expected)];
    return unusable(text('pinned-certificate-unusable.no-key'), evidence);
  }
  if (networkServiceCanRead(file.value)) return healthy;
  const saw = text('pinned-certificate-unusable.saw-unreadable');
  return unusable(text('pinned-certificate-unusable.unreadable'), [
    pinEvidence(pin),
    evidenceOf(file.where, saw, expected),
  ]);
}

function pinEvidence(pin: Answer<RegistryValue>) {
  return valueEvidence(pin, text('pinned-certificate-unusable.expected-usable'));
}

function unusable(explanation: Text, evidence: ReturnType<typeof evidenceOf>[]): Judgement {
  return fault({
    certainty: 'proven',
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
