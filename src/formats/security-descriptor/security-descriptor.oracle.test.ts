import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { corpusAvailable, corpusFile } from '../../../lab/corpus.ts';
import { describeWithOracle, runOracle } from '../../../lab/oracle.ts';
import { type Acl, fromSddl, parseSecurityDescriptor } from './index.ts';
import { sdsEntries } from './sds.fixture.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'descriptors-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What ntfssecaudit says of descriptors, one list of facts each. */
function byNtfssecaudit(descriptors: readonly Buffer[]): string[][] {
  const file = path.join(folder, 'descriptors.txt');
  writeFileSync(file, descriptors.map(dump).join('\n'));
  const output = runOracle('ntfssecaudit', ['-h', file]).toString('latin1');
  return output
    .split(/^! File .*$/m)
    .slice(1)
    .map(factsOf);
}

/** A descriptor in the form in which ntfssecaudit shows, and takes, its bytes. */
function dump(descriptor: Buffer, index: number): string {
  const lines = [`File ${index}`];
  for (let at = 0; at < descriptor.length; at += 16) {
    const words = descriptor.toString('hex', at, at + 16).match(/.{1,8}/g) ?? [];
    lines.push(`        ${at.toString(16).padStart(6, '0')}  ${words.join(' ')}`);
  }
  return `${lines.join('\n')}\n`;
}

function factsOf(text: string): string[] {
  const pattern =
    /^ +(?:[OG]:dec (S-\S+)|(DACL|SACL)$|type +(\d+)|flags +(0x[0-9a-f]+)|Acc rgts (0x[0-9a-f]+)|dec (S-\S+))/gm;
  return [...text.matchAll(pattern)].map(
    (match) => match.slice(1).find((group) => group !== undefined) ?? '',
  );
}

/** The same facts as we read them. */
function ourFacts(bytes: Buffer): string[] {
  const { control, owner = '', group = '', dacl, sacl } = parseSecurityDescriptor(bytes);
  return [hex(control), owner, group, ...aclFacts('DACL', dacl), ...aclFacts('SACL', sacl)];
}

function aclFacts(name: string, acl: Acl | 'null' | 'absent'): string[] {
  if (typeof acl === 'string') return [];
  return [
    name,
    ...acl.aces.flatMap((ace) => {
      const trustee = ace.kind === 'unknown' ? [] : [hex(ace.mask), ace.sid];
      return [String(ace.type), hex(ace.flags), ...trustee];
    }),
  ];
}

function hex(value: number): string {
  return `0x${value.toString(16)}`;
}

/** Only the types whose whole entry ntfssecaudit shows. */
const isPlain = (acl: Acl | 'null' | 'absent') =>
  typeof acl === 'string' || acl.aces.every(({ type }) => [0, 1, 2].includes(type));

describeWithOracle('descriptors under ntfssecaudit', ['ntfssecaudit'], () => {
  it.each([
    'O:SYG:SYD:PAI(A;;0x12019f;;;WD)(A;;FA;;;BA)',
    'O:SYG:S-1-5-21-1-2-3-513D:AI(D;OICIIO;GW;;;BG)(A;ID;FR;;;NS)S:AI(AU;OICISAFA;FA;;;WD)',
  ])('are what SDDL said: %s', (text) => {
    const bytes = fromSddl(text);
    expect(byNtfssecaudit([bytes])).toEqual([ourFacts(bytes)]);
  });

  it.skipIf(!corpusAvailable)(
    'are read alike by the thousand (skipped without a corpus)',
    { timeout: 30_000 },
    () => {
      const plain = [
        ...sdsEntries(corpusFile('sds/win10-a.SDS')),
        ...sdsEntries(corpusFile('sds/win10-b.SDS')),
      ]
        .map(({ descriptor }) => descriptor)
        .filter((descriptor) => {
          const { dacl, sacl } = parseSecurityDescriptor(descriptor);
          return isPlain(dacl) && isPlain(sacl);
        });
      expect(plain.length).toBeGreaterThan(1000);
      expect(byNtfssecaudit(plain)).toEqual(plain.map(ourFacts));
    },
  );
});
