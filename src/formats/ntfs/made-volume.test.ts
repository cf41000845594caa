import { describe, expect, it } from 'vitest';
import { buildNtfs, type FileLiteral, makeNtfs, type NtfsLiteral } from '../../../lab/ntfs/index.ts';
import { bufferDevice } from '../device.ts';
import { FormatError } from '../errors.ts';
import { descriptorHash, type NtfsVolume, openNtfs } from './index.ts';
import { noise, prose } from './testing/feature-volume.ts';
import { contentOf, pathsOf } from './testing/read-back.ts';

function open(image: Buffer): NtfsVolume {
  return openNtfs(bufferDevice(image));
}

function volumeOf(literal: NtfsLiteral): NtfsVolume {
  return open(makeNtfs(literal));
}

/** A $REPARSE_POINT value of this tag, with some bytes of data. */
function reparsePoint(tag: number): Buffer {
  const value = Buffer.alloc(24);
  value.writeUInt32LE(tag, 0);
  value.writeUInt16LE(16, 4);
  return value;
}

const mixed = Buffer.concat([prose(70_000), Buffer.alloc(140_000), noise(70_000, 1), prose(999)]);
const files: readonly FileLiteral[] = [
  { path: 'one run.bin', data: noise(100_000, 2), layout: 'contiguous' },
  { path: 'pieces.bin', data: noise(400_000, 3), layout: { fragments: 60 } },
  { path: 'sparse.bin', data: mixed, layout: 'sparse' },
  { path: 'streams.txt', data: prose(10), streams: { small: prose(20), large: noise(9000, 5) } },
  { path: 'Program Files\\App\\app.exe', data: noise(5000, 6), shortName: 'APP~1.EXE' },
  { path: 'linked.txt', data: prose(77), links: ['other\\place.txt'] },
  ...Array.from({ length: 300 }, (_, i) => ({ path: `many\\${i} of many names.txt`, data: prose(i) })),
];

describe('volumes of every make', () => {
  it.each<Omit<NtfsLiteral, 'files'>>([
    { clusterSize: 512 },
    { clusterSize: 4096, mftFragments: 7, mftRecords: 400 },
    { clusterSize: 65_536 },
    { clusterSize: 4096, sectorSize: 4096 },
    { clusterSize: 1024, recordSize: 4096 },
  ])('%j', (traits) => {
    const volume = volumeOf({ ...traits, files });
    expect(volume.clusterSize).toBe(traits.clusterSize);
    const expected = files.flatMap(({ path, links }) => [path, ...(links ?? [])]);
    expect(pathsOf(volume.root).sort()).toEqual(expected.sort());
    for (const { path, data, streams, links } of files) {
      for (const name of [path, path.toUpperCase(), ...(links ?? [])]) {
        const file = volume.find(name);
        expect(file && contentOf(file).equals(data ?? Buffer.alloc(0)), name).toBe(true);
      }
      for (const [name, bytes] of Object.entries(streams ?? {})) {
        expect(volume.find(path)?.open(name).read(0, bytes.length).equals(bytes)).toBe(true);
      }
    }
  });

  it.each([512, 1024, 4096])('compressed, clusters of %i bytes', (clusterSize) => {
    const volume = volumeOf({ clusterSize, files: [{ path: 'a', data: mixed, layout: 'compressed' }] });
    expect(volume.find('a')?.isCompressed).toBe(true);
    expect(contentOf(volume.root.entry('a') ?? volume.root).equals(mixed)).toBe(true);
  });

  it('an $MFT of which one piece cannot be found any more: what lies before it is still read', () => {
    const traits = { clusterSize: 1024, mftFragments: 300, mftRecords: 2000 };
    const built = buildNtfs({ ...traits, files: files.slice(0, 6) });
    const extents = built.files.get('$MFT')?.attributes.find(({ type }) => type === 0x80);
    const extension = extents?.records.find((record) => record !== 0) ?? 0;
    expect(extension).toBeGreaterThan(0);
    expect(() => open(built.image).file(built.records - 1)).toThrow(/not in use|begins/);
    built.image.fill(0, built.recordOffset(extension), built.recordOffset(extension) + built.recordSize);
    const volume = open(built.image);
    expect(volume.find('one run.bin')?.size).toBe(100_000);
    expect(() => volume.file(built.records - 1)).toThrow(/or past what can be read of it/);
  });

  it('a file whose run list needs other records', () => {
    const data = noise(3_000_000, 9);
    const built = buildNtfs({ files: [{ path: 'a', data, layout: { fragments: 700 } }] });
    const extents = built.files.get('a')?.attributes.find(({ type }) => type === 0x80);
    expect(extents?.records.length).toBeGreaterThan(1);
    expect(contentOf(open(built.image).file(built.files.get('a')?.record ?? 0)).equals(data)).toBe(true);
  });
});

