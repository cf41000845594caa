import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { corpusFile, describeWithCorpus } from '../../../lab/corpus.ts';
import { describeWithOracle, runOracle } from '../../../lab/oracle.ts';
import { bufferDevice } from '../device.ts';
import { openHive } from './index.ts';
import type { Key } from './key.ts';
import { recoveredFile } from './recovered.fixture.ts';

/** Every key of a hive as one line, every value as another: path, name, type, data in hex; sorted. */
type Listing = readonly string[];

/**
 * hivex's own view of a hive, through the library that hivexregedit stands on: the same answers, exact to
 * the byte and several times as fast as its export. It knows nothing of logs and of dirty hives.
 */
const hivexScript = `
use strict;
use Win::Hivex;
my $hive = Win::Hivex->open($ARGV[0]);
sub text { my ($text) = @_; utf8::encode($text); return unpack('H*', $text); }
sub walk {
  my ($node, $path) = @_;
  print text($path), "\\n";
  for my $value ($hive->node_values($node)) {
    my ($type, $data) = $hive->value_value($value);
    printf "%s %s %u %s\\n", text($path), text($hive->value_key($value)), $type, unpack('H*', $data);
  }
  walk($_, $path . '\\\\' . $hive->node_name($_)) for $hive->node_children($node);
}
walk($hive->root(), '');
`;

function listByHivex(hive: Uint8Array): Listing {
  const folder = mkdtempSync(path.join(tmpdir(), 'rdpmend-regf-'));
  try {
    const file = path.join(folder, 'hive');
    writeFileSync(file, hive);
    const output = runOracle('perl', ['-e', hivexScript, file]).toString('latin1');
    return output.split('\n').slice(0, -1).sort();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function listHere(root: Key): Listing {
  const text = (name: string) => Buffer.from(name).toString('hex');
  const lines: string[] = [];
  const walk = (key: Key, keyPath: string): void => {
    lines.push(text(keyPath));
    for (const value of key.values()) {
      lines.push(`${text(keyPath)} ${text(value.name)} ${value.type} ${value.data().toString('hex')}`);
    }
    for (const subkey of key.subkeys()) walk(subkey, `${keyPath}\\${subkey.name}`);
  };
  walk(root, '');
  return lines.sort();
}

/** Expects two listings to be alike; shows a few lines that only one of them has, made readable. */
function expectSame(ours: Listing, theirs: Listing, lines: number): void {
  const only = (some: Listing, others: Listing) => {
    const known = new Set(others);
    return some
      .filter((line) => !known.has(line))
      .slice(0, 5)
      .map(readable);
  };
  expect({ ours: only(ours, theirs), theirs: only(theirs, ours) }).toEqual({ ours: [], theirs: [] });
  expect([ours.length, theirs.length]).toEqual([lines, lines]);
}

function readable(line: string): string {
  const [keyPath = '', name, type, data] = line.split(' ');
  const text = (hex: string) => Buffer.from(hex, 'hex').toString();
  return name === undefined
    ? text(keyPath)
    : `${text(keyPath)} : ${text(name)} ${type} ${data?.slice(0, 100)}`;
}

describeWithCorpus('real hives', () => {
  describeWithOracle('agree with hivex, key by key and value by value', ['perl', 'hivexregedit'], () => {
    it.each<[string, number, number]>([
      ['hives/win7.SYSTEM', 30_756, 73_456],
      ['hives/win8-dirty-without-logs.SYSTEM', 20_015, 49_779],
      ['hives/win10-dirty.SYSTEM', 33_123, 74_957],
      ['hives/usrclass-dirty.dat', 6205, 12_369],
      ['hives/ntuser-dirty.dat', 2590, 4119],
      ['bcd/uefi.BCD', 132, 103],
      ['bcd/setup-media.BCD', 66, 46],
    ])('%s, without logs', { timeout: 60_000 }, (name, keys, values) => {
      const bytes = corpusFile(name);
      expectSame(listHere(openHive(bufferDevice(bytes)).root), listByHivex(bytes), keys + values);
    });

    it.each<[string, number, number]>([
      ['hives/win10-dirty.SYSTEM', 35_595, 78_901],
      ['hives/usrclass-dirty.dat', 6238, 12_531],
      ['hives/ntuser-dirty.dat', 3105, 4695],
    ])('%s, with its logs, once written out as a clean file', { timeout: 60_000 }, (name, keys, values) => {
      const primary = bufferDevice(corpusFile(name));
      const logs = ['LOG1', 'LOG2'].map((log) => bufferDevice(corpusFile(`${name}.${log}`)));
      const theirs = listByHivex(recoveredFile(primary, logs));
      expectSame(listHere(openHive(primary, logs).root), theirs, keys + values);
    });
  });
});
