import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { describeWithOracle, runOracle } from '../oracle.ts';
import { buildNtfs, type FileLiteral, makeNtfs, type NtfsLiteral } from './index.ts';
import { descriptorOf, noise, sampleFiles } from './sample-files.ts';
import { upCaseTable } from './up-case.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'made-ntfs-'));
afterAll(() => rmSync(folder, { recursive: true }));

const image = path.join(folder, 'volume.img');

const makes: readonly Omit<NtfsLiteral, 'files'>[] = [
  { clusterSize: 512, mftFragments: 40, mftRecords: 4000 },
  { clusterSize: 1024, recordSize: 4096 },
  { clusterSize: 4096, label: 'Windows' },
  { clusterSize: 4096, mftFragments: 300, mftRecords: 5000, journal: 'clean' },
  { clusterSize: 4096, sectorSize: 4096, size: 40 * 1024 * 1024 + 8192 },
  { clusterSize: 65_536 },
];

function write(literal: NtfsLiteral): ReturnType<typeof buildNtfs> {
  const built = buildNtfs(literal);
  writeFileSync(image, built.image);
  return built;
}

function isReadable(file: FileLiteral): file is FileLiteral & { data: Buffer } {
  return file.data !== undefined;
}

/** What a reader is given: zeros where nothing counts as written. */
function contentOf(file: FileLiteral & { data: Buffer }): Buffer {
  return Buffer.from(file.data).fill(0, file.initialized ?? file.data.length);
}

function slashed(name: string): string {
  return name.replaceAll('\\', '/');
}

describeWithOracle('a made volume under NTFS-3G', programs(), () => {
  it.each(makes)('%j is consistent, and stays so when a file is added', (make) => {
    write({ ...make, files: sampleFiles(make.clusterSize ?? 4096) });
    expectConsistent();
    const added = path.join(folder, 'added');
    writeFileSync(added, noise(3000));
    runOracle('ntfscp', [image, added, 'many files/500 and a half.log']);
    expect(runOracle('ntfscat', [image, 'many files/500 and a half.log']).equals(noise(3000))).toBe(true);
    expectConsistent();
  });

  it.each(makes)('%j gives back every byte', (make) => {
    const files = sampleFiles(make.clusterSize ?? 4096);
    write({ ...make, files });
    for (const file of files.filter(({ path }) => !path.startsWith('many files'))) {
      if (isReadable(file)) expectBytes([slashed(file.path)], contentOf(file));
      for (const [name, bytes] of Object.entries(file.streams ?? {}).slice(0, 7)) {
        expectBytes(['-n', name, slashed(file.path) || '.'], bytes);
      }
    }
  });

  it('knows the label, the version and the sizes', () => {
    write({ label: 'Grüße', clusterSize: 2048, files: [] });
    const about = runOracle('ntfsinfo', ['-m', image]).toString();
    expect(about).toContain('Volume Name: Grüße');
    expect(about).toContain('Volume Version: 3.1');
    expect(about).toContain('Cluster Size: 2048');
    expect(about).toContain('MFT Record Size: 1024');
  });

  it('says which descriptor each file has', () => {
    const files = [1, 2, 40].map((entries) => ({
      path: `of ${entries}`,
      data: noise(5),
      security: descriptorOf(entries),
    }));
    write({ files });
    for (const { path: name, security } of files) {
      const shown = runOracle('ntfssecaudit', ['-vv', image, name]).toString();
      const words = [...shown.matchAll(/^ +[0-9a-f]{6}((?: {1,2}[0-9a-f]{8})+) *$/gm)].map(
        ([, hex = '']) => hex,
      );
      expect(words.join('').replaceAll(' ', '')).toBe(security.toString('hex'));
    }
  });

  it.each([
    [{ journal: 'empty' }, 0],
    [{ journal: 'clean' }, 0],
    [{ journal: 'unclean' }, 15],
    [{ journal: 'unclean', journalVersion: '2.0' }, 14],
  ] satisfies [Partial<NtfsLiteral>, number][])('%j is told by its journal', (make, status) => {
    write({ ...make, files: [] });
    expect(statusOf('ntfs-3g.probe', ['--readwrite', image])).toBe(status);
  });

  it.each([false, true])('dirty: %j', (dirty) => {
    write({ dirty, files: [] });
    expect(statusOf('ntfsinfo', ['-m', image]) !== 0).toBe(dirty);
  });

  it('has the same $UpCase and $AttrDef as a formatted one', () => {
    writeFileSync(image, Buffer.alloc(8 * 1024 * 1024));
    runOracle('mkntfs', ['-F', '-q', image]);
    expect(runOracle('ntfscat', ['-f', '-i', '10', image]).equals(upCaseTable())).toBe(true);
    const formatted = runOracle('ntfscat', ['-f', '-i', '4', image]);
    write({ files: [] });
    expect(runOracle('ntfscat', ['-f', '-i', '4', image]).equals(formatted)).toBe(true);
  });
});

