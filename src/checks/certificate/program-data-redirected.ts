import { defineCheck } from '../../model/check.ts';
import { isShippedProgramData, profileListKey } from '../../model/program-data.ts';
import { registryValue } from '../../model/question.ts';
import { stringOf } from '../../model/registry.ts';
import { text } from '../../text/index.ts';
import { fault, healthy, healthyIfSeen, valueEvidence } from '../judgement.ts';
import { keyUnusable } from '../symptoms/tls-fails.ts';

const name = 'ProgramData';
const shipped = '%SystemDrive%\\ProgramData';

export const programDataRedirected = defineCheck({
  id: 'program-data-redirected',
  questions: { programData: registryValue(profileListKey, name) },
  symptom: keyUnusable,
  judge({ programData }) {
    if (programData.state !== 'known') return healthyIfSeen(programData);
    if (isShippedProgramData(stringOf(programData.value) ?? '')) return healthy;
    return fault({
      certainty: 'likely',
      title: text('program-data-redirected.title'),
      explanation: text('program-data-redirected.explanation'),
      evidence: [valueEvidence(programData, text('expected.value', { value: `"${shipped}"` }))],
      remedy: {
        consent: 'ask',
        changes: [
          {
            kind: 'set-registry-value',
            key: profileListKey,
            name,
            value: { type: 'REG_EXPAND_SZ', data: shipped },
          },
        ],
        summary: text('program-data-redirected.remedy'),
      },
    });
  },
});
