import type { Answer } from '../../model/answer.ts';
import { defineCheck } from '../../model/check.ts';
import type { Evidence } from '../../model/finding.ts';
import { registryKey } from '../../model/question.ts';
import { dword, findValue, type RegistryKey, stringOf } from '../../model/registry.ts';
import { type Text, text } from '../../text/index.ts';
import { evidenceOf, fault, healthy, healthyIfSeen, risk } from '../judgement.ts';
import { firewallQuestions, type ProfileState, readFirewall } from './firewall.ts';
import { firewallRemedy } from './firewall-remedy.ts';
import { defaultRdpPort, listenerPort, portQuestion } from './rdp-port.ts';

export const firewallBlocksRdp = defineCheck({
  id: 'firewall-blocks-rdp',
  questions: {
    port: portQuestion,
    ...firewallQuestions,
    networks: registryKey('SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\NetworkList\\Profiles', 1),
  },
  judge({ port, networks, ...firewallAnswers }) {
    if (port.state === 'unknown') return healthyIfSeen(port);
    // A listener elsewhere is listener-port-moved's to judge, rules and all.
    if (listenerPort(port) !== defaultRdpPort) return healthy;
    const firewall = readFirewall(firewallAnswers, defaultRdpPort);
    if ('unseen' in firewall) return { verdict: 'unknown', unseen: firewall.unseen };
    const refusing = firewall.profiles.filter(({ admits }) => !admits);
    if (refusing.length === 0) return healthy;
    const remedy = firewallRemedy(firewall, refusing, defaultRdpPort);
    const evidence = refusing.flatMap(profileEvidence);
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
      evidence: [...evidence, ...networkEvidence(networks, refusing)],
      remedy: { ...remedy, consent: 'ask' },
    });
  },
});

function profileEvidence({ because, blockedBy, key }: ProfileState): Evidence[] {
  if (because === 'block-rule') {
    return blockedBy.map(({ rule, key: rulesKey, byPolicy }) => ({
      ...evidenceOf(
        inMachine(`${rulesKey}\\${rule.name}`),
        rule.text,
        text('firewall-blocks-rdp.expected-no-block'),
      ),
      byPolicy,
    }));
  }
  const expected = text('firewall-blocks-rdp.expected-rule', { port: defaultRdpPort });
  return [evidenceOf(inMachine(key), sawRefusal(because), expected)];
}

function sawRefusal(because: ProfileState['because']): Text {
  if (because === 'no-exceptions') return text('firewall-blocks-rdp.saw-no-exceptions');
  if (because === 'merge-off') return text('firewall-blocks-rdp.saw-merge-off');
  return text('firewall-blocks-rdp.saw-no-rule');
}

function inMachine(key: string): string {
  return `HKLM\\${key}`;
}

/** `Category` of a network that the machine has been on. */
const categories = ['public', 'private', 'domain'] as const;

/** Networks of the machine that Windows counts to a profile that refuses: the best hint that a disk has. */
function networkEvidence(networks: Answer<RegistryKey>, refusing: readonly ProfileState[]): Evidence[] {
  if (networks.state !== 'known') return [];
  return networks.value.keys.flatMap((network) => {
    const category = categories[dword(findValue(network, 'Category')) ?? -1];
    if (!refusing.some(({ profile }) => profile === category) || category === undefined) return [];
    const name = stringOf(findValue(network, 'ProfileName')) ?? network.name;
    const where = `${networks.where}\\${network.name} (${name})`;
    const saw = text('firewall-blocks-rdp.saw-network', { profile: category });
    return [evidenceOf(where, saw, text('firewall-blocks-rdp.expected-rule', { port: defaultRdpPort }))];
  });
}
