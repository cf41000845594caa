import { deleteKey, setValue } from '../../../lab/machine/index.ts';
import { describeCheck } from '../../../lab/world/check-tester.ts';
import { listenerMissing } from './listener-missing.ts';

const listener = 'ControlSet001\\Control\\Terminal Server\\WinStations\\RDP-Tcp';

describeCheck(listenerMissing, {
  troubles: [
    {
      name: 'the listener is disabled',
      verdict: 'fault',
      plant: ({ system }) => setValue(system, listener, 'fEnableWinStation', 0),
    },
    {
      name: 'the key is gone',
      verdict: 'fault',
      plant: ({ system }) => deleteKey(system, listener),
    },
  ],
  healthy: [],
  blind: [{ name: 'no SYSTEM hive', blind: { hives: ['SYSTEM'] } }],
});
