import { type MachineLiteral, setValue } from '../../../lab/machine/index.ts';
import { describeCheck } from '../../../lab/world/check-tester.ts';
import { listenerValueInvalid } from './listener-value-invalid.ts';

const listener = 'ControlSet001\\Control\\Terminal Server\\WinStations\\RDP-Tcp';
const policy = 'Policies\\Microsoft\\Windows NT\\Terminal Services';

describeCheck(listenerValueInvalid, {
  troubles: [
    ...[
      { name: 'SecurityLayer', value: 3 },
      { name: 'UserAuthentication', value: 2 },
      { name: 'MinEncryptionLevel', value: 0 },
      { name: 'MinEncryptionLevel', value: 5 },
      { name: 'SecurityLayer', value: '2' },
      { name: 'UserAuthentication', value: Buffer.from([1]) },
    ].map(({ name, value }) => ({
      name: `${name} is ${JSON.stringify(value)}`,
      verdict: 'fault' as const,
      plant: ({ system }: MachineLiteral) => setValue(system, listener, name, value),
    })),
    {
      name: 'a policy value and the base value',
      verdict: 'fault',
      plant({ system, software }) {
        setValue(system, listener, 'SecurityLayer', 7);
        setValue(software, policy, 'SecurityLayer', 9);
      },
    },
  ],
  healthy: [
    {
      name: 'a sound policy over an invalid base value',
      alter({ system, software }) {
        setValue(system, listener, 'SecurityLayer', 7);
        setValue(software, policy, 'SecurityLayer', 2);
      },
    },
    {
      name: 'every level from 1 to 4 is valid',
      alter: ({ system }) => setValue(system, listener, 'MinEncryptionLevel', 4),
    },
  ],
  blind: [{ name: 'no SOFTWARE hive', blind: { hives: ['SOFTWARE'] } }],
});
