import { deleteKey, setValue } from '../../../lab/machine/index.ts';
import { pinCertificate, replaceSelfSigned } from '../../../lab/world/certificates.ts';
import { describeCheck } from '../../../lab/world/check-tester.ts';
import { certificateExpired } from './certificate-expired.ts';

describeCheck(certificateExpired, {
  troubles: [
    {
      name: 'it ended while the machine was running',
      verdict: 'fault',
      plant: (machine) =>
        replaceSelfSigned(machine, {
          subject: 'LAB',
          notBefore: new Date('2022-01-01'),
          notAfter: new Date('2022-07-01'),
        }),
    },
    {
      name: 'it ended after the machine last ran',
      verdict: 'fault',
      certainty: 'likely',
      plant: (machine) =>
        replaceSelfSigned(machine, {
          subject: 'LAB',
          notBefore: new Date('2026-01-01'),
          notAfter: new Date('2026-06-15T11:30:00Z'),
        }),
    },
    {
      name: 'it has not begun',
      verdict: 'fault',
      certainty: 'likely',
      plant: (machine) =>
        replaceSelfSigned(machine, {
          subject: 'LAB',
          notBefore: new Date('2030-01-01'),
          notAfter: new Date('2031-01-01'),
        }),
    },
    {
      name: "a Connection Broker's pinned one",
      verdict: 'fault',
      plant(machine) {
        setValue(machine.system, 'ControlSet001\\Services\\Tssdis', 'Start', 2);
        pinCertificate(machine, {
          subject: 'broker.example',
          notBefore: new Date('2020-01-01'),
          notAfter: new Date('2021-01-01'),
        });
      },
    },
  ],
  healthy: [
    {
      name: 'no certificate yet: Windows makes one',
      alter: ({ software }) => deleteKey(software, 'Microsoft\\SystemCertificates\\Remote Desktop'),
    },
  ],
  blind: [{ name: 'no SOFTWARE hive', blind: { hives: ['SOFTWARE'] } }],
});
