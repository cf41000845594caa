import type { ValueLiteral } from '../../../lab/hive/literal.ts';
import { type MachineLiteral, setValue } from '../../../lab/machine/index.ts';
import { describeCheck } from '../../../lab/world/check-tester.ts';
import { replaceListenerCertificate } from './certificate.fixture.ts';
import { cipherSuitePolicyUnusable } from './cipher-suite-policy-unusable.ts';

const terminalServices = 'Policies\\Microsoft\\Windows NT\\Terminal Services';
const listener = 'ControlSet001\\Control\\Terminal Server\\WinStations\\RDP-Tcp';
const key = 'Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002';
/** One of each kind is enough where Windows' families do not differ. */
const some = ['2008R2', '2012R2', '2022'] as const;
const from10 = ['10', '2016', '2019', '2022', '11', '2025'] as const;

function setPolicy({ software }: MachineLiteral, list: ValueLiteral): void {
  setValue(software, key, 'Functions', list);
}

describeCheck(cipherSuitePolicyUnusable, {
  troubles: [
    {
      name: 'an empty text',
      families: some,
      verdict: 'fault',
      certainty: 'likely',
      plant: (machine) => setPolicy(machine, ''),
    },
    {
      name: 'an empty list',
      families: some,
      verdict: 'fault',
      certainty: 'likely',
      plant: (machine) => setPolicy(machine, []),
    },
    {
      name: 'a number',
      families: some,
      verdict: 'fault',
      certainty: 'possible',
      plant: (machine) => setPolicy(machine, 1),
    },
    {
      name: 'only suites that current clients refuse',
      verdict: 'fault',
      plant: (machine) =>
        setPolicy(machine, 'TLS_RSA_WITH_3DES_EDE_CBC_SHA,TLS_RSA_WITH_RC4_128_SHA,TLS_RSA_WITH_NULL_SHA'),
    },
    {
      name: 'a list for Windows 10 on an older Windows',
      verdict: 'fault',
      families: ['7', '2008R2', '8.1', '2012R2'],
      plant: (machine) =>
        setPolicy(machine, 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'),
    },
    {
      name: 'names without curves on a Windows that wants them',
      verdict: 'fault',
      certainty: 'likely',
      families: ['7', '2008R2', '8.1', '2012R2'],
      plant: (machine) => setPolicy(machine, 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384'),
    },
    {
      name: 'TLS 1.3 alone',
      verdict: 'fault',
      plant: (machine) => setPolicy(machine, 'TLS_AES_256_GCM_SHA384,TLS_AES_128_GCM_SHA256'),
    },
    {
      name: 'ECDSA alone, with an RSA certificate',
      verdict: 'fault',
      plant: (machine) =>
        setPolicy(
          machine,
          'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384_P384,TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256_P256',
        ),
    },
    {
      name: 'RSA alone, with a certificate on a curve',
      verdict: 'fault',
      plant(machine) {
        replaceListenerCertificate(machine, 'ec256');
        setPolicy(machine, 'TLS_RSA_WITH_AES_256_GCM_SHA384,TLS_RSA_WITH_AES_128_CBC_SHA');
      },
    },
  ],
  healthy: [
    {
      name: 'a list like that of Azure images',
      families: from10,
      alter: (machine) =>
        setPolicy(
          machine,
          'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
        ),
    },
    {
      name: 'one list for every Windows, with curves',
      alter: (machine) =>
        setPolicy(machine, 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384_P256,TLS_RSA_WITH_RC4_128_SHA'),
    },
    {
      name: 'one usable suite among others, as a list of texts',
      alter: (machine) => setPolicy(machine, ['TLS_NO_SUCH_SUITE', ' tls_rsa_with_aes_128_gcm_sha256 ']),
    },
    {
      name: 'ECDSA alone, with a certificate on a curve',
      alter(machine) {
        replaceListenerCertificate(machine, 'ec256');
        setPolicy(machine, 'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA_P384');
      },
    },
  ],
  blind: [
    { name: 'no SOFTWARE hive', blind: { hives: ['SOFTWARE'] } },
    {
      name: 'the certificate comes from a template, and its key decides',
      blind: {},
      alter(machine) {
        setPolicy(machine, 'TLS_RSA_WITH_AES_128_GCM_SHA256');
        setValue(machine.software, terminalServices, 'CertTemplateName', 'RemoteDesktopComputer');
      },
    },
    {
      name: 'the pinned certificate is nowhere, and its key decides',
      blind: {},
      alter(machine) {
        setPolicy(machine, 'TLS_RSA_WITH_AES_128_GCM_SHA256');
        setValue(machine.system, listener, 'SSLCertificateSHA1Hash', Buffer.alloc(20, 7));
      },
    },
  ],
});
