import { type MachineLiteral, setValue } from '../../../lab/machine/index.ts';
import { describeCheck } from '../../../lab/world/check-tester.ts';
import { listenerPortMoved } from './listener-port-moved.ts';

const listener = 'ControlSet001\\Control\\Terminal Server\\WinStations\\RDP-Tcp';
const firewall = 'ControlSet001\\Services\\SharedAccess\\Parameters\\FirewallPolicy';
const rules = `${firewall}\\FirewallRules`;

describeCheck(listenerPortMoved, {
  troubles: [
    {
      name: 'port 3390 and a rule for some networks',
      verdict: 'risk',
      plant({ system }) {
        setValue(system, listener, 'PortNumber', 3390);
        const rule = 'v2.10|Action=Allow|Active=TRUE|Dir=In|Protocol=6|Profile=Domain|LPort=3390|Name=mine|';
        setValue(system, rules, '{B0A1}', rule);
      },
    },
    {
      name: 'port 3390 and no rule for it',
      verdict: 'fault',
      plant: ({ system }) => setValue(system, listener, 'PortNumber', 3390),
    },
    ...[0, 65536, '3390'].map((value) => ({
      name: `PortNumber is ${JSON.stringify(value)}`,
      verdict: 'fault' as const,
      plant: ({ system }: MachineLiteral) => setValue(system, listener, 'PortNumber', value),
    })),
  ],
  healthy: [
    {
      name: 'a rule with a list and a range admits the port',
      alter({ system }) {
        setValue(system, listener, 'PortNumber', 3390);
        const rule =
          'v2.10|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=443|LPort2_10=3380-3400|Name=mine|';
        setValue(system, rules, '{B0A1}', rule);
      },
    },
    {
      name: 'the firewall is off',
      alter({ system }) {
        setValue(system, listener, 'PortNumber', 3390);
        for (const profile of ['DomainProfile', 'StandardProfile', 'PublicProfile']) {
          setValue(system, `${firewall}\\${profile}`, 'EnableFirewall', 0);
        }
      },
    },
  ],
  blind: [{ name: 'no SYSTEM hive', blind: { hives: ['SYSTEM'] } }],
});
