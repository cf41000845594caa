import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { describeWithOracle, runOracle } from '../oracle.ts';
import { buildNtfs, type FileLiteral, type NtfsLiteral } from './index.ts';
import {
  consistencyPrograms,
  contentOf,
  descriptorOf,
  expectConsistent,
  isDataFile,
  noise,
  sampleFiles,
  slashed,
} from './testing/index.ts';
import { upCaseTable } from './up-case.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'made-ntfs-'));
afterAll(() => rmSync(folder, { recursive: true }));

const image = path.join(folder, 'volume.img');

const makes: readonly Omit<NtfsLiteral, 'files'>[] = [
  { clusterSize: 512, mftFragments: 40, mftRecords: 4000 },
  { clusterSize: 1024, recordSize: 4096 },
  { clusterSize: 4096, mftFragments: 300, mftRecords: 5000, journal: 'clean' },
  { clusterSize: 4096, sectorSize: 4096, size: 40 * 1024 * 1024 + 8192 },
  { clusterSize: 65_536 },
];

function write(literal: NtfsLiteral): ReturnType<typeof buildNtfs> {
  const built = buildNtfs(literal);
  writeFileSync(image, built.image);
  return built;
}

function isSingle(file: FileLiteral): boolean {
  return !file.path.startsWith('many files');
}

describeWithOracle(
  'volumes of every make',
  ['fls', 'icat', 'ntfscat', 'ntfscp', ...consistencyPrograms],
  () => {
    it.each(makes)('%j', (make) => {
      const files = sampleFiles(make.clusterSize ?? 4096);
      const built = write({ ...make, files });
      expectConsistent(image);
      expectEveryName(files, (name) => built.files.get(name)?.record);
      for (const file of files.filter(isSingle)) {
        if (isDataFile(file)) expectBytes(file, built.files.get(file.path)?.record);
        expectStreams(file);
      }
      expectRoomForOneMore();
    });
  },
);

/** Sleuth Kit 4.11 finds a name by its index, or, behind a big cluster's first block, by its parent: `-/r`. */
function expectEveryName(
  files: readonly FileLiteral[],
  recordOf: (path: string) => number | undefined,
): void {
  const listed = runOracle('fls', ['-r', '-p', '-u', image]).toString();
  const lines = [...listed.matchAll(/^[-r]\/r (\d+)-128-\d+:\t([^:\n]*)$/gm)];
  const records = new Map(lines.map(([, record, name = '']) => [name, Number(record)]));
  for (const file of files.filter(isDataFile)) {
    for (const name of [file.path, ...(file.links ?? [])]) {
      expect(records.get(slashed(name)), name).toBe(recordOf(file.path));
    }
  }
}

function expectBytes(file: FileLiteral & { data: Buffer }, record: number | undefined): void {
  const bytes = contentOf(file);
  expect(runOracle('icat', [image, `${record}-128`]).equals(bytes), file.path).toBe(true);
  expect(runOracle('ntfscat', [image, slashed(file.path)]).equals(bytes), file.path).toBe(true);
}

function expectStreams(file: FileLiteral): void {
  for (const [name, bytes] of Object.entries(file.streams ?? {}).slice(0, 5)) {
    const read = runOracle('ntfscat', ['-n', name, image, slashed(file.path) || '.']);
    expect(read.equals(bytes), `${file.path}:${name}`).toBe(true);
  }
}

/** NTFS-3G finds its way through the index, and leaves all in order. */
function expectRoomForOneMore(): void {
  const added = path.join(folder, 'added');
  writeFileSync(added, noise(3000));
  runOracle('ntfscp', [image, added, 'many files/300 and a half.log']);
  expect(runOracle('ntfscat', [image, 'many files/300 and a half.log']).equals(noise(3000))).toBe(true);
  expectConsistent(image);
}

describeWithOracle('a folder of 5,000 names', ['fls', 'ntfscat', ...consistencyPrograms], () => {
  it('is a tree that others walk, and search', () => {
    const names = Array.from({ length: 5000 }, (_, index) => `Entry number ${(index * 7919) % 5000}.text`);
    write({ files: names.map((name) => ({ path: `folder\\${name}`, data: Buffer.from(name) })) });
    expectConsistent(image);
    const listed = runOracle('fls', ['-r', '-p', '-u', image]).toString();
    const found = [...listed.matchAll(/^r.*\tfolder\/(.*)$/gm)].map(([, name]) => name);
    expect(found.sort()).toEqual(names.sort());
    for (const name of names.filter((_, index) => index % 250 === 0)) {
      expect(runOracle('ntfscat', [image, `folder/${name}`]).toString()).toBe(name);
    }
  });
});

