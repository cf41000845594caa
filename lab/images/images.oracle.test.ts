import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { describeWithOracle, runOracle } from '../oracle.ts';
import { makeImage } from './index.ts';
import type { MadeParent, Qcow2Options, VhdOptions, VhdxOptions } from './options.ts';
import { changedDisk, sampleDisk } from './sample.ts';
import { temporaryFolder } from './temporary.ts';

const megabyte = 2 ** 20;
const ragged = sampleDisk(5 * megabyte + 3 * 512, 1);
const base = sampleDisk(5 * megabyte, 2);
const later = changedDisk(base, 3);
const latest = changedDisk(later, 4);

/** What QEMU reads out of an image. */
function converted(file: Buffer, format: string): Buffer {
  using folder = temporaryFolder();
  folder.write('base.raw', base);
  const image = folder.write('image', file);
  runOracle('qemu-img', ['convert', '-f', format, '-O', 'raw', image, folder.path('out')]);
  return folder.read('out');
}

function checked(file: Buffer, format: string, ...options: string[]): string {
  using folder = temporaryFolder();
  folder.write('base.raw', base);
  const image = folder.write('image', file);
  return runOracle('qemu-img', ['check', ...options, '-f', format, image]).toString();
}

const vhds: readonly (readonly ['vhd-fixed' | 'vhd-dynamic', VhdOptions])[] = [
  ['vhd-fixed', {}],
  ['vhd-fixed', { shortFooter: true }],
  ['vhd-dynamic', {}],
  ['vhd-dynamic', { blockSize: 512 * 1024 }],
];

const vhdxs: readonly (readonly ['vhdx-fixed' | 'vhdx-dynamic', VhdxOptions])[] = [
  ['vhdx-fixed', {}],
  ['vhdx-dynamic', {}],
  ['vhdx-dynamic', { blockSize: 8 * megabyte }],
];

const backing = { path: 'base.raw', format: 'raw', disk: base } as const;
const qcow2s: readonly Qcow2Options[] = [
  {},
  { version: 2 },
  { clusterBits: 9 },
  { clusterBits: 21 },
  { compression: 'deflate' },
  { compression: 'deflate', version: 2, clusterBits: 9 },
  { compression: 'deflate', clusterBits: 21 },
  { compression: 'zstd' },
  { compression: 'zstd', clusterBits: 12 },
  { extendedL2: true },
  { extendedL2: true, clusterBits: 14, compression: 'zstd' },
];
const overlays: readonly Qcow2Options[] = [
  {},
  { version: 2, clusterBits: 12 },
  { extendedL2: true, clusterBits: 14 },
  { compression: 'deflate' },
];

describeWithOracle('QEMU on what the lab makes', ['qemu-img'], () => {
  it.each(vhds)('reads a %s %o', (kind, options) => {
    expect(converted(makeImage(kind, ragged, options).file, 'vpc').equals(ragged)).toBe(true);
  });

  it.each(vhdxs)('finds no fault in a %s %o and reads it', (kind, options) => {
    const { file } = makeImage(kind, ragged, options);
    expect(checked(file, 'vhdx')).toContain('No errors were found');
    expect(converted(file, 'vhdx').equals(ragged)).toBe(true);
  });

  it.each(['pending', 'wrapped'] as const)('replays the %s log of a VHDX', (log) => {
    const { file } = makeImage('vhdx-dynamic', ragged, { log });
    expect(() => checked(file, 'vhdx')).toThrow('contains a log that needs to be replayed');
    expect(checked(file, 'vhdx', '-r', 'all')).toContain('No errors were found');
    expect(converted(replayed(file), 'vhdx').equals(ragged)).toBe(true);
  });

  it.each(qcow2s)('finds no fault in a qcow2 %o and reads it', (options) => {
    const { file } = makeImage('qcow2', ragged, options);
    expect(checked(file, 'qcow2')).toContain('No errors were found');
    expect(converted(file, 'qcow2').equals(ragged)).toBe(true);
  });

  it.each(overlays)('finds no fault in a qcow2 over a raw file %o and reads it', (options) => {
    const { file } = makeImage('qcow2', later, { ...options, backing });
    expect(checked(file, 'qcow2')).toContain('No errors were found');
    expect(converted(file, 'qcow2').equals(later)).toBe(true);
  });

  it('knows every kind by its content', () => {
    using folder = temporaryFolder();
    const formatOf = (file: Buffer): unknown =>
      JSON.parse(runOracle('qemu-img', ['info', '--output=json', folder.write('image', file)]).toString());
    expect(formatOf(makeImage('vhd-dynamic', base).file)).toMatchObject({ format: 'vpc' });
    expect(formatOf(makeImage('vhdx-dynamic', base).file)).toMatchObject({ format: 'vhdx' });
    expect(formatOf(makeImage('qcow2', base, { compression: 'zstd', extendedL2: true }).file)).toMatchObject({
      format: 'qcow2',
      'virtual-size': base.length,
      'format-specific': { data: { 'compression-type': 'zstd', 'extended-l2': true } },
    });
  });
});

function replayed(file: Buffer): Buffer {
  using folder = temporaryFolder();
  runOracle('qemu-img', ['check', '-r', 'all', '-f', 'vhdx', folder.write('image', file)]);
  return folder.read('image');
}

/** QEMU reads no differencing VHD or VHDX and no sectors of 4096 bytes; 7-Zip from version 22 on does. */
describeWithOracle('7-Zip on what the lab makes', ['7zz'], () => {
  /** Two children on a parent, and what 7-Zip reads of each of the three. */
  function chain(format: 'vhd' | 'vhdx', options: VhdxOptions): Buffer[] {
    using folder = temporaryFolder();
    const named = (identity: string, disk: Buffer, name: string): MadeParent => ({
      disk,
      identity,
      relativePath: `.\\${name}.${format}`,
      absolutePath: `C:\\disks\\${name}.${format}`,
    });
    const [first, second] = ['11111111-2222-4333-8444-000000000001', '11111111-2222-4333-8444-000000000002'];
    const makeChild = (disk: Buffer, parent: MadeParent, identity?: string) =>
      makeImage(`${format}-differencing`, disk, { ...options, parent, ...(identity ? { identity } : {}) });
    folder.write(`a.${format}`, makeImage(`${format}-dynamic`, base, { ...options, identity: first }).file);
    folder.write(`b.${format}`, makeChild(later, named(first, base, 'a'), second).file);
    folder.write(`c.${format}`, makeChild(latest, named(second, later, 'b')).file);
    return ['a', 'b', 'c'].map((name) => {
      const answer = spawnSync('7zz', ['e', `-t${format}`, '-so', folder.path(`${name}.${format}`)], {
        maxBuffer: 64 * megabyte,
      });
      return answer.stdout;
    });
  }

  it.each([
    ['vhd', {}],
    ['vhd', { blockSize: 512 * 1024 }],
    ['vhdx', {}],
    ['vhdx', { blockSize: 2 * megabyte }],
    ['vhdx', { sectorSize: 4096 }],
  ] as const)('reads a chain of %s %o', (format, options) => {
    const [first, second, third] = chain(format, options);
    expect(first?.equals(base)).toBe(true);
    expect(second?.equals(later)).toBe(true);
    expect(third?.equals(latest)).toBe(true);
  });
});
