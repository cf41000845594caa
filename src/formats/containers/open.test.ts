import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ImageOptions, type MadeImage, makeImage } from '../../../lab/images/index.ts';
import { changedDisk, sampleDisk } from '../../../lab/images/sample.ts';
import { BytesPending, bufferDevice, type Device } from '../device.ts';
import { FormatError } from '../errors.ts';
import { type ImageFile, type ImageKind, openImage, type ParentReference } from './index.ts';

const base = sampleDisk(2 * 2 ** 20, 2);
const later = changedDisk(base, 3);
const latest = changedDisk(later, 4);

const ids = ['11111111-2222-4333-8444-000000000001', '11111111-2222-4333-8444-000000000002'] as const;
const parentOf = (disk: Buffer, identity: string, name: string) => ({
  disk,
  identity,
  relativePath: `.\\${name}`,
  absolutePath: `C:\\disks\\${name}`,
});

const vhdChain = {
  a: makeImage('vhd-dynamic', base, { identity: ids[0] }),
  b: makeImage('vhd-differencing', later, { identity: ids[1], parent: parentOf(base, ids[0], 'a') }),
  c: makeImage('vhd-differencing', latest, { parent: parentOf(later, ids[1], 'b') }),
};
const vhdxChain = {
  a: makeImage('vhdx-dynamic', base, { identity: ids[0], log: 'pending' }),
  b: makeImage('vhdx-differencing', later, { identity: ids[1], parent: parentOf(base, ids[0], 'a') }),
  c: makeImage('vhdx-differencing', latest, { log: 'wrapped', parent: parentOf(later, ids[1], 'b') }),
};
const qcow2Chain = {
  a: makeImage('raw', base),
  b: makeImage('qcow2', later, { backing: { path: 'a', format: 'raw', disk: base }, compression: 'zstd' }),
  c: makeImage('qcow2', latest, { backing: { path: 'b', disk: later }, extendedL2: true }),
};

type Files = Readonly<Record<string, MadeImage>>;

/** A file among others, which are found by the last part of their path. */
function fileIn(files: Files, name: string, asked: ParentReference[] = []): ImageFile {
  return {
    device: bufferDevice(files[name]?.file ?? Buffer.alloc(0)),
    openParent(reference) {
      asked.push(reference);
      return fileIn(files, reference.paths[0]?.replace(/^.*[\\/]/, '') ?? '', asked);
    },
  };
}

