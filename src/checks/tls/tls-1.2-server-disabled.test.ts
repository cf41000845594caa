import { setValue } from '../../../lab/machine/index.ts';
import { describeCheck } from '../../../lab/world/check-tester.ts';
import { tls12ServerDisabled } from './tls-1.2-server-disabled.ts';

const protocols = 'ControlSet001\\Control\\SecurityProviders\\SCHANNEL\\Protocols';

describeCheck(tls12ServerDisabled, {
  troubles: [
    {
      name: 'Enabled is 0',
      verdict: 'fault',
      plant: ({ system }) => setValue(system, `${protocols}\\TLS 1.2\\Server`, 'Enabled', 0),
    },
    {
      name: 'Enabled is 0, in names of another case',
      verdict: 'fault',
      plant: ({ system }) => setValue(system, `${protocols}\\tls 1.2\\SERVER`, 'ENABLED', 0),
    },
    {
      name: 'DisabledByDefault, and no other version serves',
      verdict: 'fault',
      families: ['7', '2008R2', '8.1', '2012R2', '10', '2016', '2019'],
      plant({ system }) {
        setValue(system, `${protocols}\\TLS 1.2\\Server`, 'DisabledByDefault', 1);
        for (const version of ['TLS 1.0', 'TLS 1.1']) {
          setValue(system, `${protocols}\\${version}\\Server`, 'Enabled', 0);
        }
      },
    },
  ],
  healthy: [
    {
      name: 'any Enabled but 0 is on',
      alter: ({ system }) => setValue(system, `${protocols}\\TLS 1.2\\Server`, 'Enabled', 0xffffffff),
    },
    {
      name: 'only the client side is off',
      alter: ({ system }) => setValue(system, `${protocols}\\TLS 1.2\\Client`, 'Enabled', 0),
    },
    {
      name: 'DisabledByDefault while another version still serves',
      alter: ({ system }) => setValue(system, `${protocols}\\TLS 1.2\\Server`, 'DisabledByDefault', 1),
    },
    {
      name: 'a text instead of a number',
      alter: ({ system }) => setValue(system, `${protocols}\\TLS 1.2\\Server`, 'Enabled', '0'),
    },
  ],
  blind: [{ name: 'no SYSTEM hive', blind: { hives: ['SYSTEM'] } }],
});
