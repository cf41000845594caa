import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { corpusAvailable, corpusFile } from '../../../lab/corpus.ts';
import { makeImage, type VhdxOptions } from '../../../lab/images/index.ts';
import { changedDisk, sampleDisk } from '../../../lab/images/sample.ts';
import { type TemporaryFolder, temporaryFolder } from '../../../lab/images/temporary.ts';
import { trialWrites, writeTrial } from '../../../lab/images/write-trial.ts';
import { describeWithOracle, runOracle } from '../../../lab/oracle.ts';

const mebibyte = 2 ** 20;
/** A multiple of what a VHD's geometry can say. */
const disk = sampleDisk(17 * 4 * 512 * 32, 41);
const base = sampleDisk(2 * mebibyte, 42);
const later = changedDisk(base, 43);

/** Writes here and there, and long over everything; what the disk holds then. */
function written(
  file: Buffer,
  contents: Buffer,
  seed: number,
  parent?: Buffer,
): { file: Buffer; model: Buffer } {
  const trial = writeTrial(file, parent);
  const model = Buffer.from(contents);
  const long = Buffer.alloc(Math.floor(model.length / 3), 0x77);
  for (const { offset, bytes } of [...trialWrites(model, 16, seed), { offset: 5000, bytes: long }]) {
    trial.image.disk.write(offset, bytes);
    bytes.copy(model, offset);
  }
  expect(trial.readBack().equals(model)).toBe(true);
  return { file: trial.file(), model };
}

/** QEMU finds no fault in the file and the model in it. It checks no VHD. */
function requireSound(folder: TemporaryFolder, format: string, file: Buffer, model: Buffer): void {
  const [image, raw] = [folder.write('written', file), folder.write('model', model)];
  if (format !== 'vpc') {
    const check = runOracle('qemu-img', ['check', '-f', format, image]).toString();
    expect(check).toContain('No errors were found');
  }
  runOracle('qemu-img', ['compare', '-f', format, '-F', 'raw', image, raw]);
}

/** A `format` of `qcow2 -c` is compressed. */
const converted: readonly (readonly [format: string, options: string])[] = [
  ['vpc', 'subformat=fixed,force_size=on'],
  ['vpc', 'subformat=dynamic,force_size=on'],
  ['vhdx', 'subformat=dynamic,block_size=8M,log_size=3M'],
  ['qcow2', 'compat=0.10'],
  ['qcow2 -c', 'compat=0.10,cluster_size=4k'],
  ['qcow2', 'lazy_refcounts=on'],
  ['qcow2', 'preallocation=metadata'],
  ['qcow2', 'cluster_size=2M'],
  ['qcow2 -c', 'compression_type=zstd'],
  ['qcow2', 'extended_l2=on'],
  ['qcow2 -c', 'extended_l2=on,compression_type=zstd,cluster_size=16k'],
  ...[1, 4, 64].map((bits) => ['qcow2', `cluster_size=512,refcount_bits=${bits}`] as const),
];

