import type { Answer } from '../../model/answer.ts';
import { setDword } from '../../model/change.ts';
import { defineCheck } from '../../model/check.ts';
import type { Judgement } from '../../model/finding.ts';
import type { RegistryValue } from '../../model/registry.ts';
import { text } from '../../text/index.ts';
import { fault, healthy, healthyIfSeen, risk, valueEvidence } from '../judgement.ts';
import { elsewhere } from '../symptoms/unreachable.ts';
import { firewallQuestions, readFirewall } from './firewall.ts';
import { refusalEvidence } from './firewall-evidence.ts';
import { firewallRemedy } from './firewall-remedy.ts';
import { listenerKey } from './keys.ts';
import { defaultRdpPort, listenerPort, portQuestion } from './rdp-port.ts';

export const listenerPortMoved = defineCheck({
  id: 'listener-port-moved',
  questions: { port: portQuestion, ...firewallQuestions },
  symptom: elsewhere,
  judge({ port: portAnswer, ...answers }, { machine: { build } }) {
    if (portAnswer.state === 'unknown') return healthyIfSeen(portAnswer);
    const port = listenerPort(portAnswer);
    if (port === undefined) return notAPort(portAnswer);
    if (port === defaultRdpPort) return healthy;
    const firewall = readFirewall(answers, port, build);
    if ('unseen' in firewall) return { verdict: 'unknown', unseen: firewall.unseen };
    const refusing = firewall.profiles.filter((state) => !state.admits);
    if (refusing.length === 0) return healthy;
    const { consent, changes } = firewallRemedy({ firewall, refusing, port, build });
    const evidence = [
      valueEvidence(portAnswer, text('listener-port-moved.expected')),
      ...refusalEvidence(refusing, answers.firewall, port),
    ];
    const summary = text('listener-port-moved.remedy', { port });
    if (refusing.length === firewall.profiles.length) {
      return fault({
        certainty: 'proven',
        title: text('listener-port-moved.title', { port }),
        explanation: text('listener-port-moved.explanation', { port }),
        evidence,
        remedy: { consent, changes, summary },
      });
    }
    const profiles = refusing.map(({ profile }) => profile).join(', ');
    return risk({
      certainty: 'proven',
      title: text('listener-port-moved.some-title', { port, profiles }),
      explanation: text('listener-port-moved.some-explanation', { port, profiles }),
      evidence,
      remedy: { consent: 'ask', changes, summary },
    });
  },
});

function notAPort(answer: Answer<RegistryValue>): Judgement {
  return fault({
    certainty: 'proven',
    title: text('listener-port-moved.invalid-title'),
    explanation: text('listener-port-moved.invalid-explanation'),
    evidence: [valueEvidence(answer, text('listener-port-moved.expected-port'))],
    remedy: {
      consent: 'none',
      changes: [setDword(listenerKey, 'PortNumber', defaultRdpPort)],
      summary: text('listener-port-moved.invalid-remedy'),
    },
  });
}
