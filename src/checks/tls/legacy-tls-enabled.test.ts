import { setValue } from '../../../lab/machine/index.ts';
import { describeCheck } from '../../../lab/world/check-tester.ts';
import { legacyTlsEnabled } from './legacy-tls-enabled.ts';

/** One of each kind is enough where Windows' families do not differ. */
const some = ['2008R2', '2012R2', '2022'] as const;
const protocols = 'ControlSet001\\Control\\SecurityProviders\\SCHANNEL\\Protocols';

describeCheck(legacyTlsEnabled, {
  troubles: [
    {
      name: "the article's repair left 1.0, 1.1 and 1.2 on",
      verdict: 'risk',
      plant({ system }) {
        for (const version of ['TLS 1.0', 'TLS 1.1', 'TLS 1.2']) {
          setValue(system, `${protocols}\\${version}\\Server`, 'Enabled', 1);
        }
      },
    },
    {
      name: 'Enabled = 0xffffffff and DisabledByDefault = 0 for 1.1',
      verdict: 'risk',
      plant({ system }) {
        setValue(system, `${protocols}\\TLS 1.1\\Server`, 'Enabled', 0xffffffff);
        setValue(system, `${protocols}\\TLS 1.1\\Server`, 'DisabledByDefault', 0);
      },
    },
    {
      name: 'DisabledByDefault = 0 alone',
      verdict: 'risk',
      plant: ({ system }) => setValue(system, `${protocols}\\TLS 1.0\\Server`, 'DisabledByDefault', 0),
    },
    {
      name: '1.1 is all that serves on Windows 7: 1.2 has to take its place',
      verdict: 'risk',
      families: ['7', '2008R2'],
      plant({ system }) {
        setValue(system, `${protocols}\\TLS 1.0\\Server`, 'Enabled', 0);
        setValue(system, `${protocols}\\TLS 1.1\\Server`, 'Enabled', 1);
        setValue(system, `${protocols}\\TLS 1.1\\Server`, 'DisabledByDefault', 0);
      },
    },
  ],
  healthy: [
    { name: 'what Windows ships', families: some, alter: () => undefined },
    {
      name: 'both are off',
      families: ['8.1', '2012R2', '10', '2016', '2019', '2022', '11', '2025'],
      alter({ system }) {
        for (const version of ['TLS 1.0', 'TLS 1.1']) {
          setValue(system, `${protocols}\\${version}\\Server`, 'Enabled', 0);
          setValue(system, `${protocols}\\${version}\\Server`, 'DisabledByDefault', 0);
        }
      },
    },
    {
      name: 'Enabled, but off by default',
      alter({ system }) {
        setValue(system, `${protocols}\\TLS 1.1\\Server`, 'Enabled', 1);
        setValue(system, `${protocols}\\TLS 1.1\\Server`, 'DisabledByDefault', 1);
      },
    },
    {
      name: 'only the client side is on',
      families: some,
      alter: ({ system }) => setValue(system, `${protocols}\\TLS 1.0\\Client`, 'Enabled', 1),
    },
    {
      name: 'a text instead of a number',
      families: some,
      alter: ({ system }) => setValue(system, `${protocols}\\TLS 1.0\\Server`, 'Enabled', '1'),
    },
  ],
  blind: [
    { name: 'no SYSTEM hive', blind: { hives: ['SYSTEM'] } },
    {
      name: 'the build is not known, and Windows 7 keeps 1.1 back',
      blind: { hives: ['SOFTWARE'] },
      alter: ({ system }) => setValue(system, `${protocols}\\TLS 1.1\\Server`, 'Enabled', 1),
    },
  ],
});
