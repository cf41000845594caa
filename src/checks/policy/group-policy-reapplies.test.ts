import { setValue } from '../../../lab/machine/index.ts';
import { describeCheck } from '../../../lab/world/check-tester.ts';
import { groupPolicyReapplies } from './group-policy-reapplies.ts';

const policy = 'Policies\\Microsoft\\Windows NT\\Terminal Services';
const tcpip = 'ControlSet001\\Services\\Tcpip\\Parameters';

describeCheck(groupPolicyReapplies, {
  troubles: [
    {
      name: 'a fault by policy on a machine in a domain',
      verdict: 'risk',
      certainty: 'likely',
      alsoFound: ['listener-value-invalid'],
      plant({ system, software }) {
        setValue(system, tcpip, 'Domain', 'corp.example');
        setValue(software, policy, 'SecurityLayer', 7);
      },
    },
  ],
  healthy: [
    {
      name: 'a domain and no fault',
      alter: ({ system }) => setValue(system, tcpip, 'Domain', 'corp.example'),
    },
    {
      name: 'a fault that no policy sets',
      alter({ system }) {
        setValue(system, tcpip, 'Domain', 'corp.example');
        setValue(system, 'ControlSet001\\Services\\TermService', 'Start', 4);
      },
    },
    {
      name: 'a fault by policy and no domain',
      alter: ({ software }) => setValue(software, policy, 'SecurityLayer', 7),
    },
  ],
  blind: [
    {
      name: 'a fault by policy and no SYSTEM hive to tell the domain',
      blind: { hives: ['SYSTEM'] },
      alter: ({ software }) => setValue(software, policy, 'fDenyTSConnections', 1),
    },
  ],
});