describeWithOracle('QEMU on images that were written to', ['qemu-img', 'qemu-io'], () => {
  it.each(converted)('%s %s', (format, options) => {
    using folder = temporaryFolder();
    const out = ['-O', ...format.split(' '), '-o', options, folder.write('in', disk), folder.path('out')];
    runOracle('qemu-img', ['convert', '-f', 'raw', ...out]);
    const { file, model } = written(folder.read('out'), disk, 1);
    requireSound(folder, format.replace(' -c', ''), file, model);
  });

  it.each([
    ['vpc', 'subformat=dynamic,force_size=on'],
    ['vhdx', 'subformat=dynamic,block_size=1M'],
    ['qcow2', 'cluster_size=4k'],
    ['qcow2', 'extended_l2=on'],
  ])('an empty %s %s that is filled by us, and after that by QEMU', (format, options) => {
    using folder = temporaryFolder();
    runOracle('qemu-img', [
      'create',
      '-q',
      '-f',
      format,
      '-o',
      options,
      folder.path('out'),
      `${disk.length}`,
    ]);
    const trial = writeTrial(folder.read('out'));
    trial.image.disk.write(0, disk);
    requireSound(folder, format, trial.file(), disk);
    const image = folder.path('written');
    runOracle('qemu-io', ['-f', format, '-c', 'write -P 0x5b 100k 900k', '-c', 'write -P 0x5c 1M 3k', image]);
    const model = Buffer.from(disk)
      .fill(0x5b, 102_400, 102_400 + 921_600)
      .fill(0x5c, mebibyte, mebibyte + 3072);
    requireSound(folder, format, folder.read('written'), model);
    const again = written(folder.read('written'), model, 2);
    requireSound(folder, format, again.file, again.model);
  });

  it.each([['cluster_size=4k'], ['extended_l2=on'], ['compat=0.10']])(
    'a qcow2 over a backing file, %s: the backing file stays, and commits well',
    (options) => {
      using folder = temporaryFolder();
      folder.write('base', base);
      const over = [
        '-B',
        'base',
        '-F',
        'raw',
        '-o',
        options,
        folder.write('later', later),
        folder.path('child'),
      ];
      runOracle('qemu-img', ['convert', '-f', 'raw', '-O', 'qcow2', ...over]);
      const { file, model } = written(folder.read('child'), later, 3, base);
      requireSound(folder, 'qcow2', file, model);
      runOracle('qemu-img', ['commit', '-q', '-f', 'qcow2', folder.path('written')]);
      expect(folder.read('base').equals(model)).toBe(true);
    },
  );

  it('a qcow2 whose refcount table becomes too short, and moves', () => {
    using folder = temporaryFolder();
    const options = ['-o', 'cluster_size=512,refcount_bits=64', folder.path('out'), '6M'];
    runOracle('qemu-img', ['create', '-q', '-f', 'qcow2', ...options]);
    const model = Buffer.concat([
      sampleDisk(5 * mebibyte, 44).map((byte) => byte | 1),
      Buffer.alloc(mebibyte),
    ]);
    const trial = writeTrial(folder.read('out'));
    const tableBefore = trial.overlay.read(48, 12);
    trial.image.disk.write(0, model.subarray(0, 5 * mebibyte));
    expect(trial.overlay.read(48, 12).equals(tableBefore)).toBe(false);
    requireSound(folder, 'qcow2', trial.file(), model);
  });

  it('subclusters that QEMU left in a file that ends within a cluster', () => {
    using folder = temporaryFolder();
    const image = folder.path('out');
    runOracle('qemu-img', ['create', '-q', '-f', 'qcow2', '-o', 'extended_l2=on', image, '4M']);
    runOracle('qemu-io', [
      '-f',
      'qcow2',
      '-c',
      'write -P 1 0 1k',
      '-c',
      'write -z 1M 64k',
      '-c',
      'discard 2M 64k',
      image,
    ]);
    const contents = Buffer.alloc(4 * mebibyte).fill(1, 0, 1024);
    const { file, model } = written(folder.read('out'), contents, 4);
    requireSound(folder, 'qcow2', file, model);
  });

  it('persistent bitmaps, which QEMU then holds to be inconsistent', () => {
    using folder = temporaryFolder();
    const image = folder.path('out');
    runOracle('qemu-img', ['create', '-q', '-f', 'qcow2', image, '4M']);
    runOracle('qemu-img', ['bitmap', '-f', 'qcow2', '--add', image, 'backup']);
    const { file, model } = written(folder.read('out'), Buffer.alloc(4 * mebibyte), 5);
    const [after, raw] = [folder.write('written', file), folder.write('model', model)];
    runOracle('qemu-img', ['compare', '-f', 'qcow2', '-F', 'raw', after, raw]);
    const check = spawnSync('qemu-img', ['check', '-f', 'qcow2', after]);
    // 3: no error, and leaked clusters, those of the bitmaps that no one may believe any more.
    expect(check.status).toBe(3);
    expect(`${check.stderr}`).toContain('all bitmaps are now considered inconsistent');
  });

  it.each(['pending', 'wrapped'] as const)('a VHDX with a %s log, which is carried out', (log) => {
    using folder = temporaryFolder();
    const contents = base.subarray(0, 2 * mebibyte);
    const { file, model } = written(makeImage('vhdx-dynamic', contents, { log }).file, contents, 6);
    requireSound(folder, 'vhdx', file, model);
  });

  it('an internal snapshot keeps QEMU’s image from being written to', () => {
    using folder = temporaryFolder();
    runOracle('qemu-img', ['create', '-q', '-f', 'qcow2', folder.path('out'), '4M']);
    runOracle('qemu-img', ['snapshot', '-c', 'before', folder.path('out')]);
    expect(() => writeTrial(folder.read('out'))).toThrow(expect.objectContaining({ kind: 'unsupported' }));
    runOracle('qemu-img', ['snapshot', '-d', 'before', folder.path('out')]);
    const { file, model } = written(folder.read('out'), Buffer.alloc(4 * mebibyte), 7);
    requireSound(folder, 'qcow2', file, model);
  });

  it.skipIf(!corpusAvailable)('a real qcow2', () => {
    using folder = temporaryFolder();
    const file = corpusFile('images/ntfs-windows-volume.qcow2');
    const trial = writeTrial(file);
    const model = Buffer.from(trial.image.disk.read(0, trial.image.disk.size));
    for (const { offset, bytes } of trialWrites(model, 30, 8)) {
      trial.image.disk.write(offset, bytes);
      bytes.copy(model, offset);
    }
    requireSound(folder, 'qcow2', trial.file(), model);
  });
});

/** QEMU reads no differencing VHD or VHDX and no sectors of 4096 bytes; 7-Zip from version 22 on does. */
describeWithOracle('7-Zip on children that were written to', ['7zz'], () => {
  it.each([
    ['vhd', {}],
    ['vhd', { blockSize: 512 * 1024 }],
    ['vhdx', {}],
    ['vhdx', { blockSize: 2 * mebibyte }],
    ['vhdx', { sectorSize: 4096 }],
    ['vhdx', { log: 'pending' }],
  ] as const)('%s %o', (format, options: VhdxOptions) => {
    using folder = temporaryFolder();
    const identity = '11111111-2222-4333-8444-000000000001';
    const { log: _, ...ofParent } = options;
    const parent = makeImage(`${format}-dynamic`, base, { ...ofParent, identity }).file;
    const paths = { relativePath: `.\\a.${format}`, absolutePath: `C:\\disks\\a.${format}` };
    const named = { disk: base, identity, ...paths };
    const child = makeImage(`${format}-differencing`, later, { ...options, parent: named }).file;
    folder.write(`a.${format}`, parent);
    const { file, model } = written(child, later, 9, parent);
    const args = ['e', `-t${format}`, '-so', folder.write(`b.${format}`, file)];
    const answer = spawnSync('7zz', args, { maxBuffer: 64 * mebibyte });
    expect(answer.stdout.equals(model)).toBe(true);
  });

  it.each(['vhd', 'vhdx'] as const)('%s, dynamic', (format) => {
    using folder = temporaryFolder();
    const { file, model } = written(makeImage(`${format}-dynamic`, base).file, base, 10);
    const args = ['e', `-t${format}`, '-so', folder.write(`a.${format}`, file)];
    expect(spawnSync('7zz', args, { maxBuffer: 64 * mebibyte }).stdout.equals(model)).toBe(true);
  });
});
