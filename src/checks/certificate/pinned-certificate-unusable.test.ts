import { type KeyProviderLiteral, keyFileName } from '../../../lab/certificate/index.ts';
import { labMachineGuid, machineKeysFolder, setValue } from '../../../lab/machine/index.ts';
import { pin, pinCertificate } from '../../../lab/world/certificates.ts';
import { describeCheck } from '../../../lab/world/check-tester.ts';
import { pinnedCertificateUnusable } from './pinned-certificate-unusable.ts';

const current = {
  subject: 'server.example',
  notBefore: new Date('2026-01-01'),
  notAfter: new Date('2028-01-01'),
};
const ownKey: KeyProviderLiteral = {
  container: 'server-example',
  provider: 'Microsoft Enhanced RSA and AES Cryptographic Provider',
  type: 24,
  flags: 0x20,
};
const keyFile = {
  path: `${machineKeysFolder}\\${keyFileName(ownKey.container, labMachineGuid)}`,
  data: Buffer.alloc(64),
};

describeCheck(pinnedCertificateUnusable, {
  troubles: [
    {
      name: 'the thumbprint is in neither store',
      verdict: 'fault',
      certainty: 'likely',
      plant: (machine) => pin(machine, '00112233445566778899AABBCCDDEEFF00112233'),
    },
    {
      name: 'the value that the article names is in neither store',
      verdict: 'fault',
      certainty: 'possible',
      plant: ({ system }) =>
        setValue(
          system,
          'ControlSet001\\Control\\Terminal Server\\WinStations\\RDP-Tcp',
          'SSLCertificateSHA1HashValue',
          Buffer.alloc(20, 7),
        ),
    },
    {
      name: 'it has expired',
      verdict: 'fault',
      plant: (machine) => pinCertificate(machine, { ...current, notAfter: new Date('2026-02-01') }),
    },
    {
      name: 'it has no key',
      verdict: 'fault',
      plant: (machine) => pinCertificate(machine, current),
    },
    {
      name: 'its key file is gone',
      verdict: 'fault',
      plant: (machine) => pinCertificate(machine, current, ownKey),
    },
    {
      name: 'its key cannot be read',
      verdict: 'fault',
      plant(machine) {
        pinCertificate(machine, current, ownKey);
        machine.files.push({ ...keyFile, sddl: 'O:BAG:SYD:PAI(A;;FA;;;SY)(A;;FA;;;BA)' });
      },
    },
  ],
  healthy: [
    {
      name: 'a sound one with a readable key',
      alter(machine) {
        pinCertificate(machine, current, ownKey);
        machine.files.push({ ...keyFile, sddl: 'O:BAG:SYD:PAI(A;;FA;;;SY)(A;;FA;;;BA)(A;;FR;;;NS)' });
      },
    },
    {
      name: 'a Connection Broker is not judged',
      alter(machine) {
        setValue(machine.system, 'ControlSet001\\Services\\Tssdis', 'Start', 2);
        pin(machine, '00112233445566778899AABBCCDDEEFF00112233');
      },
    },
  ],
  blind: [{ name: 'no SOFTWARE hive', blind: { hives: ['SOFTWARE'] } }],
});
