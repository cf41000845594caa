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
      name: 'its own rules are off, and rules for apps and for the kernel on',
      verdict: 'fault',
      families: ['8.1', '2012R2', '10', '2016', '2019', '2022', '11', '2025'],
      plant({ system }) {
        rewriteOwnRules(system, (rule) => rule.replace('Active=TRUE', 'Active=FALSE'));
        for (const [name, rule] of Object.entries({
          app: 'v2.26|Action=Allow|Active=TRUE|Dir=In|Name=App|LUOwn=S-1-5-21-1-2-3-1001|AppPkgId=S-1-15-2-1|',
          wifi: 'v2.27|Action=Allow|Active=TRUE|Dir=In|Protocol=6|App=System|TTK2_27=WFDDisplay|Name=Wi-Fi Direct|',
          kernel: 'v2.10|Action=Allow|Active=TRUE|Dir=In|Protocol=6|App=System|Name=The kernel|',
        })) {
          setValue(system, rules, name, rule);
        }
      },
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
        for (const profile of ['DomainProfile', 'PrivateProfile', 'PublicProfile']) {
          setValue(software, `${policy}\\${profile}`, 'AllowLocalPolicyMerge', 0);
        }
      },
    },
    {
      name: 'policy shuts out the local rules, on a machine in a domain',
      verdict: 'fault',
      alsoFound: ['group-policy-reapplies'],
      plant({ software, system }) {
        for (const profile of profiles) {
          setValue(software, `${policy}\\${profile}`, 'AllowLocalPolicyMerge', 0);
        }
        setValue(system, 'ControlSet001\\Services\\Tcpip\\Parameters', 'Domain', 'corp.example');
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
          from: 'v2.10|Action=Block|Active=TRUE|Dir=In|Protocol=6|RPort=4444|',
          packaged: 'v2.26|Action=Block|Active=TRUE|Dir=In|LUOwn=S-1-5-21-1-2-3-1001|AppPkgId=S-1-15-2-1|',
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
