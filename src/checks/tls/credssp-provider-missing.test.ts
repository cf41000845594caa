import { expect, it } from 'vitest';
import { deleteValue, healthyMachine, setValue } from '../../../lab/machine/index.ts';
import { describeCheck, findingsOn, labNow } from '../../../lab/world/check-tester.ts';
import { isTrouble } from '../../model/finding.ts';
import { credsspProviderMissing } from './credssp-provider-missing.ts';

/** One of each kind is enough where Windows' families do not differ. */
const some = ['2008R2', '2012R2', '2022'] as const;
const key = 'ControlSet001\\Control\\SecurityProviders';

describeCheck(credsspProviderMissing, {
  troubles: [
    {
      name: 'the value is gone',
      verdict: 'fault',
      certainty: 'likely',
      plant: ({ system }) => deleteValue(system, key, 'SecurityProviders'),
    },
    {
      name: 'the value is empty',
      families: some,
      verdict: 'fault',
      certainty: 'likely',
      plant: ({ system }) => setValue(system, key, 'SecurityProviders', ''),
    },
    {
      name: 'others are named',
      verdict: 'fault',
      certainty: 'likely',
      plant: ({ system }) => setValue(system, key, 'SecurityProviders', 'schannel.dll, notcredssp.dll,'),
    },
    {
      name: 'a number',
      families: some,
      verdict: 'fault',
      certainty: 'likely',
      plant: ({ system }) => setValue(system, key, 'SecurityProviders', 1),
    },
  ],
  healthy: [
    {
      name: 'among others, in capitals',
      families: some,
      alter: ({ system }) => setValue(system, key, 'SecurityProviders', 'schannel.dll, CREDSSP.DLL'),
    },
    {
      name: 'with a comma alone, and its path',
      families: some,
      alter: ({ system }) =>
        setValue(system, key, 'SecurityProviders', 'a.dll,C:\\Windows\\System32\\credssp.dll,b.dll'),
    },
  ],
  blind: [{ name: 'no SYSTEM hive', blind: { hives: ['SYSTEM'] } }],
});

it('keeps the providers that are named', async () => {
  const machine = healthyMachine('2022', { now: labNow });
  setValue(machine.system, key, 'SecurityProviders', 'C:\\Program Files\\a.dll b.dll, ');
  const trouble = (await findingsOn(machine))
    .filter(isTrouble)
    .find(({ check }) => check === 'credssp-provider-missing');
  expect(trouble?.remedy.changes).toMatchObject([
    {
      name: 'SecurityProviders',
      value: { type: 'REG_SZ', data: 'C:\\Program Files\\a.dll b.dll, credssp.dll' },
    },
  ]);
});
