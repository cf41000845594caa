import { deleteValue, setValue } from '../../../lab/machine/index.ts';
import { describeCheck } from '../../../lab/world/check-tester.ts';
import { certificateStoreRedirected } from './certificate-store-redirected.ts';

const winStations = 'ControlSet001\\Control\\Terminal Server\\WinStations';

describeCheck(certificateStoreRedirected, {
  troubles: [
    {
      name: 'it is My',
      verdict: 'fault',
      certainty: 'likely',
      plant: ({ system }) => setValue(system, winStations, 'SelfSignedCertStore', 'My'),
    },
  ],
  healthy: [
    {
      name: 'not set',
      alter({ system }) {
        setValue(system, winStations, 'SelfSignedCertStore', 'x');
        deleteValue(system, winStations, 'SelfSignedCertStore');
      },
    },
  ],
  blind: [{ name: 'no SYSTEM hive', blind: { hives: ['SYSTEM'] } }],
});