describe('a file', () => {
  it('is found by its short name, and knows its long one', () => {
    const volume = volumeOf({ files });
    expect(volume.find('program files\\app\\app~1.exe')?.name).toBe('app.exe');
    expect(
      volume
        .find('Program Files\\App')
        ?.entries()
        .map(({ name }) => name),
    ).toEqual(['app.exe']);
  });

  it('is zeros past its valid data length', () => {
    const volume = volumeOf({
      files: [{ path: 'a', data: noise(50_000, 1), initialized: 20_000, layout: 'contiguous' }],
    });
    const expected = Buffer.concat([noise(20_000, 1), Buffer.alloc(30_000)]);
    expect(contentOf(volume.find('a') ?? volume.root).equals(expected)).toBe(true);
  });

  it.each([
    ['WOF', 0x8000_0017],
    ['deduplication', 0x8000_0013],
  ])('whose data is kept by %s is refused by that name', (name, tag) => {
    const file = volumeOf({ files: [{ path: 'a', data: prose(9), reparse: reparsePoint(tag) }] }).find('a');
    expect(file?.reparseTag).toBe(tag);
    expect(() => file?.open()).toThrow(expect.objectContaining({ kind: 'unsupported' }));
    expect(() => file?.open()).toThrow(name);
  });

  it('behind a link is not looked for, and the link itself is found', () => {
    const volume = volumeOf({ files: [{ path: 'Users\\All', reparse: reparsePoint(0xa000_0003) }] });
    expect(volume.find('Users\\All')?.reparseTag).toBe(0xa000_0003);
    expect(() => volume.find('Users\\All\\a')).toThrow(
      expect.objectContaining({ kind: 'unsupported', message: expect.stringContaining('All is a link') }),
    );
  });

  it('in a folder that a filter marks is found', () => {
    const literal = [
      { path: 'cloud', reparse: reparsePoint(0x9000_001a) },
      { path: 'cloud\\a', data: prose(9) },
    ];
    expect(volumeOf({ files: literal }).find('cloud\\a')?.size).toBe(9);
  });

  it('under EFS is refused', () => {
    const file = volumeOf({ files: [{ path: 'a', data: prose(5000), layout: 'encrypted' }] }).find('a');
    expect(file?.isEncrypted).toBe(true);
    expect(() => file?.open()).toThrow(expect.objectContaining({ kind: 'encrypted' }));
  });

  it('has the descriptor that it was given', () => {
    const descriptors = Array.from({ length: 200 }, (_, i) => descriptor(i));
    const volume = volumeOf({
      files: descriptors.map((security, i) => ({ path: `${i}`, data: prose(1), security })),
    });
    for (const [i, expected] of descriptors.entries()) {
      const found = volume.find(`${i}`)?.securityDescriptor();
      expect(found?.equals(expected)).toBe(true);
      expect(descriptorHash(expected)).toBeGreaterThan(0);
    }
  });
});

