import { describe, expect, it } from 'vitest';
import { corpusFile, describeWithCorpus } from '../../../lab/corpus.ts';
import { bufferDevice } from '../../formats/device.ts';
import { decodeStrings, openHive } from '../../formats/regf/index.ts';
import { absent, known } from '../../model/answer.ts';
import { allFamilies, cipherSuites, readSuiteName } from './cipher-suites.ts';
import type { KeyType } from './listener-key.ts';
import { judgeSuiteList, suiteNamesIn } from './suite-list.ts';
import { suiteSupports } from './suite-support.ts';

const builds = { 7: 7601, 8: 9200, 8.1: 9600, 10: 14393, 2019: 17763, 2022: 20348, 2025: 26100 } as const;
const unregistered = absent('HKLM\\SYSTEM\\provider');

function judge(list: string, build: number | undefined, keys: readonly KeyType[] = ['rsa']) {
  return judgeSuiteList(
    suiteNamesIn({ type: 'REG_SZ', data: list }) ?? [],
    suiteSupports(unregistered, build),
    keys,
  );
}

describe('a list of cipher suites', () => {
  it.each([
    ['TLS_RSA_WITH_AES_128_CBC_SHA', 7601],
    ['TLS_RSA_WITH_AES_128_CBC_SHA', 26100],
    ['tls_ecdhe_rsa_with_aes_128_cbc_sha256_p256', 9600],
    ['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256_P256', 14393],
    ['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', 20348],
    ['NONSENSE,,  TLS_RSA_WITH_AES_256_GCM_SHA384 ,', 9200],
    ['TLS_DHE_RSA_WITH_AES_128_CBC_SHA', 9600],
  ])('is usable: %s on %d', (list, build) => {
    expect(judge(list, build)).toEqual({ state: 'usable' });
  });

  it.each([
    ['', 20348, 'empty', 'likely'],
    [' , ,', 20348, 'empty', 'likely'],
    ['TLS_NO_SUCH_SUITE', 20348, 'unusable', 'proven'],
    [
      'TLS_RSA_WITH_3DES_EDE_CBC_SHA,TLS_RSA_WITH_RC4_128_SHA,TLS_RSA_WITH_NULL_SHA256',
      14393,
      'unusable',
      'proven',
    ],
    ['TLS_PSK_WITH_AES_256_GCM_SHA384,TLS_DHE_DSS_WITH_AES_256_CBC_SHA', 14393, 'unusable', 'proven'],
    [
      'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
      9600,
      'unusable',
      'proven',
    ],
    ['TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256', 9600, 'unusable', 'likely'],
    ['TLS_DHE_RSA_WITH_AES_128_CBC_SHA', 9200, 'unusable', 'proven'],
    ['TLS_AES_256_GCM_SHA384,TLS_AES_128_GCM_SHA256', 20348, 'only-tls-1.3', 'proven'],
    ['TLS_AES_256_GCM_SHA384,TLS_AES_128_GCM_SHA256', 17763, 'unusable', 'proven'],
    ['TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384', 20348, 'wrong-key', 'proven'],
    ['TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384_P384', 9600, 'wrong-key', 'proven'],
  ] as const)('is not: %j on %d, %s', (list, build, fault, certainty) => {
    expect(judge(list, build)).toEqual({ state: 'unusable', fault, certainty });
  });

  it('goes by the key of the certificate', () => {
    expect(judge('TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384', 20348, ['ec'])).toEqual({ state: 'usable' });
    expect(judge('TLS_RSA_WITH_AES_128_GCM_SHA256', 20348, ['ec'])).toMatchObject({ fault: 'wrong-key' });
  });

  it('says that it depends, and only where it does', () => {
    expect(judge('TLS_RSA_WITH_AES_128_GCM_SHA256', 20348, ['rsa', 'ec'])).toEqual({ state: 'depends' });
    expect(judge('TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', undefined)).toEqual({ state: 'depends' });
    expect(judge('TLS_RSA_WITH_AES_128_GCM_SHA256', undefined)).toEqual({ state: 'usable' });
    expect(judge('TLS_RSA_WITH_RC4_128_SHA', undefined, ['rsa', 'ec'])).toMatchObject({ fault: 'unusable' });
    expect(judge('', undefined, ['rsa', 'ec'])).toMatchObject({ fault: 'empty' });
  });

  it('believes the provider of the machine more than its build', () => {
    const provider = known(
      { type: 'REG_MULTI_SZ', data: ['TLS_RSA_WITH_AES_128_CBC_SHA'] } as const,
      'provider',
    );
    const supports = suiteSupports(provider, 20348);
    expect(judgeSuiteList(['TLS_RSA_WITH_AES_128_GCM_SHA256'], supports, ['rsa'])).toMatchObject({
      fault: 'unusable',
    });
    expect(judgeSuiteList(['TLS_RSA_WITH_AES_128_CBC_SHA'], supports, ['rsa'])).toEqual({ state: 'usable' });
  });

  it('knows no names in other types of values', () => {
    expect(suiteNamesIn({ type: 'REG_DWORD', data: 0 })).toBeUndefined();
    expect(suiteNamesIn({ type: 'REG_MULTI_SZ', data: ['A,B', ' C '] })).toEqual(['A', 'B', 'C']);
  });
});