describeWithOracle('a made volume under the Sleuth Kit', ['fls', 'icat', 'fsstat'], () => {
  it.each(makes)('%j lists every name and gives back every byte', (make) => {
    const files = sampleFiles(make.clusterSize ?? 4096);
    const built = write({ ...make, files });
    const listed = runOracle('fls', ['-r', '-p', '-u', image]).toString();
    const lines = [...listed.matchAll(/^r\/r (\d+)-128-\d+:\t([^:\n]*)$/gm)];
    const records = new Map(lines.map(([, record, name = '']) => [name, Number(record)]));
    for (const file of files.filter(isReadable)) {
      const record = built.files.get(file.path)?.record;
      for (const name of [file.path, ...(file.links ?? [])])
        expect(records.get(slashed(name)), name).toBe(record);
      if (file.path.startsWith('many files')) continue;
      expect(runOracle('icat', [image, `${record}-128`]).equals(contentOf(file)), file.path).toBe(true);
    }
    expect(runOracle('fsstat', [image]).toString()).toContain(`Cluster Size: ${built.clusterSize}`);
  });

  it('walks a folder of 5,000 names', () => {
    const names = Array.from({ length: 5000 }, (_, index) => `Entry number ${(index * 7919) % 5000}.text`);
    write({ files: names.map((name) => ({ path: `folder\\${name}`, data: Buffer.from(name) })) });
    const listed = runOracle('fls', ['-r', '-p', '-u', image]).toString();
    const found = [...listed.matchAll(/\tfolder\/(.*)$/gm)].map(([, name]) => name);
    expect(found.sort()).toEqual(names.sort());
  });
});

const canMount = process.getuid?.() === 0 && existsSync('/dev/fuse');

describeWithOracle('a made volume, mounted', ['ntfs-3g', 'umount'], () => {
  it.skipIf(!canMount).each(makes.slice(2))('%j is read, and written, and consistent', (make) => {
    const files = sampleFiles(make.clusterSize ?? 4096);
    write({ ...make, files });
    mounted((root) => {
      const names = readdirSync(root, { recursive: true });
      for (const file of files.filter(isReadable)) {
        for (const name of [file.path, ...(file.links ?? [])]) {
          expect(names).toContain(slashed(name));
          const bytes = readFileSync(path.join(root, slashed(name)));
          expect(bytes.equals(contentOf(file)), name).toBe(true);
        }
      }
      for (let index = 0; index < 1000; index += 3)
        rmSync(path.join(root, `many files/${index} of a thousand.log`));
      for (let index = 0; index < 300; index++)
        writeFileSync(path.join(root, `many files/new ${index}`), noise(9));
      rmSync(path.join(root, '2000 pieces'));
      rmSync(path.join(root, 'linked by many names'));
    });
    expectConsistent();
  });
});

function programs(): string[] {
  return [
    'ntfscat',
    'ntfscp',
    'ntfsfix',
    'ntfsinfo',
    'ntfsresize',
    'ntfssecaudit',
    'ntfs-3g.probe',
    'mkntfs',
  ];
}

/** ntfsresize compares every run list with $Bitmap; ntfssecaudit compares $SDS, its copy, $SII and $SDH. */
function expectConsistent(): void {
  runOracle('ntfsfix', ['-n', image]);
  runOracle('ntfsresize', ['-f', '-i', image]);
  const audit = runOracle('ntfssecaudit', ['-a', image]).toString();
  expect(audit.match(/\d+ errors/g)).toEqual(['0 errors', '0 errors', '0 errors', '0 errors']);
}

function expectBytes(args: readonly string[], bytes: Buffer): void {
  const [name = '', ...options] = args.toReversed();
  const read = runOracle('ntfscat', [...options.toReversed(), image, name]);
  expect(read.equals(bytes), args.join(' ')).toBe(true);
}

function statusOf(program: string, args: readonly string[]): number {
  try {
    execFileSync(program, args, {
      stdio: 'ignore',
      env: { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin` },
    });
    return 0;
  } catch (error) {
    return error instanceof Error && 'status' in error ? Number(error.status) : -1;
  }
}

function mounted(use: (root: string) => void): void {
  const root = path.join(folder, 'mounted');
  mkdirSync(root, { recursive: true });
  runOracle('ntfs-3g', [image, root]);
  try {
    use(root);
  } finally {
    runOracle('umount', [root]);
  }
}
