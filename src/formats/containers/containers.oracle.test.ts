import { expect, it } from 'vitest';
import { corpusAvailable, corpusFile } from '../../../lab/corpus.ts';
import { changedDisk, sampleDisk } from '../../../lab/images/sample.ts';
import { type TemporaryFolder, temporaryFolder } from '../../../lab/images/temporary.ts';
import { describeWithOracle, runOracle } from '../../../lab/oracle.ts';
import { bufferDevice } from '../device.ts';
import { type Image, type ImageFile, type ImageKind, openImage } from './index.ts';

const megabyte = 2 ** 20;
/** A multiple of what a VHD's geometry can say, so that QEMU makes no larger disk of it. */
const disk = sampleDisk(17 * 4 * 512 * 128, 5);
const base = sampleDisk(6 * megabyte, 6);
const later = changedDisk(base, 7);

function imageIn(folder: TemporaryFolder, name: string): Image {
  const fileOf = (file: string): ImageFile => ({
    device: bufferDevice(folder.read(file)),
    openParent: (reference) => fileOf(reference.paths[0] ?? ''),
  });
  return openImage(fileOf(name));
}

function whole(image: Image): Buffer {
  return image.disk.read(0, image.disk.size);
}

/** A `format` of `qcow2 -c` is compressed. */
function convert(folder: TemporaryFolder, format: string, options: string): Image {
  const given = options === '' ? [] : ['-o', options];
  const args = ['convert', '-f', 'raw', '-O', ...format.split(' '), ...given];
  runOracle('qemu-img', [...args, folder.write('in', disk), folder.path('out')]);
  return imageIn(folder, 'out');
}

const converted: readonly (readonly [format: string, options: string, kind: ImageKind])[] = [
  ['vpc', 'subformat=fixed', 'vhd-fixed'],
  ['vpc', 'subformat=fixed,force_size=on', 'vhd-fixed'],
  ['vpc', 'subformat=dynamic', 'vhd-dynamic'],
  ['vpc', 'subformat=dynamic,force_size=on', 'vhd-dynamic'],
  ['vhdx', 'subformat=fixed', 'vhdx-fixed'],
  ['vhdx', 'subformat=dynamic', 'vhdx-dynamic'],
  ['vhdx', 'subformat=dynamic,block_size=1M,block_state_zero=off', 'vhdx-dynamic'],
  ['vhdx', 'subformat=dynamic,block_size=32M,log_size=3M', 'vhdx-dynamic'],
  ['qcow2', 'compat=0.10', 'qcow2'],
  ['qcow2 -c', 'compat=0.10', 'qcow2'],
  ['qcow2', 'compat=1.1', 'qcow2'],
  ['qcow2', 'compat=1.1,cluster_size=512', 'qcow2'],
  ['qcow2 -c', 'compat=1.1,cluster_size=512', 'qcow2'],
  ['qcow2 -c', 'compat=1.1,cluster_size=2M', 'qcow2'],
  ['qcow2', 'compat=1.1,lazy_refcounts=on,refcount_bits=1', 'qcow2'],
  ['qcow2 -c', 'compat=1.1,compression_type=zlib', 'qcow2'],
  ['qcow2 -c', 'compat=1.1,compression_type=zstd', 'qcow2'],
  ['qcow2 -c', 'compat=1.1,compression_type=zstd,cluster_size=4k', 'qcow2'],
  ['qcow2', 'compat=1.1,extended_l2=on', 'qcow2'],
  ['qcow2', 'compat=1.1,extended_l2=on,cluster_size=2M', 'qcow2'],
  ['qcow2 -c', 'compat=1.1,extended_l2=on,compression_type=zstd', 'qcow2'],
  ['qcow2', 'compat=1.1,preallocation=metadata', 'qcow2'],
];

