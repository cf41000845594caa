import { setValue } from '../../../lab/machine/index.ts';
import { describeCheck } from '../../../lab/world/check-tester.ts';
import { programDataRedirected } from './program-data-redirected.ts';

const profileList = 'Microsoft\\Windows NT\\CurrentVersion\\ProfileList';

describeCheck(programDataRedirected, {
  troubles: [
    {
      name: 'moved to another drive',
      verdict: 'fault',
      certainty: 'likely',
      plant: ({ software }) => setValue(software, profileList, 'ProgramData', { expand: 'D:\\ProgramData' }),
    },
  ],
  healthy: [
    {
      name: 'the same by its letter',
      alter: ({ software }) => setValue(software, profileList, 'ProgramData', 'C:\\ProgramData'),
    },
  ],
  blind: [{ name: 'no SOFTWARE hive', blind: { hives: ['SOFTWARE'] } }],
});