describeWithOracle('a file of 2,000 pieces', ['icat', 'ntfscat', ...consistencyPrograms], () => {
  it('is one file', () => {
    const data = noise(2000 * 4096 - 1);
    const built = write({ files: [{ path: 'file', data, layout: { fragments: 2000 } }] });
    expectConsistent(image);
    const file = built.files.get('file');
    expect(file?.attributes.find(({ type }) => type === 0x80)?.runs).toHaveLength(2000);
    expectBytes({ path: 'file', data }, file?.record);
  });
});

describeWithOracle(
  'what a volume says of itself',
  ['ntfsinfo', 'ntfssecaudit', 'ntfs-3g.probe', 'fsstat'],
  () => {
    it('has its label, version and sizes', () => {
      write({ label: 'Grüße', clusterSize: 2048, serialNumber: 0x1122_3344_5566_7788n, files: [] });
      const about = runOracle('ntfsinfo', ['-m', image]).toString();
      expect(about).toContain('Volume Name: Grüße');
      expect(about).toContain('Volume Version: 3.1');
      expect(about).toContain('Cluster Size: 2048');
      expect(about).toContain('MFT Record Size: 1024');
      expect(runOracle('fsstat', [image]).toString()).toContain('Volume Serial Number: 1122334455667788');
    });

    it('has the descriptor of each file', () => {
      const entries = [1, 2, 40];
      write({ files: entries.map((count) => ({ path: `${count}`, security: descriptorOf(count) })) });
      for (const count of entries) {
        const shown = runOracle('ntfssecaudit', ['-vv', image, `${count}`]).toString();
        const rows = [...shown.matchAll(/^ +[0-9a-f]{6}((?: +[0-9a-f]{8})+) *$/gm)].map(
          ([, hex = '']) => hex,
        );
        expect(rows.join('').replaceAll(' ', '')).toBe(descriptorOf(count).toString('hex'));
      }
    });

    it('has descriptors in more than one block of $SDS', () => {
      const entries = Array.from({ length: 50 }, (_, index) => 300 + index * 3);
      write({ files: entries.map((count) => ({ path: `${count}`, security: descriptorOf(count) })) });
      expectConsistent(image);
    });

    it('has times and attributes', () => {
      const modified = new Date('2019-07-08T09:10:11.120Z');
      const built = write({ files: [{ path: 'a', data: noise(1), modified, attributes: 0x27 }] });
      const about = runOracle('ntfsinfo', ['-v', '-i', `${built.files.get('a')?.record}`, image], {
        env: { TZ: 'UTC' },
      }).toString();
      expect(about.match(/Mon Jul {2}8 09:10:11 2019/g)).toHaveLength(8);
      expect(about).toContain('READONLY HIDDEN SYSTEM ARCHIVE (0x00000027)');
    });

    it.each([
      [{ journal: 'empty' }, 'ended well'],
      [{ journal: 'clean' }, 'ended well'],
      [{ journal: 'unclean' }, 'ended with 15'],
      [{ journal: 'unclean', journalVersion: '2.0' }, 'ended with 14'],
    ] satisfies [Partial<NtfsLiteral>, string][])('%j: the probe %s', (make, ending) => {
      write({ ...make, files: [] });
      expect(endingOf('ntfs-3g.probe', ['--readwrite', image])).toContain(ending);
    });

    it.each([
      [false, 'ended well'],
      [true, 'scheduled for check'],
    ])('dirty %j: %s', (dirty, ending) => {
      write({ dirty, files: [] });
      expect(endingOf('ntfsinfo', ['-m', image])).toContain(ending);
    });
  },
);

describeWithOracle('what every volume has', ['mkntfs', 'ntfscat'], () => {
  it('has $UpCase and $AttrDef as formatting makes them', () => {
    const formatted = path.join(folder, 'formatted.img');
    writeFileSync(formatted, Buffer.alloc(8 * 1024 * 1024));
    runOracle('mkntfs', ['-F', '-q', formatted]);
    write({ files: [] });
    const read = (volume: string, record: string): Buffer =>
      runOracle('ntfscat', ['-f', '-i', record, volume]);
    expect(read(formatted, '10').equals(upCaseTable())).toBe(true);
    expect(read(image, '10').equals(upCaseTable())).toBe(true);
    expect(read(image, '4').equals(read(formatted, '4'))).toBe(true);
  });
});

function endingOf(program: string, args: readonly string[]): string {
  try {
    runOracle(program, args);
    return 'ended well';
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
}
