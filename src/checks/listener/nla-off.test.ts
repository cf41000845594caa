import { setValue } from '../../../lab/machine/index.ts';
import { describeCheck } from '../../../lab/world/check-tester.ts';
import { nlaOff } from './nla-off.ts';

const listener = 'ControlSet001\\Control\\Terminal Server\\WinStations\\RDP-Tcp';
const policy = 'Policies\\Microsoft\\Windows NT\\Terminal Services';

describeCheck(nlaOff, {
  troubles: [
    {
      name: 'UserAuthentication is 0',
      verdict: 'risk',
      plant: ({ system }) => setValue(system, listener, 'UserAuthentication', 0),
    },
  ],
  healthy: [
    {
      name: 'policy requires it whatever the base value says',
      alter({ system, software }) {
        setValue(system, listener, 'UserAuthentication', 0);
        setValue(software, policy, 'UserAuthentication', 1);
      },
    },
  ],
  blind: [{ name: 'no SOFTWARE hive', blind: { hives: ['SOFTWARE'] } }],
});
