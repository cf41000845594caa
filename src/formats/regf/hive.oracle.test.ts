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

/**
 * hivex's own view of a hive, through the library that hivexregedit stands on: the same answers, exact to
 * the byte and several times as fast as its export. It knows nothing of logs and of dirty hives. A line is
 * a key (depth, name) or one of its values (name, type, data), names and data in hex, in the hive's order.
 */
const hivexScript = `
use strict;
use Win::Hivex;
my $hive = Win::Hivex->open($ARGV[0]);
sub text { my ($text) = @_; utf8::encode($text); return unpack('H*', $text); }
sub walk {
  my ($node, $depth) = @_;
  printf "%u %s\\n", $depth, text($hive->node_name($node));
  for my $value ($hive->node_values($node)) {
    my ($type, $data) = $hive->value_value($value);
    printf "= %s %u %s\\n", text($hive->value_key($value)), $type, unpack('H*', $data);
  }
  walk($_, $depth + 1) for $hive->node_children($node);
}
walk($hive->root(), 0);
`;

function listByHivex(hive: Uint8Array): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'rdpmend-regf-'));
  try {
    const file = path.join(folder, 'hive');
    writeFileSync(file, hive);
    return runOracle('perl', ['-e', hivexScript, file]).toString('latin1');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function listHere(root: Key): string {
  const text = (name: string) => Buffer.from(name).toString('hex');
  const lines: string[] = [];
  const walk = (key: Key, depth: number): void => {
    lines.push(`${depth} ${text(key.name)}`);
    for (const value of key.values()) {
      lines.push(`= ${text(value.name)} ${value.type} ${value.data().toString('hex')}`);
    }
    for (const subkey of key.subkeys()) walk(subkey, depth + 1);
  };
  walk(root, 0);
  return `${lines.join('\n')}\n`;
}

/** Expects two listings of so many lines to be alike; where they are not, shows the first line that differs. */
function expectSame(ours: string, theirs: string, lines: number): void {
  if (ours !== theirs) {
    const their = theirs.split('\n');
    const at = ours.split('\n').findIndex((line, i) => line !== their[i]);
    expect([at, ours.split('\n')[at]]).toEqual([at, their[at]]);
  }
  expect(ours === theirs).toBe(true);
  expect(ours.split('\n')).toHaveLength(lines + 1);
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
