import { setValue } from '../../../lab/machine/index.ts';
import { describeCheck } from '../../../lab/world/check-tester.ts';
import { rdpServiceDisabled } from './rdp-service-disabled.ts';

const services = 'ControlSet001\\Services';

describeCheck(rdpServiceDisabled, {
  troubles: [
    {
      name: 'TermService',
      verdict: 'fault',
      plant: ({ system }) => setValue(system, `${services}\\TermService`, 'Start', 4),
    },
    {
      name: 'SessionEnv',
      verdict: 'fault',
      certainty: 'likely',
      plant: ({ system }) => setValue(system, `${services}\\SessionEnv`, 'Start', 4),
    },
    {
      name: 'UmRdpService',
      verdict: 'fault',
      certainty: 'possible',
      plant: ({ system }) => setValue(system, `${services}\\UmRdpService`, 'Start', 4),
    },
  ],
  healthy: [
    {
      name: 'started with Windows instead of on demand',
      alter: ({ system }) => setValue(system, `${services}\\TermService`, 'Start', 2),
    },
  ],
  blind: [{ name: 'no SYSTEM hive', blind: { hives: ['SYSTEM'] } }],
});
