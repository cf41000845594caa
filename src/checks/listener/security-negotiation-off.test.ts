import { deleteValue, setValue } from '../../../lab/machine/index.ts';
import { describeCheck } from '../../../lab/world/check-tester.ts';
import { securityNegotiationOff } from './security-negotiation-off.ts';

const listener = 'ControlSet001\\Control\\Terminal Server\\WinStations\\RDP-Tcp';

describeCheck(securityNegotiationOff, {
  troubles: [
    {
      name: 'fAllowSecProtocolNegotiation is 0',
      verdict: 'fault',
      plant: ({ system }) => setValue(system, listener, 'fAllowSecProtocolNegotiation', 0),
    },
  ],
  healthy: [
    {
      name: 'not set',
      alter: ({ system }) => deleteValue(system, listener, 'fAllowSecProtocolNegotiation'),
    },
  ],
  blind: [{ name: 'no SYSTEM hive', blind: { hives: ['SYSTEM'] } }],
});
