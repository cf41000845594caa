import { type MachineLiteral, setValue } from '../../../lab/machine/index.ts';
import { describeCheck } from '../../../lab/world/check-tester.ts';
import { algorithmsDisabled } from './algorithms-disabled.ts';

/** One of each kind is enough where Windows' families do not differ. */
const some = ['2008R2', '2012R2', '2022'] as const;
const schannel = 'ControlSet001\\Control\\SecurityProviders\\SCHANNEL';
const from8 = ['8.1', '2012R2', '10', '2016', '2019', '2022', '11', '2025'] as const;

function set({ system }: MachineLiteral, data: number | string, ...algorithms: readonly string[]): void {
  for (const algorithm of algorithms) setValue(system, `${schannel}\\${algorithm}`, 'Enabled', data);
}

const aes = ['Ciphers\\AES 128/128', 'Ciphers\\AES 256/256'];
const sha2 = ['Hashes\\SHA256', 'Hashes\\SHA384'];
const exchanges = ['Diffie-Hellman', 'PKCS', 'ECDH'].map((name) => `KeyExchangeAlgorithms\\${name}`);

describeCheck(algorithmsDisabled, {
  troubles: [
    { name: 'no AES', verdict: 'fault', plant: (machine) => set(machine, 0, ...aes) },
    {
      name: 'AES = 1, which is neither on nor off',
      verdict: 'fault',
      certainty: 'likely',
      plant: (machine) => set(machine, 1, ...aes),
    },
    {
      name: 'AES partly 0 and partly 1',
      families: some,
      verdict: 'fault',
      certainty: 'likely',
      plant(machine) {
        set(machine, 0, 'Ciphers\\AES 128/128');
        set(machine, 1, 'Ciphers\\AES 256/256');
      },
    },
    {
      name: 'no SHA-2 for TLS 1.2',
      verdict: 'fault',
      certainty: 'likely',
      families: from8,
      plant: (machine) => set(machine, 0, ...sha2, 'Hashes\\SHA512'),
    },
    { name: 'no key exchange', verdict: 'fault', plant: (machine) => set(machine, 0, ...exchanges) },
    {
      name: 'nothing at all',
      families: some,
      verdict: 'fault',
      plant: (machine) => set(machine, 0, ...aes, ...sha2, ...exchanges),
    },
  ],
  healthy: [
    { name: 'AES 256 alone', alter: (machine) => set(machine, 0, 'Ciphers\\AES 128/128') },
    { name: 'AES = 0xffffffff', families: some, alter: (machine) => set(machine, 0xffffffff, ...aes) },
    {
      name: 'what is weak is off',
      families: some,
      alter: (machine) =>
        set(machine, 0, 'Ciphers\\RC4 128/128', 'Ciphers\\NULL', 'Hashes\\MD5', 'Hashes\\SHA'),
    },
    {
      name: 'SHA384 alone',
      families: some,
      alter: (machine) => set(machine, 0, 'Hashes\\SHA256', 'Hashes\\SHA512'),
    },
    {
      name: 'no SHA-2 where TLS 1.0 alone serves',
      families: ['7', '2008R2'],
      alter: (machine) => set(machine, 0, ...sha2),
    },
    {
      name: 'no Diffie-Hellman',
      families: some,
      alter: (machine) => set(machine, 0, 'KeyExchangeAlgorithms\\Diffie-Hellman'),
    },
    {
      name: 'hashes and key exchanges = 1',
      families: some,
      alter: (machine) => set(machine, 1, ...sha2, ...exchanges),
    },
    { name: 'texts instead of numbers', families: some, alter: (machine) => set(machine, '0', ...aes) },
  ],
  blind: [
    { name: 'no SYSTEM hive', blind: { hives: ['SYSTEM'] } },
    {
      name: 'the build is not known, and it decides whether SHA-2 matters',
      blind: { hives: ['SOFTWARE'] },
      alter: (machine) => set(machine, 0, ...sha2),
    },
  ],
});
