import { describe, expect, it } from 'vitest';
import { makeImage } from '../../../lab/images/index.ts';
import { sampleDisk } from '../../../lab/images/sample.ts';
import { bufferDevice } from '../device.ts';
import { openImage } from './index.ts';

const disk = sampleDisk(256 * 1024, 1);

/** A file with these bytes at these places. */
function fileWith(...marks: readonly (readonly [offset: number, bytes: string])[]): Buffer {
  const bytes = Buffer.alloc(64 * 1024);
  for (const [offset, text] of marks) bytes.write(text, offset, 'latin1');
  return bytes;
}

describe('recognising an image by its content', () => {
  it.each([
    ['raw', makeImage('raw', disk).file],
    ['vhd-fixed', makeImage('vhd-fixed', disk).file],
    ['vhd-fixed', makeImage('vhd-fixed', disk, { shortFooter: true }).file],
    ['vhd-dynamic', makeImage('vhd-dynamic', disk).file],
    ['vhdx-fixed', makeImage('vhdx-fixed', disk).file],
    ['vhdx-dynamic', makeImage('vhdx-dynamic', disk).file],
    ['qcow2', makeImage('qcow2', disk).file],
  ])('%s', (kind, file) => {
    expect(openImage({ device: bufferDevice(file) }).kind).toBe(kind);
  });

  it.each([
    ['a VMDK image', fileWith([0, 'KDMV'])],
    ['a VMDK descriptor', fileWith([0, '# Disk DescriptorFile\nversion=1'])],
    ['a VDI image', fileWith([64, '\x7f\x10\xda\xbe'])],
    ['an EWF (E01) image', fileWith([0, 'EVF\t\r\n\xff\0'])],
    ['an AFF image', fileWith([0, 'AFF10\r\n\0'])],
    ['a WIM image', fileWith([0, 'MSWIM\0\0\0'])],
    ['an Apple disk image', fileWith([64 * 1024 - 512, 'koly\0\0\0\x04'])],
    ['an ISO 9660 image', fileWith([32769, 'CD001'])],
    ['a gzip file', fileWith([0, '\x1f\x8b\x08'])],
    ['a Zstandard file', fileWith([0, '\x28\xb5\x2f\xfd'])],
    ['a ZIP archive', fileWith([0, 'PK\x03\x04'])],
    ['a 7-Zip archive', fileWith([0, '7z\xbc\xaf\x27\x1c'])],
    ['an XZ file', fileWith([0, '\xfd7zXZ\0'])],
    ['a tar archive', fileWith([257, 'ustar'])],
    ['a qcow image of version 1', fileWith([0, 'QFI\xfb\0\0\0\x01'])],
    ['a qcow2 image of version 4', fileWith([0, 'QFI\xfb\0\0\0\x04'])],
  ])('refuses %s by name', (name, file) => {
    expect(() => openImage({ device: bufferDevice(file) })).toThrow(
      expect.objectContaining({
        kind: expect.stringMatching(/^(unsupported|packed|not-recognised)$/),
        message: expect.stringContaining(name),
      }),
    );
  });

  it('says that a LUKS volume is encrypted', () => {
    const device = bufferDevice(fileWith([0, 'LUKS\xba\xbe']));
    expect(() => openImage({ device })).toThrow(expect.objectContaining({ kind: 'encrypted' }));
  });

  it('takes a disk with a boot sector for a disk, even where an ISO once lay on it', () => {
    const device = bufferDevice(fileWith([510, '\x55\xaa'], [32769, 'CD001']));
    expect(openImage({ device }).kind).toBe('raw');
  });

  it('reads a raw file of any length to its last byte, and warns of a ragged end', () => {
    const ragged = openImage({ device: bufferDevice(Buffer.alloc(1000, 7)) });
    expect(ragged.disk.read(990, 10)).toEqual(Buffer.alloc(10, 7));
    expect(ragged.warnings).toEqual([expect.stringContaining('cut short')]);
    expect(openImage({ device: bufferDevice(Buffer.alloc(1)) }).disk.size).toBe(1);
  });

  it('says that an empty file is none', () => {
    expect(() => openImage({ device: bufferDevice(Buffer.alloc(0)) })).toThrow(
      expect.objectContaining({ kind: 'not-recognised', message: 'the file is empty' }),
    );
  });
});
