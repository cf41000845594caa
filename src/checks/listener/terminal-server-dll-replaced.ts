import { defineCheck } from '../../model/check.ts';
import { registryValue } from '../../model/question.ts';
import { stringOf } from '../../model/registry.ts';
import { text } from '../../text/index.ts';
import { serviceKey } from '../disabled-services.ts';
import { fault, healthy, healthyIfSeen, valueEvidence } from '../judgement.ts';

const key = `${serviceKey('TermService')}\\Parameters`;
const shipped = '%SystemRoot%\\System32\\termsrv.dll';

/** The same file by any of the names that Windows has for its own folder. */
const shippedNames = /^(%systemroot%|%windir%|[a-z]:\\windows|\\systemroot)\\system32\\termsrv\.dll$/i;

export const terminalServerDllReplaced = defineCheck({
  id: 'terminal-server-dll-replaced',
  questions: { dll: registryValue(key, 'ServiceDll') },
  judge({ dll }) {
    if (dll.state !== 'known') return healthyIfSeen(dll);
    if (shippedNames.test(stringOf(dll.value)?.trim() ?? '')) return healthy;
    return fault({
      certainty: 'likely',
      title: text('terminal-server-dll-replaced.title'),
      explanation: text('terminal-server-dll-replaced.explanation'),
      evidence: [valueEvidence(dll, text('expected.value', { value: `"${shipped}"` }))],
      remedy: {
        consent: 'ask',
        changes: [
          {
            kind: 'set-registry-value',
            key,
            name: 'ServiceDll',
            value: { type: 'REG_EXPAND_SZ', data: shipped },
          },
        ],
        summary: text('terminal-server-dll-replaced.remedy'),
      },
    });
  },
});
