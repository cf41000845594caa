import { deleteKey, machineKeysFolder } from '../../../lab/machine/index.ts';
import { listenerKeyFile } from '../../../lab/world/certificates.ts';
import { describeCheck } from '../../../lab/world/check-tester.ts';
import { certificateKeyMissing } from './certificate-key-missing.ts';

describeCheck(certificateKeyMissing, {
  troubles: [
    {
      name: 'the key file is gone',
      verdict: 'fault',
      plant(machine) {
        const key = listenerKeyFile(machine);
        machine.files = machine.files.filter((file) => file !== key);
      },
    },
  ],
  healthy: [
    {
      name: 'a CNG key is no file of MachineKeys',
      alter(machine) {
        machine.files = [];
        const store = 'Microsoft\\SystemCertificates\\Remote Desktop\\Certificates';
        deleteKey(machine.software, store);
      },
    },
  ],
  blind: [
    { name: 'no SOFTWARE hive', blind: { hives: ['SOFTWARE'] } },
    { name: 'the keys cannot be read', blind: { files: [machineKeysFolder] } },
  ],
});