describeWithOracle('images that qemu-img makes', ['qemu-img', 'qemu-io'], () => {
  it.each(converted)('-O %s -o %s makes a %s that reads back', (format, options, kind) => {
    using folder = temporaryFolder();
    const image = convert(folder, format, options);
    expect(image.kind).toBe(kind);
    expect(image.warnings).toEqual([]);
    expect(image.disk.size).toBe(disk.length);
    expect(whole(image).equals(disk)).toBe(true);
  });

  it.each([
    ['vpc', 'subformat=dynamic,force_size=on'],
    ['vhdx', 'subformat=dynamic,block_size=1M'],
    ['qcow2', 'cluster_size=4k'],
    ['qcow2', 'extended_l2=on'],
  ])('%s %s reads as QEMU does after writes here and there', (format, options) => {
    using folder = temporaryFolder();
    const file = folder.path('image');
    runOracle('qemu-img', ['create', '-q', '-f', format, '-o', options, file, '12M']);
    const writes = ['-P 0x11 0 512', '-P 0x22 1536 3k', '-P 0x33 2047k 2k', '-P 0x44 6M 5M', '-P 0 7M 1M'];
    const commands = writes.flatMap((write) => ['-c', `write ${write}`]);
    runOracle('qemu-io', ['-f', format, ...commands, file]);
    runOracle('qemu-img', ['convert', '-f', format, '-O', 'raw', file, folder.path('raw')]);
    expect(whole(imageIn(folder, 'image')).equals(folder.read('raw'))).toBe(true);
  });

  it.each([
    ['raw', ''],
    ['qcow2', 'compat=0.10'],
    ['vpc', 'subformat=dynamic,force_size=on'],
    ['vhdx', 'subformat=dynamic'],
  ])('reads a qcow2 over a backing file of the format %s', (format, options) => {
    using folder = temporaryFolder();
    const parent = ['-O', format, ...(options === '' ? [] : ['-o', options]), folder.write('base', base)];
    runOracle('qemu-img', ['convert', '-f', 'raw', ...parent, folder.path('parent')]);
    const named = ['-B', 'parent', '-F', format, folder.write('later', later), folder.path('child')];
    runOracle('qemu-img', ['convert', '-f', 'raw', '-O', 'qcow2', ...named]);
    const image = imageIn(folder, 'child');
    expect(whole(image).equals(later)).toBe(true);
    expect(image.parent && whole(image.parent).equals(base)).toBe(true);
  });

  it('reads a chain of writes over writes, with zeros and discarded clusters on top', () => {
    using folder = temporaryFolder();
    folder.write('base', base);
    const create = (child: string, parent: string, format: string, options: string): void => {
      const over = ['-b', parent, '-F', format, '-o', options, folder.path(child), '9M'];
      runOracle('qemu-img', ['create', '-q', '-f', 'qcow2', ...over]);
    };
    const write = (name: string, ...commands: string[]): void => {
      runOracle('qemu-io', [
        '-f',
        'qcow2',
        ...commands.flatMap((command) => ['-c', command]),
        folder.path(name),
      ]);
    };
    create('middle', 'base', 'raw', 'cluster_size=16k');
    write('middle', 'write -P 0x55 100k 200k', 'write -z 1M 300k', 'write -P 0x66 7M 70k');
    create('top', 'middle', 'qcow2', 'extended_l2=on');
    write('top', 'write -P 0x77 130k 3k', 'write -z 2M 10k', 'discard 3M 1M', 'write -c -P 0x12 4M 64k');
    runOracle('qemu-img', ['convert', '-O', 'raw', folder.path('top'), folder.path('raw')]);
    expect(whole(imageIn(folder, 'top')).equals(folder.read('raw'))).toBe(true);
  });

  it('reads the present, whatever internal snapshots there are, and tells of them', () => {
    using folder = temporaryFolder();
    convert(folder, 'qcow2', '');
    runOracle('qemu-img', ['snapshot', '-c', 'before', folder.path('out')]);
    runOracle('qemu-io', ['-f', 'qcow2', '-c', 'write -P 0x99 64k 64k', folder.path('out')]);
    const image = imageIn(folder, 'out');
    const expected = Buffer.from(disk).fill(0x99, 65_536, 131_072);
    expect(whole(image).equals(expected)).toBe(true);
    expect(image.warnings).toEqual(['the file holds internal snapshots (1): the current state is read']);
  });

  it('replays the log of a VHDX whose writer died before it changed the table of blocks', () => {
    using folder = temporaryFolder();
    const file = folder.path('image');
    runOracle('qemu-img', [
      'create',
      '-q',
      '-f',
      'vhdx',
      '-o',
      'subformat=dynamic,block_size=1M',
      file,
      '8M',
    ]);
    runOracle('qemu-io', ['-f', 'vhdx', '-c', 'write -P 0x44 1M 1M', file]);
    // QEMU keeps the table at 2 MiB, sector 4096 of the file: that write fails, after the log's.
    const failing = [
      'driver=vhdx',
      'file.driver=blkdebug',
      'file.image.driver=file',
      `file.image.filename=${file}`,
      'file.inject-error.0.event=none',
      'file.inject-error.0.iotype=write',
      'file.inject-error.0.sector=4096',
      'file.inject-error.0.errno=5',
    ].join(',');
    expect(() => runOracle('qemu-io', ['--image-opts', '-c', 'write -P 0x11 3M 1M', failing])).toThrow(
      'Input/output error',
    );
    const image = imageIn(folder, 'image');
    const ours = whole(image);
    runOracle('qemu-img', ['check', '-q', '-r', 'all', '-f', 'vhdx', file]);
    runOracle('qemu-img', ['convert', '-f', 'vhdx', '-O', 'raw', file, folder.path('raw')]);
    expect(image.warnings).toEqual(['the log was replayed: the file was not closed cleanly']);
    expect(ours[3 * megabyte]).toBe(0x11);
    expect(ours.equals(folder.read('raw'))).toBe(true);
    expect(imageIn(folder, 'image').warnings).toEqual([]);
  });

  it.each([
    ['luks', 'encrypt.format=luks,encrypt.key-secret=key,encrypt.iter-time=10', 'LUKS'],
    ['aes', 'encrypt.format=aes,encrypt.key-secret=key', 'AES'],
  ])('says that a qcow2 is encrypted with %s', (_, options, method) => {
    using folder = temporaryFolder();
    const secret = ['--object', 'secret,id=key,data=secret'];
    runOracle('qemu-img', [
      'create',
      '-q',
      ...secret,
      '-f',
      'qcow2',
      '-o',
      options,
      folder.path('image'),
      '1M',
    ]);
    expect(() => imageIn(folder, 'image')).toThrow(
      expect.objectContaining({ kind: 'encrypted', message: `the qcow2 image is encrypted (${method})` }),
    );
  });

  it('names the file where a qcow2 keeps its data outside', () => {
    using folder = temporaryFolder();
    const options = `data_file=${folder.path('outside.raw')}`;
    runOracle('qemu-img', ['create', '-q', '-f', 'qcow2', '-o', options, folder.path('image'), '1M']);
    expect(() => imageIn(folder, 'image')).toThrow(
      expect.objectContaining({ kind: 'unsupported', message: expect.stringContaining('outside.raw"') }),
    );
  });

  it.each([
    ['vmdk', 'a VMDK image'],
    ['vdi', 'a VDI image'],
    ['qed', 'a QED image'],
    ['qcow', 'a qcow image of version 1'],
    ['parallels', 'a Parallels image'],
  ])('refuses %s by name', (format, name) => {
    using folder = temporaryFolder();
    runOracle('qemu-img', ['create', '-q', '-f', format, folder.path('image'), '4M']);
    expect(() => imageIn(folder, 'image')).toThrow(
      expect.objectContaining({ kind: 'unsupported', message: expect.stringContaining(name) }),
    );
  });

  it.skipIf(!corpusAvailable)('reads a real qcow2 as QEMU does', () => {
    using folder = temporaryFolder();
    const file = folder.write('image', corpusFile('images/ntfs-windows-volume.qcow2'));
    runOracle('qemu-img', ['convert', '-f', 'qcow2', '-O', 'raw', file, folder.path('raw')]);
    expect(whole(imageIn(folder, 'image')).equals(folder.read('raw'))).toBe(true);
  });
});
