import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { corpusFile, describeWithCorpus } from '../corpus.ts';
import { contentsOf, type HiveContents, readExport } from '../hive/contents.ts';
import { findKey, makeHive } from '../hive/index.ts';
import { describeWithOracle, runOracle } from '../oracle.ts';
import { healthyMachine, type WindowsFamily, windowsFamilies } from './index.ts';

const now = new Date('2026-06-15T12:00:00Z');
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'machine-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function exported(hive: Buffer, key = '\\'): HiveContents {
  const file = path.join(folder, 'hive');
  writeFileSync(file, hive);
  return readExport(runOracle('hivexregedit', ['--export', file, key]));
}

describeWithOracle('hivexregedit accepts the hives', ['hivexregedit'], () => {
  it.each(windowsFamilies)('of %s', (family) => {
    const { system, software } = healthyMachine(family, { now, domain: 'corp.example' });
    expect(exported(makeHive(system))).toEqual(contentsOf(system));
    expect(exported(makeHive(software))).toEqual(contentsOf(software));
  });
});

/** Where a lab machine must be as its real model is, and the values that the model's owner has changed. */
const shipped: readonly (readonly [key: string, except: readonly string[]])[] = [
  ['Control\\Cryptography\\Configuration\\Local\\SSL', []],
  ['Control\\SecurityProviders', []],
  ['Control\\Lsa\\FipsAlgorithmPolicy', []],
  ['Control\\Terminal Server\\WinStations\\RDP-Tcp', ['MinEncryptionLevel', 'UserAuthentication']],
  ['Services\\TermService\\Parameters', []],
  ['Services\\SessionEnv\\Parameters', []],
  ['Services\\UmRdpService\\Parameters', []],
];

const models: readonly (readonly [WindowsFamily, string])[] = [
  ['7', 'hives/win7.SYSTEM'],
  ['8.1', 'hives/win8-dirty-without-logs.SYSTEM'],
  ['10', 'hives/win10-dirty.SYSTEM'],
];

describeWithCorpus('a lab machine is as its real model is', () => {
  describeWithOracle('judged by hivexregedit', ['hivexregedit'], () => {
    it.each(models)('%s', (family, model) => {
      const lab = healthyMachine(family, { now }).system;
      const file = path.join(folder, 'model');
      writeFileSync(file, corpusFile(model));
      for (const [key, except] of shipped) {
        const text = runOracle('hivexregedit', ['--export', file, `ControlSet001\\${key}`]);
        const real = comparable(readExport(text), except);
        const made = comparable(contentsOf(findKey(lab, `ControlSet001\\${key}`) ?? {}), except);
        expect([key, made]).toEqual([key, real]);
      }
    });
  });
});

/** Values by key and upper-cased name, the key's path counted from the first. */
function comparable(contents: HiveContents, except: readonly string[]): Map<string, Map<string, string>> {
  const [start = ''] = contents.keys();
  const keys = [...contents].map(([path, values]) => {
    const kept = [...values].filter(([name]) => !except.includes(name));
    const texts = kept.map(
      ([name, { type, data }]) => [name.toUpperCase(), `${type} ${data.toString('hex')}`] as const,
    );
    return [path.slice(start.length).replace(/^\\/, '').toUpperCase(), new Map(texts.sort())] as const;
  });
  return new Map(keys);
}
