import { machineKeysFolder } from '../../../lab/machine/index.ts';
import { listenerKeyFile } from '../../../lab/world/certificates.ts';
import { describeCheck } from '../../../lab/world/check-tester.ts';
import { certificateKeyOfAnotherMachine } from './certificate-key-of-another-machine.ts';

describeCheck(certificateKeyOfAnotherMachine, {
  troubles: [
    {
      name: "the only key carries another machine's guid",
      verdict: 'fault',
      plant(machine) {
        const key = listenerKeyFile(machine);
        key.path = key.path.replace(/_.*$/, '_11111111-2222-3333-4444-555555555555');
      },
    },
  ],
  healthy: [
    {
      name: 'the key is there, and a stale one of another machine beside it',
      alter(machine) {
        const key = listenerKeyFile(machine);
        const path = key.path.replace(/_.*$/, '_11111111-2222-3333-4444-555555555555');
        machine.files.push({ ...key, path });
      },
    },
  ],
  blind: [
    { name: 'no SOFTWARE hive', blind: { hives: ['SOFTWARE'] } },
    { name: 'the keys cannot be read', blind: { files: [machineKeysFolder] } },
  ],
});
