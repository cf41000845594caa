import { setValue } from '../../../lab/machine/index.ts';
import { describeCheck } from '../../../lab/world/check-tester.ts';
import { remoteConnectionsDenied } from './remote-connections-denied.ts';

const terminalServer = 'ControlSet001\\Control\\Terminal Server';
const policy = 'Policies\\Microsoft\\Windows NT\\Terminal Services';

describeCheck(remoteConnectionsDenied, {
  troubles: [
    {
      name: 'the base value denies',
      verdict: 'fault',
      plant: ({ system }) => setValue(system, terminalServer, 'fDenyTSConnections', 1),
    },
    {
      name: 'policy denies what the base value allows',
      verdict: 'fault',
      plant: ({ software }) => setValue(software, policy, 'fDenyTSConnections', 1),
    },
    {
      name: 'policy denies on a machine in a domain',
      verdict: 'fault',
      alsoFound: ['group-policy-reapplies'],
      plant({ system, software }) {
        setValue(software, policy, 'fDenyTSConnections', 1);
        setValue(system, 'ControlSet001\\Services\\Tcpip\\Parameters', 'Domain', 'corp.example');
      },
    },
  ],
  healthy: [
    {
      name: 'policy allows what the base value denies',
      alter({ system, software }) {
        setValue(system, terminalServer, 'fDenyTSConnections', 1);
        setValue(software, policy, 'fDenyTSConnections', 0);
      },
    },
  ],
  blind: [
    { name: 'no SOFTWARE hive', blind: { hives: ['SOFTWARE'] } },
    { name: 'no SYSTEM hive', blind: { hives: ['SYSTEM'] } },
  ],
});