describe('the table of suites', () => {
  it('names each once, and gives every family something for both kinds of key', () => {
    expect(new Set(cipherSuites.map(({ name }) => name)).size).toBe(cipherSuites.length);
    for (const family of allFamilies) {
      for (const key of ['rsa', 'ec'] as const) {
        const some = cipherSuites.filter(
          ({ families, certificate }) => families.includes(family) && certificate === key,
        );
        expect(some.length).toBeGreaterThan(3);
      }
    }
  });
});

describeWithCorpus('the table of suites against what real providers register', () => {
  const configuration = 'ControlSet001\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002';
  const provider =
    'ControlSet001\\Control\\Cryptography\\Providers\\Microsoft SSL Protocol Provider\\UM\\00010002';
  const refused = /_(RC4|3DES|DES|NULL)_|EXPORT|_PSK_|_DSS_|^SSL_/;

  it.each([
    ['win7.SYSTEM', builds[7], 53, 30],
    ['win8-dirty-without-logs.SYSTEM', builds[8], 57, 38],
    ['win10-dirty.SYSTEM', builds[10], 47, 31],
  ] as const)('%s', (name, build, registeredCount, listedCount) => {
    const hive = openHive(bufferDevice(corpusFile(`hives/${name}`)));
    const functions = (key: string) => {
      const value = hive.find(key)?.value('Functions');
      return (value && decodeStrings(value)) ?? [];
    };
    const [registered, listed] = [functions(provider), functions(configuration)];
    expect([registered.length, listed.length]).toEqual([registeredCount, listedCount]);

    const modern = registered.filter((suite) => !refused.test(suite)).map(readSuiteName);
    expect(modern.filter(({ suite }) => !suite)).toEqual([]);
    const [byBuild] = suiteSupports(unregistered, build);
    // Windows 10 from 1903 on registers the suites of TLS 1.3, and does not speak it.
    const speakable = modern.filter(({ suite }) => !suite?.versions.includes('TLS 1.3'));
    expect(speakable.filter((suite) => byBuild?.(suite) !== 'yes')).toEqual([]);
    expect(registered.filter((suite) => refused.test(suite) && readSuiteName(suite).suite)).toEqual([]);

    const own = suiteSupports(known({ type: 'REG_MULTI_SZ', data: registered }, provider), build);
    for (const key of ['rsa', 'ec'] as const)
      expect(judgeSuiteList(listed, own, [key])).toEqual({ state: 'usable' });
  });
});
