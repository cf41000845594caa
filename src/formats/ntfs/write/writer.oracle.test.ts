import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { corpusAvailable, corpusFile } from '../../../../lab/corpus.ts';
import { makeNtfs } from '../../../../lab/ntfs/index.ts';
import {
  consistencyPrograms,
  descriptorOf,
  expectConsistent,
  noise,
  sampleFiles,
} from '../../../../lab/ntfs/testing/index.ts';
import { describeWithOracle, runOracle } from '../../../../lab/oracle.ts';
import { openNtfs } from '../index.ts';
import { describeWithMount, makeVolume, withMounted } from '../testing/mounted-volume.ts';
import { contentOf } from '../testing/read-back.ts';
import { changedPaths, memoryDevice, numberedDescriptor, snapshot } from '../testing/written-volume.ts';
import { type NtfsWriter, openNtfsWriter } from './volume-writer.ts';

const MiB = 1024 * 1024;
const now = new Date('2024-05-06T07:08:09Z');
const SYSTEM = 'Windows\\System32\\config\\SYSTEM';

const folder = mkdtempSync(path.join(tmpdir(), 'ntfs-written-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const place = path.join(folder, 'volume.img');

function writerOf(image: Buffer): NtfsWriter {
  return openNtfsWriter(memoryDevice(image), { now });
}

/** All programs that look for inconsistencies find none. */
function expectSound(image: Buffer): void {
  writeFileSync(place, image);
  expectConsistent(place);
}

/** ntfscat by name and icat by number read the same bytes as we do, and both names of sizes agree. */
function expectReadAlike(image: Buffer, name: string): void {
  const file = openNtfs(memoryDevice(image)).find(name);
  if (file === undefined) throw new Error(`${name} is gone`);
  const bytes = contentOf(file);
  expect(runOracle('ntfscat', [place, name.replaceAll('\\', '/')]).equals(bytes), name).toBe(true);
  expect(runOracle('icat', [place, `${file.recordNumber}-128`]).equals(bytes), name).toBe(true);
  expect(runOracle('ntfsinfo', ['-i', String(file.recordNumber), place]).toString()).toContain(
    'End of inode',
  );
}

/** The descriptor in the words of ntfssecaudit. */
function shownDescriptor(name: string): string {
  const shown = runOracle('ntfssecaudit', ['-vv', place, name.replaceAll('\\', '/')]).toString();
  const rows = [...shown.matchAll(/^ +[0-9a-f]{6}((?: +[0-9a-f]{8})+) *$/gm)].map(([, hex = '']) => hex);
  return rows.join('').replaceAll(' ', '');
}

/** Each way in which a file can grow, then descriptors known and new. */
function changeMuch(writer: NtfsWriter, names: readonly string[]): void {
  for (const [i, name] of names.entries()) {
    const file = writer.fileDevice(name);
    if (file.size > 10) file.write(3, Buffer.from('changed'));
    for (const more of [20, 700, 5000, 150_000]) {
      file.grow(file.size + more);
      file.write(file.size - 15, noise(15, i + more));
    }
    writer.setSecurity(name, descriptorOf(3));
    writer.setSecurity(name, descriptorOf(500 + i));
  }
}

const programs = ['icat', 'ntfscat', 'ntfsinfo', ...consistencyPrograms];

describeWithOracle('written volumes, as others read them', programs, () => {
  it.each([
    { clusterSize: 512 },
    { clusterSize: 4096, journal: 'clean', mftFragments: 300, mftRecords: 5000 },
    { clusterSize: 65_536 },
  ] as const)('made as %j', (make) => {
    const image = makeNtfs({ ...make, size: 40 * MiB, files: sampleFiles(make.clusterSize) });
    const before = snapshot(image);
    const names = [SYSTEM, 'empty', 'resident', 'just too big', 'half written', 'in pieces', 'many links'];
    changeMuch(writerOf(image), names);
    expectSound(image);
    for (const name of names) expectReadAlike(image, name);
    for (const [i, name] of names.entries())
      expect(shownDescriptor(name)).toBe(descriptorOf(500 + i).toString('hex'));
    const changed = changedPaths(before, snapshot(image)).filter((name) => !name.startsWith('links\\'));
    expect(changed).toEqual([...names].sort());
  });

  it.skipIf(!corpusAvailable)('made by Windows', () => {
    const image = corpusFile('images/ntfs-ads.dd');
    const before = snapshot(image);
    const writer = writerOf(image);
    expect(writer.refusals()).toEqual([]);
    const files = [...before.keys()].filter(
      (name) => !name.startsWith('$') && name !== '' && isPlainFile(image, name),
    );
    expect(files.length).toBeGreaterThanOrEqual(2);
    changeMuch(writer, files);
    for (let i = 0; i < 100; i++) writer.setSecurity(files[i % files.length] ?? '', descriptorOf(600 + i));
    writeFileSync(place, image);
    // ntfsfix finds no backup boot sector in this image, which is cut short, as it was before.
    runOracle('ntfsresize', ['-f', '-i', place]);
    expect(runOracle('ntfssecaudit', ['-a', place]).toString()).toContain('No errors were found');
    for (const name of files) expectReadAlike(image, name);
    expect(changedPaths(before, snapshot(image))).toEqual(files.sort());
  });
});

function isPlainFile(image: Buffer, name: string): boolean {
  const file = openNtfs(memoryDevice(image)).find(name);
  return (
    file !== undefined &&
    !file.isDirectory &&
    !file.isCompressed &&
    !file.isSparse &&
    file.reparseTag === undefined &&
    file.streams().some((stream) => stream.name === '')
  );
}

describeWithMount('volumes of mkntfs that were written', programs, () => {
  it.each([512, 65_536])('clusters of %i bytes', (clusterSize) => {
    const names = ['small', 'hive', 'folder\\hive'];
    const image = makeVolume({
      sizeInBytes: 24 * MiB,
      mkntfs: ['-c', String(clusterSize)],
      mountOptions: 'permissions',
      fill: (root) => {
        mkdirSync(path.join(root, 'folder'));
        for (let i = 0; i < 80; i++)
          writeFileSync(path.join(root, 'folder', `other ${i}`), noise(3000, i + 2));
        writeFileSync(path.join(root, 'small'), 'small');
        for (const name of ['hive', 'folder/hive']) writeFileSync(path.join(root, name), noise(50_000, 1));
      },
    });
    const before = snapshot(image);
    changeMuch(writerOf(image), names);
    expectSound(image);
    for (const name of names) expectReadAlike(image, name);
    expect(changedPaths(before, snapshot(image))).toEqual([...names].sort());
    expectMountedAlike(image, names);
    expectRoomForMore(image);
  });

  it('with hundreds of descriptors, the first of their own', () => {
    const count = 250;
    const image = makeVolume({
      sizeInBytes: 48 * MiB,
      mountOptions: 'permissions',
      fill: (root) => {
        for (let i = 0; i < count; i++) writeFileSync(path.join(root, `file ${i}`), '');
      },
    });
    const writer = writerOf(image);
    for (let i = 0; i < count; i++) writer.setSecurity(`file ${i}`, numberedDescriptor((i * 37) % count));
    expectSound(image);
    expectWholeSecure();
    for (let i = 0; i < count; i += 50) {
      expect(shownDescriptor(`file ${i}`)).toBe(numberedDescriptor((i * 37) % count).toString('hex'));
    }
    expectRoomForMore(image);
  });
});

/** The streams of $Secure are valid to their ends, as Windows keeps them. */
function expectWholeSecure(): void {
  const about = runOracle('ntfsinfo', ['-v', '-i', '9', place]).toString();
  const sizes = [
    ...about.matchAll(/Data size:\s+(\d+).*\n.*Allocated size:.*\n\s+Initialized size:\s+(\d+)/g),
  ];
  expect(sizes.length).toBe(3);
  for (const [, size, initialized] of sizes) expect(initialized).toBe(size);
}

/** A fresh mount reads the bytes, the sizes in directories and the times. */
function expectMountedAlike(image: Buffer, names: readonly string[]): void {
  withMounted(place, 'ro', (root) => {
    for (const name of names) {
      const file = path.join(root, ...name.split('\\'));
      const found = openNtfs(memoryDevice(image)).find(name);
      expect(found && contentOf(found).equals(readFileSync(file)), name).toBe(true);
      expect(statSync(file).mtime).toEqual(now);
    }
  });
}

/** NTFS-3G writes on: new files, longer ones and descriptors of its own, and all stays sound. */
function expectRoomForMore(image: Buffer): void {
  writeFileSync(place, image);
  withMounted(place, 'permissions', (root) => {
    for (const name of readdirSync(root).slice(0, 20)) {
      if (statSync(path.join(root, name)).isFile())
        writeFileSync(path.join(root, name), noise(30_000), { flag: 'a' });
    }
    for (let i = 0; i < 50; i++)
      writeFileSync(path.join(root, `more ${i}`), noise(2000), { mode: 0o600 + (i % 0o77) });
  });
  expectConsistent(place);
}
