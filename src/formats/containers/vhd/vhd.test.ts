import { describe, expect, it } from 'vitest';
import { fuzz } from '../../../../lab/fuzz/fuzz.ts';
import { target } from '../../../../lab/fuzz/targets/vhd.ts';
import { makeImage } from '../../../../lab/images/index.ts';
import { resealedVhd } from '../../../../lab/images/reseal.ts';
import { sampleDisk } from '../../../../lab/images/sample.ts';
import { bufferDevice } from '../../device.ts';
import { type Image, openImage } from '../index.ts';

const disk = sampleDisk(512 * 1024, 11)
  .fill(9, 0, 4096)
  .fill(8, 508 * 1024);
const fixed = makeImage('vhd-fixed', disk).file;
const dynamic = makeImage('vhd-dynamic', disk, { blockSize: 65_536 }).file;

function open(file: Buffer): Image {
  return openImage({ device: bufferDevice(file) });
}

function edited(file: Buffer, edit: (bytes: Buffer) => void): Buffer {
  const bytes = Buffer.from(file);
  edit(bytes);
  return bytes;
}

function holdsDisk(image: Image): boolean {
  return image.disk.size === disk.length && image.disk.read(0, disk.length).equals(disk);
}

describe('a VHD that is not quite whole', () => {
  const end = dynamic.length - 512;

  it.each([
    ['with nothing wrong', dynamic, []],
    ['cut behind its last block', dynamic.subarray(0, end), ['the footer at the end is missing']],
    [
      'with a bad checksum in the last footer',
      edited(dynamic, (bytes) => bytes.writeUInt8(1, end + 300)),
      ['the footer at the end is damaged'],
    ],
    [
      'with a bad checksum in both footers',
      edited(dynamic, (bytes) => bytes.fill(1, 300, 301).fill(1, end + 300, end + 301)),
      ['the footer has a bad checksum'],
    ],
    ['with only the copy damaged', edited(dynamic, (bytes) => bytes.fill(0, 0, 512)), []],
    [
      'that is fixed, with a bad checksum',
      edited(fixed, (bytes) => bytes.writeUInt8(1, disk.length + 300)),
      ['the footer has a bad checksum'],
    ],
    [
      'that is fixed, with a bad checksum and a size that cannot be',
      edited(fixed, (bytes) => bytes.fill(0xff, disk.length + 48, disk.length + 56)),
      ['the footer has a bad checksum', 'the size was taken from the file'],
    ],
  ])('%s is read', (_, file, warnings) => {
    const image = open(file);
    expect(image.warnings).toEqual(warnings.map((warning) => expect.stringContaining(warning)));
    expect(holdsDisk(image)).toBe(true);
  });

  it('is read up to where it was cut', () => {
    const image = open(dynamic.subarray(0, dynamic.length - 40_000));
    expect(image.disk.read(0, 65_536).equals(disk.subarray(0, 65_536))).toBe(true);
    expect(() => image.disk.read(disk.length - 512, 512)).toThrow(/^block 7 at \d+ reaches past the end/);
  });

  it('tells how much of a fixed one is there', () => {
    const grown = resealedVhd(
      edited(fixed, (bytes) => bytes.writeUInt32BE(disk.length * 2, disk.length + 52)),
    );
    const image = open(grown);
    expect(image.warnings).toEqual([
      expect.stringContaining(`only ${disk.length} bytes of ${disk.length * 2}`),
    ]);
    expect(image.disk.read(0, disk.length).equals(disk)).toBe(true);
    expect(() => image.disk.read(disk.length, 512)).toThrow('reaches past the end');
  });
});

