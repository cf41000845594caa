import { setValue } from '../../../lab/machine/index.ts';
import { describeCheck } from '../../../lab/world/check-tester.ts';
import { terminalServerDllReplaced } from './terminal-server-dll-replaced.ts';

const parameters = 'ControlSet001\\Services\\TermService\\Parameters';

describeCheck(terminalServerDllReplaced, {
  troubles: [
    {
      name: 'RDP Wrapper',
      verdict: 'fault',
      certainty: 'likely',
      plant: ({ system }) =>
        setValue(system, parameters, 'ServiceDll', { expand: '%ProgramFiles%\\RDP Wrapper\\rdpwrap.dll' }),
    },
  ],
  healthy: ['%systemroot%\\system32\\TERMSRV.DLL', 'C:\\Windows\\System32\\termsrv.dll'].map((dll) => ({
    name: dll,
    alter: ({ system }) => setValue(system, parameters, 'ServiceDll', { expand: dll }),
  })),
  blind: [{ name: 'no SYSTEM hive', blind: { hives: ['SYSTEM'] } }],
});
