import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildNtfs, makeNtfs } from '../../../../lab/ntfs/index.ts';
import { descriptorOf, noise, sampleFiles } from '../../../../lab/ntfs/testing/index.ts';
import { requireRange } from '../../device.ts';
import { openNtfs } from '../index.ts';
import { featureVolume } from '../testing/packed-volume.ts';
import { contentOf } from '../testing/read-back.ts';
import {
  bytesOf,
  changedPaths,
  memoryDevice,
  numberedDescriptor,
  snapshot,
} from '../testing/written-volume.ts';
import { openNtfsWriter } from './volume-writer.ts';

const MiB = 1024 * 1024;
const SYSTEM = 'Windows\\System32\\config\\SYSTEM';
const now = new Date('2024-05-06T07:08:09.123Z');

function read(image: Buffer, path: string): Buffer {
  const file = openNtfs(memoryDevice(image)).find(path);
  if (file === undefined) throw new Error(`${path} is gone`);
  return contentOf(file);
}

describe.each([512, 4096])('a volume with clusters of %i bytes', (clusterSize) => {
  const files = sampleFiles(clusterSize);
  const made = makeNtfs({ clusterSize, size: 24 * MiB, files });
  const before = snapshot(made);
  const withData = files.flatMap(({ path, data, layout }) =>
    data === undefined || layout === 'sparse' || layout === 'compressed' || /^(many files|twins)/.test(path)
      ? []
      : [path],
  );

  it('is not written to by bytes that it has', () => {
    const device = memoryDevice(made);
    const writer = openNtfsWriter(device, { now });
    for (const path of withData) {
      const file = writer.fileDevice(path);
      file.write(0, bytesOf(file));
      file.grow(file.size);
      const descriptor = openNtfs(device).find(path)?.securityDescriptor();
      if (descriptor !== undefined) writer.setSecurity(path, descriptor);
    }
    expect(device.writes).toEqual([]);
  });

  it('takes bytes in place, in the clusters alone where no time is given', () => {
    const image = Buffer.from(made);
    const device = memoryDevice(image);
    openNtfsWriter(device).fileDevice(SYSTEM).write(100, Buffer.alloc(8, 0xfe));
    expect(device.writes).toHaveLength(1);
    expect(device.writes[0]?.length).toBeLessThanOrEqual(8);
    expect(read(image, SYSTEM).subarray(100, 108)).toEqual(Buffer.alloc(8, 0xfe));
    expect(changedPaths(before, snapshot(image))).toEqual([SYSTEM]);
  });

  it('gives a changed file its time, in its record and under all its names', () => {
    const image = Buffer.from(made);
    openNtfsWriter(memoryDevice(image), { now }).fileDevice('many links').write(0, Buffer.from('?'));
    const names = [
      'many links',
      ...Array.from({ length: 60 }, (_, i) => `links\\the link that has number ${i}`),
    ];
    expect(changedPaths(before, snapshot(image))).toEqual(names.sort());
    expect(openNtfs(memoryDevice(image)).find('many links')?.modified).toEqual(now);
  });

  it('lets each file grow, in its record, in its clusters and beyond, and no other change', () => {
    const image = Buffer.from(made);
    const writer = openNtfsWriter(memoryDevice(image));
    for (const path of withData) {
      const file = writer.fileDevice(path);
      const size = file.size;
      const expected = Buffer.concat([bytesOf(file)], size + 3 * clusterSize + 5000);
      for (const more of [1, 40, 3000, 3 * clusterSize + 5000]) {
        file.grow(size + more);
        expect(bytesOf(file).equals(expected.subarray(0, size + more)), `${path} by ${more}`).toBe(true);
        const tail = noise(Math.min(more, 200), more);
        file.write(size + more - tail.length, tail);
        tail.copy(expected, size + more - tail.length);
      }
      expect(read(image, path).equals(expected), path).toBe(true);
    }
    const names = withData.flatMap((path) => [
      path,
      ...(files.find((file) => file.path === path)?.links ?? []),
    ]);
    expect(changedPaths(before, snapshot(image))).toEqual(names.sort());
  });

  it('gives a file the descriptor of another, by its id', () => {
    const image = Buffer.from(made);
    const device = memoryDevice(image);
    openNtfsWriter(device).setSecurity('resident', descriptorOf(3));
    expect(openNtfs(device).find('resident')?.securityDescriptor()).toEqual(descriptorOf(3));
    expect(changedPaths(before, snapshot(image))).toEqual(['resident']);
    const sectors = new Set(device.writes.map(({ offset }) => Math.floor(offset / 512)));
    expect(sectors.size).toBeLessThanOrEqual(2);
  });

  /** So big, some of them, that they fill more than one block of $SDS. */
  const descriptorFor = (i: number) => (i % 3 === 0 ? descriptorOf(200 + i) : numberedDescriptor(i));

  it('takes hundreds of descriptors that it does not have', () => {
    const image = Buffer.from(made);
    const device = memoryDevice(image);
    const writer = openNtfsWriter(device);
    const paths = Array.from({ length: 100 }, (_, i) => `many files\\${i} of many.log`);
    for (const [i, path] of paths.entries()) writer.setSecurity(path, descriptorFor(i));
    const volume = openNtfs(device);
    for (const [i, path] of paths.entries()) {
      expect(volume.find(path)?.securityDescriptor()?.equals(descriptorFor(i)), path).toBe(true);
    }
    expect(changedPaths(before, snapshot(image))).toEqual(paths.sort());
  });
});