describe('a VHD that cannot be read', () => {
  it.each([
    ['bad checksum in the dynamic header', edited(dynamic, (bytes) => bytes.writeUInt8(1, 512 + 60))],
    ['no dynamic header at 4096', withDynamic((footer) => footer.writeUInt32BE(4096, 20))],
    ['lies past the end of the file', withDynamic((footer) => footer.writeUInt32BE(1, 16))],
    ['disk type 9', withDynamic((footer) => footer.writeUInt32BE(9, 60))],
    ['the table has 7 entries', resealedVhd(edited(dynamic, (bytes) => bytes.writeUInt32BE(7, 512 + 28)))],
    ['a block size of 0 bytes', resealedVhd(edited(dynamic, (bytes) => bytes.writeUInt32BE(0, 512 + 32)))],
    [
      'a block size of 3000 bytes',
      resealedVhd(edited(dynamic, (bytes) => bytes.writeUInt32BE(3000, 512 + 32))),
    ],
    [
      'a block size of 2147483648',
      resealedVhd(edited(dynamic, (bytes) => bytes.writeUInt32BE(2 ** 31, 544))),
    ],
    ['the size of the disk is 18446744073709551615', withDynamic((footer) => footer.fill(0xff, 48, 56))],
    ['the footer is cut short', Buffer.from('conectix and no more')],
    ['nothing but a footer', fixed.subarray(disk.length)],
  ])('%s', (message, file) => {
    expect(() => open(file)).toThrow(
      expect.objectContaining({ kind: 'damaged', message: expect.stringContaining(message) }),
    );
  });

  it('says so of a version that is not known', () => {
    const file = withDynamic((footer) => footer.writeUInt32BE(0x2_0000, 12));
    expect(() => open(file)).toThrow(expect.objectContaining({ kind: 'unsupported' }));
  });

  it('says which table entry lies outside the file', () => {
    const file = resealedVhd(edited(dynamic, (bytes) => bytes.writeUInt32BE(0x7fff_0000, 512 + 20)));
    expect(() => open(file).disk.read(0, 512)).toThrow(
      /^the table entry of block 0 at \d+ lies past the end/,
    );
  });

  function withDynamic(edit: (footer: Buffer) => void): Buffer {
    return resealedVhd(
      edited(dynamic, (bytes) => {
        edit(bytes.subarray(0, 512));
        edit(bytes.subarray(bytes.length - 512));
      }),
    );
  }
});

describe('what a differencing VHD says of its parent', () => {
  const parent = { disk, identity: '11111111-2222-4333-8444-555555555555' };

  function pathsOf(file: Buffer): readonly string[] {
    let paths: readonly string[] = [];
    openImage({
      device: bufferDevice(file),
      openParent(reference) {
        paths = reference.paths;
        return { device: bufferDevice(makeImage('vhd-fixed', disk, { identity: parent.identity }).file) };
      },
    });
    return paths;
  }

  it('comes relative path first, then the absolute one, then the bare name', () => {
    const named = { ...parent, relativePath: '..\\é\\p.vhd', absolutePath: 'D:\\é\\p.vhd' };
    const { file } = makeImage('vhd-differencing', disk, { parent: named });
    expect(pathsOf(file)).toEqual(['..\\é\\p.vhd', 'D:\\é\\p.vhd', 'p.vhd']);
  });

  it('comes without what points outside the file', () => {
    const named = { ...parent, relativePath: '.\\p.vhd', absolutePath: 'D:\\p.vhd' };
    const { file } = makeImage('vhd-differencing', disk, { parent: named });
    // The first locator is the absolute path's: its offset is sent beyond the end.
    const broken = resealedVhd(edited(file, (bytes) => bytes.writeUInt32BE(0xffff, 512 + 576 + 16)));
    expect(pathsOf(broken)).toEqual(['.\\p.vhd', 'p.vhd']);
  });

  it('must be something', () => {
    const { file } = makeImage('vhd-differencing', disk, { parent });
    expect(() => open(file)).toThrow('does not name its parent');
  });
});

it('a mutated VHD ends in a disk or a typed error', () => {
  const report = fuzz(target, 500, 1);
  expect(report.read).toBeGreaterThan(50);
  expect(report.refused).toBeGreaterThan(50);
});