describe('the state of a volume', () => {
  const hibernated = Buffer.concat([Buffer.from('HIBR'), Buffer.alloc(8188)]);

  it.each<[Omit<NtfsLiteral, 'files'>, object]>([
    [{ journal: 'empty' }, { journal: 'empty' }],
    [{ journal: 'clean' }, { journal: 'clean' }],
    [{ journal: 'unclean' }, { journal: 'unclean' }],
    [{ journal: 'unclean', journalVersion: '2.0' }, { journal: 'unclean' }],
    [{ dirty: true }, { dirty: true }],
  ])('%j', (literal, state) => {
    expect(volumeOf({ ...literal, files: [] }).state()).toMatchObject({
      dirty: false,
      hibernation: 'none',
      ...state,
    });
  });

  it.each([
    ['HIBR', hibernated, 'hibernated'],
    ['zeros', Buffer.alloc(8192), 'none'],
    ['another thing', prose(8192), 'unknown'],
  ])('hiberfil.sys of %s', (_, data, hibernation) => {
    expect(volumeOf({ files: [{ path: 'hiberfil.sys', data }] }).state().hibernation).toBe(hibernation);
  });

  it('is unreadable and unknown where the bytes for it are', () => {
    const built = buildNtfs({ files: [{ path: 'hiberfil.sys', data: hibernated }] });
    for (const number of [2, built.files.get('hiberfil.sys')?.record ?? 0]) {
      built.image.fill(0, built.recordOffset(number), built.recordOffset(number) + built.recordSize);
    }
    const mirror =
      built.files.get('$MFTMirr')?.attributes.find(({ type }) => type === 0x80)?.runs?.[0]?.lcn ?? 0;
    built.image.fill(0, mirror * built.clusterSize, (mirror + 1) * built.clusterSize);
    expect(open(built.image).state()).toMatchObject({ journal: 'unreadable', hibernation: 'unknown' });
  });
});

describe('a hostile attribute list', () => {
  const built = buildNtfs({ files: [{ path: 'a', data: noise(3_000_000, 9), layout: { fragments: 700 } }] });
  const file = built.files.get('a');
  const extensions = (file?.attributes.find(({ type }) => type === 0x80)?.records ?? []).filter(
    (record) => record !== file?.record,
  );

  /** The image with an extension record changed, and the sequence number it had kept out of the way. */
  function withExtension(change: (record: Buffer) => void): NtfsVolume {
    const image = Buffer.from(built.image);
    const at = built.recordOffset(extensions[0] ?? 0);
    change(image.subarray(at, at + built.recordSize));
    return open(image);
  }

  it('cannot lead to a record of another file', () => {
    const volume = withExtension((record) => record.writeUIntLE(5, 0x20, 6));
    expect(() => volume.find('a')?.open()).toThrow(/does not extend it, as its list says/);
  });

  it('cannot lead to a base record, and an extension cannot be opened', () => {
    const volume = withExtension((record) => record.fill(0, 0x20, 0x28));
    expect(() => volume.find('a')?.open()).toThrow(/does not extend it, as its list says/);
    expect(() => open(built.image).file(extensions[0] ?? 0)).toThrow(/only extends file record/);
  });

  it('cannot leave gaps', () => {
    const volume = withExtension((record) => {
      const data = record.readUInt16LE(0x14);
      record.writeUInt32LE(record.readUInt32LE(data + 0x10) + 1, data + 0x10);
    });
    expect(() => volume.find('a')?.open()).toThrow(/extents that do not continue one another/);
  });

  it('cannot name an attribute that is not there', () => {
    const volume = withExtension((record) => {
      record.writeUInt16LE(0x7777, record.readUInt16LE(0x14) + 0x0e);
    });
    expect(() => volume.find('a')?.open()).toThrow(/is not in file record/);
    expect(() => volume.find('a')?.open()).toThrow(FormatError);
  });
});

/** A self-relative descriptor of SYSTEM's with one access entry, its rights by `number`. */
function descriptor(number: number): Buffer {
  const system = '010100000000000512000000';
  const rights = Buffer.alloc(4);
  rights.writeUInt32LE(0x12_0001 + 2 * number);
  const entry = `00001400${rights.toString('hex')}${system}`;
  const header = '01000480300000003c0000000000000014000000';
  return Buffer.from(`${header}02001c0001000000${entry}${system}${system}`, 'hex');
}
