import { deleteKey, deleteValue, type MachineLiteral } from '../../../lab/machine/index.ts';
import { describeCheck } from '../../../lab/world/check-tester.ts';
import { schannelDamaged } from './schannel-damaged.ts';

/** One of each kind is enough where Windows' families do not differ. */
const some = ['2008R2', '2012R2', '2022'] as const;
const key = 'ControlSet001\\Control\\SecurityProviders';

describeCheck(schannelDamaged, {
  troubles: [
    {
      name: 'SecurityProviders is gone',
      verdict: 'fault',
      certainty: 'likely',
      plant: ({ system }) => deleteKey(system, key),
    },
    {
      name: 'SCHANNEL is gone',
      verdict: 'fault',
      certainty: 'likely',
      plant: ({ system }) => deleteKey(system, `${key}\\SCHANNEL`),
    },
    ...['Ciphers', 'CipherSuites', 'Hashes', 'KeyExchangeAlgorithms', 'Protocols'].map((part) => ({
      name: `${part} is gone`,
      families: some,
      verdict: 'fault' as const,
      certainty: 'likely' as const,
      plant: ({ system }: MachineLiteral) => deleteKey(system, `${key}\\SCHANNEL\\${part}`),
    })),
  ],
  healthy: [
    {
      name: 'EventLogging is gone',
      alter: ({ system }) => deleteValue(system, `${key}\\SCHANNEL`, 'EventLogging'),
    },
  ],
  blind: [{ name: 'no SYSTEM hive', blind: { hives: ['SYSTEM'] } }],
});
