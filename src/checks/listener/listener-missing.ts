import { setDword } from '../../model/change.ts';
import { defineCheck } from '../../model/check.ts';
import { registryKey } from '../../model/question.ts';
import { dword, findValue } from '../../model/registry.ts';
import { text } from '../../text/index.ts';
import { evidenceOf, fault, healthy, healthyIfSeen } from '../judgement.ts';
import { notListening } from '../symptoms/unreachable.ts';
import { listenerKey } from './keys.ts';

export const listenerMissing = defineCheck({
  id: 'listener-missing',
  questions: { listener: registryKey(listenerKey) },
  symptom: notListening,
  judge({ listener }) {
    if (listener.state === 'unknown') return healthyIfSeen(listener);
    if (listener.state === 'absent') {
      return fault({
        certainty: 'proven',
        title: text('listener-missing.title'),
        explanation: text('listener-missing.explanation'),
        evidence: [evidenceOf(listener.where, text('saw.key-absent'), text('expected.present'))],
        remedy: { consent: 'manual', changes: [], summary: text('listener-missing.remedy') },
      });
    }
    if (dword(findValue(listener.value, 'fEnableWinStation')) !== 0) return healthy;
    return fault({
      certainty: 'proven',
      title: text('listener-missing.disabled-title'),
      explanation: text('listener-missing.disabled-explanation'),
      evidence: [
        evidenceOf(`${listener.where}\\fEnableWinStation`, '0', text('expected.value', { value: '1' })),
      ],
      remedy: {
        consent: 'none',
        changes: [setDword(listenerKey, 'fEnableWinStation', 1)],
        summary: text('listener-missing.disabled-remedy'),
      },
    });
  },
});
