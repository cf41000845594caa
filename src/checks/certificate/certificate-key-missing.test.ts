import { deleteKey, machineKeysFolder } from '../../../lab/machine/index.ts';
import { listenerKeyFile, replaceSelfSigned } from '../../../lab/world/certificates.ts';
import { describeCheck } from '../../../lab/world/check-tester.ts';
import { certificateKeyMissing } from './certificate-key-missing.ts';

const currentCertificate = {
  subject: 'LAB',
  notBefore: new Date('2026-05-01'),
  notAfter: new Date('2026-11-01'),
};

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
      name: 'no certificate yet, and no key',
      alter(machine) {
        machine.files = [];
        deleteKey(machine.software, 'Microsoft\\SystemCertificates\\Remote Desktop\\Certificates');
      },
    },
    {
      name: 'a CNG key is no file of MachineKeys',
      alter(machine) {
        machine.files = [];
        replaceSelfSigned(machine, currentCertificate, {
          container: 'tp-listener',
          provider: 'Microsoft Software Key Storage Provider',
          type: 0,
          flags: 0x20,
          keySpec: 0,
        });
      },
    },
  ],
  blind: [
    { name: 'no SOFTWARE hive', blind: { hives: ['SOFTWARE'] } },
    { name: 'the keys cannot be read', blind: { files: [machineKeysFolder] } },
  ],
});