function errorOf(open: () => unknown): FormatError {
  try {
    open();
  } catch (error) {
    if (error instanceof FormatError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('reading any range of a disk', () => {
  const kinds: readonly (readonly [name: string, files: Files, top: string, disk: Buffer])[] = [
    ['vhd-fixed', { a: makeImage('vhd-fixed', base) }, 'a', base],
    ['vhd-dynamic', { a: makeImage('vhd-dynamic', base, { blockSize: 4096 }) }, 'a', base],
    ['vhd-differencing', vhdChain, 'c', latest],
    ['vhdx-fixed', { a: makeImage('vhdx-fixed', base) }, 'a', base],
    ['vhdx-dynamic', { a: makeImage('vhdx-dynamic', base, { sectorSize: 4096 }) }, 'a', base],
    ['vhdx-differencing', vhdxChain, 'c', latest],
    ['qcow2', qcow2Chain, 'c', latest],
  ];

  it.each(kinds)('%s', (_, files, top, disk) => {
    const image = openImage(fileIn(files, top));
    expect(image.disk.size).toBe(disk.length);
    expect(image.disk.read(0, disk.length).equals(disk)).toBe(true);
    const range = fc.tuple(fc.nat(disk.length - 1), fc.nat(70_000));
    fc.assert(
      fc.property(range, ([offset, wanted]) => {
        const length = Math.min(wanted, disk.length - offset);
        return image.disk.read(offset, length).equals(disk.subarray(offset, offset + length));
      }),
      { numRuns: 300 },
    );
  });

  /** Every page arrives one round after it was first asked for. */
  function slowDevice(file: Buffer): { device: Device; arrive: () => void } {
    const here = new Set<number>();
    const wanted = new Set<number>();
    const device: Device = {
      size: file.length,
      read(offset, length) {
        for (let page = Math.floor(offset / 65_536); page * 65_536 < offset + length; page++) {
          if (!here.has(page)) wanted.add(page);
        }
        if (wanted.size > 0) throw new BytesPending();
        return file.subarray(offset, offset + length);
      },
    };
    const arrive = (): void => {
      for (const page of wanted) here.add(page);
      wanted.clear();
    };
    return { device, arrive };
  }

  it.each([
    ['vhd-dynamic', {}, 3],
    ['vhdx-dynamic', { log: 'pending' }, 7],
    ['qcow2', { clusterBits: 12, compression: 'deflate' }, 5],
  ] as const)('%s comes together in a few rounds where bytes lie far away', (kind, options, rounds) => {
    const { device, arrive } = slowDevice(
      makeImage(kind as ImageKind, base, options as ImageOptions['raw']).file,
    );
    const ask = (): Buffer | undefined => {
      try {
        return openImage({ device }).disk.read(1000, 1_000_000);
      } catch (error) {
        if (!(error instanceof BytesPending)) throw error;
        arrive();
        return undefined;
      }
    };
    let taken = 1;
    let answer = ask();
    for (; !answer && taken < 100; taken++) answer = ask();
    expect(answer?.equals(base.subarray(1000, 1_001_000))).toBe(true);
    expect(taken).toBeLessThanOrEqual(rounds);
  });
});

describe('following parents', () => {
  it.each([
    ['vhd', vhdChain],
    ['vhdx', vhdxChain],
  ] as const)('%s: asks for them by all their paths and their identity', (format, files) => {
    const asked: ParentReference[] = [];
    const image = openImage(fileIn(files, 'c', asked));
    expect(asked).toEqual([
      { format, paths: expect.arrayContaining(['.\\b', 'C:\\disks\\b']), identity: ids[1] },
      { format, paths: expect.arrayContaining(['.\\a', 'C:\\disks\\a']), identity: ids[0] },
    ]);
    expect(image.kind).toBe(`${format}-differencing`);
    expect(image.parent?.parent?.kind).toBe(`${format}-dynamic`);
    expect(image.parent?.parent?.parent).toBeUndefined();
    expect(image.parent?.disk.read(0, later.length).equals(later)).toBe(true);
  });

  it('qcow2: passes on the path and the format as they are stored', () => {
    const asked: ParentReference[] = [];
    openImage(fileIn(qcow2Chain, 'c', asked));
    expect(asked).toEqual([
      { format: 'qcow2', paths: ['b'], identity: undefined },
      { format: 'qcow2', paths: ['a'], identity: undefined, parentFormat: 'raw' },
    ]);
  });

  it('takes a parent that is said to be raw for raw, whatever its guest wrote into it', () => {
    const disk = Buffer.from(base);
    disk.write('QFI\xfb\0\0\0\x03', 0, 'latin1');
    const child = changedDisk(disk.fill(1, 512, 1024), 9);
    disk.copy(child, 0, 0, 65_536);
    const files = {
      a: makeImage('raw', disk),
      b: makeImage('qcow2', child, { backing: { path: 'a', format: 'raw', disk } }),
    };
    const image = openImage(fileIn(files, 'b'));
    expect(image.parent?.kind).toBe('raw');
    expect(image.disk.read(0, child.length).equals(child)).toBe(true);
  });

  it.each([
    ['vhd', vhdChain],
    ['vhdx', vhdxChain],
    ['qcow2', qcow2Chain],
  ] as const)('%s: says so where parents are not followed', (_, files) => {
    const error = errorOf(() => openImage({ device: bufferDevice(files.b.file) }));
    expect(error.kind).toBe('parent-not-followed');
    expect(error.message).toContain('a"');
  });

  it.each([
    ['vhd', { ...vhdChain, a: makeImage('vhd-dynamic', base, { identity: ids[1] }) }],
    ['vhdx', { ...vhdxChain, a: makeImage('vhdx-dynamic', base, { identity: ids[1] }) }],
  ])('%s: refuses another file in place of the parent, and says which was expected and found', (_, files) => {
    const error = errorOf(() => openImage(fileIn(files, 'b')));
    expect(error.kind).toBe('parent-missing');
    expect(error.message).toContain(`expected ${ids[0]}, found ${ids[1]}`);
  });

  it.each([
    ['vhd', { ...vhdChain, a: makeImage('raw', base) }, 'expected vhd, found raw'],
    ['vhdx', { ...vhdxChain, a: makeImage('vhd-fixed', base) }, 'expected vhdx, found vhd-fixed'],
    [
      'qcow2',
      {
        a: makeImage('raw', base),
        b: makeImage('qcow2', later, { backing: { path: 'a', format: 'qcow2', disk: base } }),
      },
      'expected qcow2, found raw',
    ],
  ])('%s: refuses a parent of another format', (_, files, message) => {
    expect(errorOf(() => openImage(fileIn(files, 'b')))).toMatchObject({
      kind: 'parent-missing',
      message: expect.stringContaining(message),
    });
  });

  it('says which file of a chain is damaged', () => {
    const files = { ...vhdxChain, a: { file: vhdxChain.a.file.subarray(0, 100_000), identity: ids[0] } };
    expect(errorOf(() => openImage(fileIn(files, 'c'))).message).toMatch(/^parent ".\\\\a": /);
  });

  it('ends where a file is its own parent', () => {
    const backing = { path: 'a', format: 'qcow2', disk: base };
    const files = { a: makeImage('qcow2', base.subarray(0, 4096), { backing }) };
    expect(errorOf(() => openImage(fileIn(files, 'a')))).toMatchObject({
      kind: 'damaged',
      message: expect.stringContaining('goes in a circle'),
    });
  });

  it('reads zeros where a child is longer than its parent', () => {
    const short = sampleDisk(100 * 512, 8);
    const long = Buffer.concat([short, Buffer.alloc(1000 * 512)]);
    const files = {
      a: makeImage('vhd-dynamic', short, { identity: ids[0] }),
      b: makeImage('vhd-differencing', long, { parent: parentOf(short, ids[0], 'a') }),
    };
    expect(openImage(fileIn(files, 'b')).disk.read(0, long.length).equals(long)).toBe(true);
  });
});
