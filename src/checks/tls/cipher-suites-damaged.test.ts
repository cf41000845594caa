import { deleteKey, deleteValue, setValue } from '../../../lab/machine/index.ts';
import { describeCheck } from '../../../lab/world/check-tester.ts';
import { cipherSuitesDamaged } from './cipher-suites-damaged.ts';

/** One of each kind is enough where Windows' families do not differ. */
const some = ['2008R2', '2012R2', '2022'] as const;
const key = 'ControlSet001\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002';
const policy = 'Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002';

describeCheck(cipherSuitesDamaged, {
  troubles: [
    {
      name: 'the key is gone',
      verdict: 'fault',
      certainty: 'likely',
      plant: ({ system }) => deleteKey(system, key),
    },
    {
      name: 'the list is gone',
      families: some,
      verdict: 'fault',
      certainty: 'likely',
      plant: ({ system }) => deleteValue(system, key, 'Functions'),
    },
    {
      name: 'the list is empty',
      verdict: 'fault',
      certainty: 'likely',
      plant: ({ system }) => setValue(system, key, 'Functions', []),
    },
    {
      name: 'the list is one text',
      families: some,
      verdict: 'fault',
      certainty: 'likely',
      plant: ({ system }) => setValue(system, key, 'Functions', 'TLS_RSA_WITH_AES_128_CBC_SHA'),
    },
    {
      name: 'nothing in it goes with the certificate',
      verdict: 'fault',
      certainty: 'likely',
      plant: ({ system }) =>
        setValue(system, key, 'Functions', [
          'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA_P256',
          'TLS_RSA_WITH_NULL_SHA',
        ]),
    },
    {
      name: 'a usable policy hides that the list is empty',
      verdict: 'risk',
      certainty: 'likely',
      plant({ system, software }) {
        setValue(system, key, 'Functions', []);
        setValue(software, policy, 'Functions', 'TLS_RSA_WITH_AES_128_GCM_SHA256');
      },
    },
  ],
  healthy: [
    {
      name: 'a list that someone shortened',
      alter: ({ system }) => setValue(system, key, 'Functions', ['TLS_RSA_WITH_AES_128_GCM_SHA256']),
    },
  ],
  blind: [
    { name: 'no SYSTEM hive', blind: { hives: ['SYSTEM'] } },
    {
      name: 'the certificate decides, and cannot be seen',
      blind: { hives: ['SOFTWARE'] },
      alter: ({ system }) => setValue(system, key, 'Functions', ['TLS_RSA_WITH_AES_128_GCM_SHA256']),
    },
  ],
});
