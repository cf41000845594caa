import type { Answer } from '../../model/answer.ts';
import type { Evidence } from '../../model/finding.ts';
import { dword, findValue, type RegistryKey, stringOf } from '../../model/registry.ts';
import { text } from '../../text/index.ts';
import { evidenceOf } from '../judgement.ts';
import { firewallPolicyKey, type RefusingProfile } from './firewall.ts';

/** Where each profile's refusal stands in the registry. `firewall` is where the machine's own settings were read. */
export function refusalEvidence(
  refusing: readonly RefusingProfile[],
  firewall: Answer<RegistryKey>,
  port: number,
): Evidence[] {
  // The key as it was read: a disk at rest has no CurrentControlSet.
  const place = (key: string) =>
    key.startsWith(firewallPolicyKey) ? firewall.where + key.slice(firewallPolicyKey.length) : `HKLM\\${key}`;
  const evidence = refusing.flatMap((state) => profileEvidence(state, place, port));
  return evidence.filter(
    ({ where }, index) => evidence.findIndex((other) => other.where === where) === index,
  );
}

function profileEvidence(state: RefusingProfile, place: (key: string) => string, port: number): Evidence[] {
  switch (state.because) {
    case 'block-rule':
      return state.blockedBy.map(({ rule, key, byPolicy }) => {
        const where = `${place(key)}\\${rule.name}`;
        return { ...evidenceOf(where, rule.text, text('firewall-blocks-rdp.expected-no-block')), byPolicy };
      });
    case 'no-rule': {
      const expected = text('firewall-blocks-rdp.expected-rule', { port });
      return [evidenceOf(place(state.key), text('firewall-blocks-rdp.saw-no-rule'), expected)];
    }
    case 'no-exceptions':
    case 'merge-off': {
      const { key, name, value, byPolicy } = state.setting;
      const expected = text('expected.absent-or', { value: state.because === 'merge-off' ? '1' : '0' });
      return [{ ...evidenceOf(`${place(key)}\\${name}`, String(value), expected), byPolicy }];
    }
  }
}

/** `Category` of a network that the machine has been on. */
const categories = ['public', 'private', 'domain'] as const;

/** Networks of the machine that Windows counts to a profile that refuses: the best hint that a disk has. */
export function networkEvidence(
  networks: Answer<RegistryKey>,
  refusing: readonly RefusingProfile[],
  port: number,
): Evidence[] {
  if (networks.state !== 'known') return [];
  return networks.value.keys.flatMap((network) => {
    const category = categories[dword(findValue(network, 'Category')) ?? -1];
    if (category === undefined || !refusing.some(({ profile }) => profile === category)) return [];
    const name = stringOf(findValue(network, 'ProfileName')) ?? network.name;
    const where = `${networks.where}\\${network.name} (${name})`;
    const saw = text('firewall-blocks-rdp.saw-network', { profile: category });
    return [evidenceOf(where, saw, text('firewall-blocks-rdp.expected-rule', { port }))];
  });
}