describe('a file of a volume that mkntfs and ntfs-3g wrote', () => {
  const paths = [SYSTEM, 'empty.txt', 'resident.txt', 'fragmented.bin', 'streams.txt'];
  const edits = fc.array(
    fc.record({
      path: fc.constantFrom(...paths),
      grow: fc.nat(9000),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      bytes: fc.uint8Array({ maxLength: 5000 }),
    }),
    { maxLength: 12 },
  );
  const made = featureVolume();
  const before = snapshot(made);
  const untouched = [...before.keys()].filter((path) => !paths.includes(path));

  it('is what a model of it is, whatever is written and grown in whatever order', () => {
    fc.assert(
      fc.property(edits, (sequence) => {
        const image = Buffer.from(made);
        const writer = openNtfsWriter(memoryDevice(image), { now });
        const model = new Map(paths.map((path) => [path, read(made, path)]));
        for (const { path, grow, at, bytes } of sequence) {
          const file = writer.fileDevice(path);
          file.grow(file.size + grow);
          const grown = Buffer.concat([model.get(path) ?? Buffer.alloc(0)], file.size);
          const fitting = bytes.subarray(0, Math.min(bytes.length, file.size));
          const offset = Math.floor(at * (file.size - fitting.length));
          file.write(offset, fitting);
          grown.set(fitting, offset);
          model.set(path, grown);
        }
        for (const [path, bytes] of model) expect(read(image, path).equals(bytes), path).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('leaves all other files as they are', () => {
    const image = Buffer.from(made);
    const writer = openNtfsWriter(memoryDevice(image), { now });
    for (const path of paths) {
      const file = writer.fileDevice(path);
      file.grow(70_000);
      file.write(file.size - 10_000, noise(10_000));
    }
    const changed = changedPaths(before, snapshot(image));
    expect(changed.filter((path) => untouched.includes(path))).toEqual([]);
    expect(changed).toEqual([...paths].sort());
  });

  it('keeps its named streams when it leaves its record', () => {
    const image = Buffer.from(made);
    const file = openNtfsWriter(memoryDevice(image)).fileDevice('streams.txt');
    file.grow(100_000);
    const found = openNtfs(memoryDevice(image)).find('streams.txt');
    expect(
      found
        ?.streams()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['', 'large stream', 'note']);
    expect(found && contentOf(found, 'note').toString()).toBe('a small stream');
  });

  it('refuses what leaves the file', () => {
    const file = openNtfsWriter(memoryDevice(Buffer.from(made))).fileDevice(SYSTEM);
    for (const act of [
      () => file.write(file.size, Buffer.of(1)),
      () => file.read(file.size, 1),
      () => file.write(-1, Buffer.of(1)),
    ]) {
      expect(act).toThrow(expect.objectContaining({ kind: 'damaged' }));
    }
  });
});

describe('what cannot be done is not done by half', () => {
  function expectRefused(
    image: Buffer,
    act: (writer: ReturnType<typeof openNtfsWriter>) => void,
    expected: object,
  ): void {
    const before = Buffer.from(image);
    expect(() => act(openNtfsWriter(memoryDevice(image), { now }))).toThrow(
      expect.objectContaining(expected),
    );
    expect(image.equals(before)).toBe(true);
  }

  it('growth beyond the free clusters', () => {
    const image = makeNtfs({ size: 8 * MiB, files: [{ path: 'hive', data: noise(9000) }] });
    expectRefused(image, (writer) => writer.fileDevice('hive').grow(9 * MiB), {
      kind: 'unsupported',
      message: expect.stringContaining('free space on it'),
    });
    const file = openNtfsWriter(memoryDevice(image)).fileDevice('hive');
    file.grow(6 * MiB);
    expect(
      bytesOf(file)
        .subarray(9000)
        .every((byte) => byte === 0),
    ).toBe(true);
  });

  it('growth into pieces that the record has no room for', () => {
    const built = buildNtfs({ size: 8 * MiB, files: [{ path: 'hive', data: noise(9000) }] });
    const bitmap =
      built.files.get('$Bitmap')?.attributes.find(({ type }) => type === 0x80)?.runs?.[0]?.lcn ?? 0;
    const bits = built.image.subarray(bitmap * built.clusterSize).subarray(0, built.clusters >> 3);
    for (const [at, byte] of bits.entries()) if (byte === 0) bits[at] = 0x55;
    const file = openNtfsWriter(memoryDevice(built.image)).fileDevice('hive');
    file.grow(30 * built.clusterSize);
    expectRefused(built.image, (writer) => writer.fileDevice('hive').grow(600 * built.clusterSize), {
      kind: 'unsupported',
      message: expect.stringMatching(/^file record \d+ has no room.*defragment/),
    });
  });

  it('a descriptor that is none', () => {
    const image = makeNtfs({ files: [{ path: 'hive', data: noise(9000) }] });
    const cut = descriptorOf(3).subarray(0, 30);
    for (const descriptor of [Buffer.alloc(0), Buffer.alloc(76), cut, Buffer.alloc(70_000, 1)]) {
      expectRefused(image, (writer) => writer.setSecurity('hive', descriptor), { kind: 'unsupported' });
    }
  });

  it('a change of a file whose clusters count as free, or whose record is another', () => {
    const built = buildNtfs({ files: [{ path: 'hive', data: noise(9000) }] });
    const file = built.files.get('hive');
    const lcn = file?.attributes.find(({ type }) => type === 0x80)?.runs?.[0]?.lcn ?? 0;
    const bitmap =
      built.files.get('$Bitmap')?.attributes.find(({ type }) => type === 0x80)?.runs?.[0]?.lcn ?? 0;
    const freed = Buffer.from(built.image);
    freed[bitmap * built.clusterSize + (lcn >> 3)] = 0;
    expectRefused(freed, (writer) => writer.fileDevice('hive'), { kind: 'damaged' });
    const renumbered = Buffer.from(built.image);
    renumbered.writeUInt32LE(7777, (file?.recordOffset ?? 0) + 0x2c);
    expectRefused(renumbered, (writer) => writer.fileDevice('hive'), { kind: 'damaged' });
  });

  it('a change that the device below breaks off', () => {
    const image = makeNtfs({ files: [{ path: 'hive', data: noise(9000) }] });
    const device = {
      size: image.length,
      read: (offset: number, length: number) => {
        requireRange(device, offset, length);
        return image.subarray(offset, offset + length);
      },
      write: () => {
        throw new Error('no room on the disk');
      },
    };
    const file = openNtfsWriter(device).fileDevice('hive');
    expect(() => file.write(0, Buffer.from('other'))).toThrow('no room on the disk');
    expect(bytesOf(file).equals(noise(9000))).toBe(true);
  });
});
