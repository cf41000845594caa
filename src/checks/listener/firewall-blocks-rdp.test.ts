import { findKey, type KeyLiteral } from '../../../lab/hive/literal.ts';
import { deleteValue, setValue } from '../../../lab/machine/index.ts';
import { describeCheck } from '../../../lab/world/check-tester.ts';
import { firewallBlocksRdp } from './firewall-blocks-rdp.ts';

const firewall = 'ControlSet001\\Services\\SharedAccess\\Parameters\\FirewallPolicy';
const rules = `${firewall}\\FirewallRules`;
const policy = 'Policies\\Microsoft\\WindowsFirewall';
const profiles = ['DomainProfile', 'StandardProfile', 'PublicProfile'];

/** Changes Remote Desktop's own rules, or takes them away where nothing comes back. */
function rewriteOwnRules(system: KeyLiteral, rewrite: (rule: string) => string | undefined): void {
  const key = findKey(system, rules);
  for (const [name, rule] of Object.entries(key?.values ?? {})) {
    if (!name.startsWith('RemoteDesktop-') || typeof rule !== 'string') continue;
    const rewritten = rewrite(rule);
    if (rewritten === undefined) deleteValue(system, rules, name);
    else setValue(system, rules, name, rewritten);
  }
}

describeCheck(firewallBlocksRdp, {
  troubles: [
    {
      name: 'its own rules are off',
      verdict: 'fault',
      plant: ({ system }) => rewriteOwnRules(system, (rule) => rule.replace('Active=TRUE', 'Active=FALSE')),
    },
    {
      name: 'its own rules are gone',
      verdict: 'fault',
      plant: ({ system }) => rewriteOwnRules(system, () => undefined),
    },
    {
      name: 'a rule blocks the port',
      verdict: 'fault',
      plant: ({ system }) =>
        setValue(system, rules, 'Block', 'v2.10|Action=Block|Active=TRUE|Dir=In|Protocol=6|LPort=3389|'),
    },
    {
      name: 'a policy rule blocks the port',
      verdict: 'fault',
      plant: ({ software }) =>
        setValue(
          software,
          `${policy}\\FirewallRules`,
          'Block',
          'v2.10|Action=Block|Active=TRUE|Dir=In|Protocol=6|LPort=3389|',
        ),
    },
    {
      name: 'exceptions are forbidden everywhere',
      verdict: 'fault',
      plant({ system }) {
        for (const profile of profiles)
          setValue(system, `${firewall}\\${profile}`, 'DoNotAllowExceptions', 1);
      },
    },
    {
      name: 'policy shuts out the local rules',
      verdict: 'fault',
      plant({ software }) {
        for (const profile of profiles)
          setValue(software, `${policy}\\${profile}`, 'AllowLocalPolicyMerge', 0);
      },
    },
    {
      name: 'the rules leave public networks out',
      verdict: 'risk',
      plant: ({ system }) =>
        rewriteOwnRules(system, (rule) =>
          rule.replaceAll(/\|Profile=\w+/g, '').replace('|LPort=', '|Profile=Domain|Profile=Private|LPort='),
        ),
    },
  ],
  healthy: [
    {
      name: 'a rule for a range of ports admits it',
      alter({ system }) {
        rewriteOwnRules(system, () => undefined);
        setValue(
          system,
          rules,
          'Mine',
          'v2.10|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort2_10=3000-4000|',
        );
      },
    },
    {
      name: 'a policy rule admits it',
      alter({ system, software }) {
        rewriteOwnRules(system, () => undefined);
        const rule = 'v2.10|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=3389|';
        setValue(software, `${policy}\\FirewallRules`, 'Allow', rule);
      },
    },
    {
      name: 'what is blocked is another program, another port, outbound, or off',
      alter({ system }) {
        for (const [name, rule] of Object.entries({
          program: 'v2.10|Action=Block|Active=TRUE|Dir=In|Protocol=6|LPort=3389|App=C:\\game.exe|',
          port: 'v2.10|Action=Block|Active=TRUE|Dir=In|Protocol=6|LPort=3390|',
          out: 'v2.10|Action=Block|Active=TRUE|Dir=Out|Protocol=6|LPort=3389|',
          off: 'v2.10|Action=Block|Active=FALSE|Dir=In|Protocol=6|LPort=3389|',
          some: 'v2.10|Action=Block|Active=TRUE|Dir=In|Protocol=6|LPort=3389|RA4=203.0.113.7|',
        })) {
          setValue(system, rules, name, rule);
        }
      },
    },
    {
      name: 'the firewall is off everywhere',
      alter({ system }) {
        rewriteOwnRules(system, () => undefined);
        for (const profile of profiles) setValue(system, `${firewall}\\${profile}`, 'EnableFirewall', 0);
      },
    },
  ],
  blind: [{ name: 'no SYSTEM hive', blind: { hives: ['SYSTEM'] } }],
});
