import { defineCheck } from '../../model/check.ts';
import { registryKey } from '../../model/question.ts';
import { text } from '../../text/index.ts';
import { fault, healthy, healthyIfSeen, risk } from '../judgement.ts';
import { droppedByFirewall } from '../symptoms/unreachable.ts';
import { firewallQuestions, readFirewall } from './firewall.ts';
import { networkEvidence, refusalEvidence } from './firewall-evidence.ts';
import { firewallRemedy } from './firewall-remedy.ts';
import { defaultRdpPort, listenerPort, portQuestion } from './rdp-port.ts';

export const firewallBlocksRdp = defineCheck({
  id: 'firewall-blocks-rdp',
  questions: {
    port: portQuestion,
    ...firewallQuestions,
    networks: registryKey('SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\NetworkList\\Profiles', 1),
  },
  symptom: droppedByFirewall,
  judge({ port: portAnswer, networks, ...answers }, { machine: { build } }) {
    if (portAnswer.state === 'unknown') return healthyIfSeen(portAnswer);
    const port = listenerPort(portAnswer);
    // A listener elsewhere is listener-port-moved's to judge, rules and all.
    if (port !== defaultRdpPort) return healthy;
    const firewall = readFirewall(answers, port, build);
    if ('unseen' in firewall) return { verdict: 'unknown', unseen: firewall.unseen };
    const refusing = firewall.profiles.filter((state) => !state.admits);
    if (refusing.length === 0) return healthy;
    const remedy = firewallRemedy({ firewall, refusing, port, build });
    const evidence = refusalEvidence(refusing, answers.firewall, port);
    if (refusing.length === firewall.profiles.length) {
      return fault({
        certainty: 'proven',
        title: text('firewall-blocks-rdp.title'),
        explanation: text('firewall-blocks-rdp.explanation'),
        evidence,
        remedy,
      });
    }
    const profiles = refusing.map(({ profile }) => profile).join(', ');
    return risk({
      certainty: 'proven',
      title: text('firewall-blocks-rdp.some-title', { profiles }),
      explanation: text('firewall-blocks-rdp.some-explanation', { profiles }),
      evidence: [...evidence, ...networkEvidence(networks, refusing, port)],
      remedy: { ...remedy, consent: 'ask' },
    });
  },
});
