import { type MachineLiteral, setValue } from '../../../lab/machine/index.ts';
import { describeCheck } from '../../../lab/world/check-tester.ts';
import { noTlsVersionEnabled } from './no-tls-version-enabled.ts';

const protocols = 'ControlSet001\\Control\\SecurityProviders\\SCHANNEL\\Protocols';
const versions = ['TLS 1.0', 'TLS 1.1', 'TLS 1.2', 'TLS 1.3'];

function turnOff(
  { system }: MachineLiteral,
  name: string,
  data: number,
  which: readonly string[] = versions,
) {
  for (const version of which) setValue(system, `${protocols}\\${version}\\Server`, name, data);
}

describeCheck(noTlsVersionEnabled, {
  troubles: [
    {
      name: 'every version has Enabled = 0',
      verdict: 'fault',
      plant: (machine) => turnOff(machine, 'Enabled', 0),
    },
    {
      name: 'Enabled = 0 wins over DisabledByDefault = 0',
      verdict: 'fault',
      plant(machine) {
        turnOff(machine, 'Enabled', 0);
        turnOff(machine, 'DisabledByDefault', 0);
      },
    },
    {
      name: '1.0 and 1.1 are off by default, the others refused',
      verdict: 'fault',
      plant(machine) {
        turnOff(machine, 'DisabledByDefault', 1, ['TLS 1.0', 'TLS 1.1']);
        turnOff(machine, 'Enabled', 0, ['TLS 1.2', 'TLS 1.3']);
      },
    },
    {
      name: '1.0 is off, and Windows 7 offers nothing else unasked',
      verdict: 'fault',
      families: ['7', '2008R2'],
      plant: (machine) => turnOff(machine, 'Enabled', 0, ['TLS 1.0']),
    },
  ],
  healthy: [
    {
      name: '1.3 alone is left: that is about 1.2',
      families: ['2022', '11', '2025'],
      alter: (machine) => turnOff(machine, 'Enabled', 0, ['TLS 1.0', 'TLS 1.1', 'TLS 1.2']),
    },
    {
      name: '1.0 and 1.1 are off',
      families: ['8.1', '2012R2', '10', '2016', '2019', '2022', '11', '2025'],
      alter: (machine) => turnOff(machine, 'Enabled', 0, ['TLS 1.0', 'TLS 1.1']),
    },
    {
      name: '1.2 is turned on and 1.0 off on Windows 7',
      families: ['7', '2008R2'],
      alter(machine) {
        turnOff(machine, 'Enabled', 0, ['TLS 1.0']);
        setValue(machine.system, `${protocols}\\TLS 1.2\\Server`, 'Enabled', 1);
        setValue(machine.system, `${protocols}\\TLS 1.2\\Server`, 'DisabledByDefault', 0);
      },
    },
  ],
  blind: [
    { name: 'no SYSTEM hive', blind: { hives: ['SYSTEM'] } },
    {
      name: 'the build is not known, and it decides whether 1.3 is left',
      blind: { hives: ['SOFTWARE'] },
      alter: (machine) => turnOff(machine, 'Enabled', 0, ['TLS 1.0']),
    },
  ],
});
