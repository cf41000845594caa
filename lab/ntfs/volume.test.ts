import { describe, expect, it } from 'vitest';
import { bufferDevice } from '../../src/formats/device.ts';
import { openNtfs } from '../../src/formats/ntfs/index.ts';
import { buildNtfs, type FileLiteral, makeNtfs, type NtfsLiteral, writeNtfs } from './index.ts';
import { contentOf, isDataFile, noise, prose, sampleFiles } from './testing/index.ts';

describe('a literal', () => {
  it('makes the same volume every time, whole or in pieces', () => {
    const literal = { files: sampleFiles(512), clusterSize: 512, mftFragments: 3 };
    const image = makeNtfs(literal);
    const pieces = Buffer.alloc(image.length);
    const { size } = writeNtfs(literal, { write: (offset, bytes) => void bytes.copy(pieces, offset) });
    expect(size).toBe(image.length);
    expect(pieces.equals(image)).toBe(true);
  });

  it('makes a volume of gigabytes out of a few megabytes', () => {
    let written = 0;
    const literal = { size: 10 * 2 ** 30, files: [{ path: 'a', data: prose(5000) }] };
    const { size } = writeNtfs(literal, {
      write(_, bytes) {
        written += bytes.length;
      },
    });
    expect(size).toBe(10 * 2 ** 30);
    expect(written).toBeLessThan(8 * 2 ** 20);
  });

  it.each<[string, Omit<NtfsLiteral, 'files'>, readonly FileLiteral[]]>([
    ['no cluster size', { clusterSize: 3000 }, []],
    ['no cluster size', { clusterSize: 256 }, []],
    ['bigger than a cluster', { clusterSize: 512, sectorSize: 4096 }, []],
    ['no whole sectors', { size: 1_000_001 }, []],
    ['more than the', { size: 512 * 1024 }, []],
    ['more than the', { size: 2 ** 20 }, [{ path: 'a', data: noise(2 ** 20) }]],
    ['cannot be compressed', { clusterSize: 8192 }, [{ path: 'a', data: noise(9), layout: 'compressed' }]],
    [
      'is there twice',
      {},
      [
        { path: 'a', data: noise(9) },
        { path: 'a', data: noise(9) },
      ],
    ],
    [
      'is no folder',
      {},
      [
        { path: 'a', data: noise(9) },
        { path: 'A\\b', data: noise(9) },
      ],
    ],
    ['is no 8.3 name', {}, [{ path: 'a', data: noise(9), shortName: 'long name.text' }]],
    ['no file name', {}, [{ path: 'x'.repeat(256), data: noise(9) }]],
    ['needs a name', {}, [{ path: '\\', data: noise(9) }]],
    ['cannot lie in', { mftFragments: 9000 }, []],
  ])('that cannot be: %s', (message, traits, files) => {
    expect(() => makeNtfs({ ...traits, files })).toThrow(message);
  });
});

describe('a built volume', () => {
  const built = buildNtfs({ files: sampleFiles(4096), mftFragments: 30, mftRecords: 2000 });

  it('says where each record and each attribute lies', () => {
    for (const [name, file] of built.files) {
      expect(built.image.toString('latin1', file.recordOffset, file.recordOffset + 4), name).toBe('FILE');
      expect(built.image.readUInt32LE(file.recordOffset + 0x2c)).toBe(file.record);
      expect(built.image.readUInt16LE(file.recordOffset + 0x10)).toBe(file.sequence);
      for (const { type, headerOffsets, records } of file.attributes) {
        expect(headerOffsets).toHaveLength(records.length);
        for (const offset of headerOffsets) expect(built.image.readUInt32LE(offset), name).toBe(type);
      }
    }
  });

  it('says where each cluster lies', () => {
    const file = sampleFiles(4096).find(({ path }) => path === 'in pieces');
    const attribute = built.files.get('in pieces')?.attributes.find(({ type }) => type === 0x80);
    const runs = attribute?.runs ?? [];
    const bytes = runs.map(({ lcn, clusters }) => {
      const start = (lcn ?? 0) * built.clusterSize;
      return built.image.subarray(start, start + clusters * built.clusterSize);
    });
    expect(runs).toHaveLength(250);
    expect(runs.every(({ lcn }, index) => lcn !== (runs[index - 1]?.lcn ?? -9) + 1)).toBe(true);
    expect(
      Buffer.concat(bytes)
        .subarray(0, file?.data?.length)
        .equals(file?.data ?? noise(1)),
    ).toBe(true);
  });

  it('spills run lists, names and streams into records of their own', () => {
    const spilt = (name: string, type: number): number[] => [
      ...new Set(
        built.files
          .get(name)
          ?.attributes.filter((each) => each.type === type)
          .flatMap(({ records }) => records),
      ),
    ];
    expect(spilt('in pieces', 0x80).length).toBeGreaterThan(1);
    expect(spilt('many links', 0x30).length).toBeGreaterThan(5);
    expect(spilt('many streams', 0x80).length).toBeGreaterThan(2);
    expect(built.files.get('in pieces')?.attributes.some(({ type }) => type === 0x20)).toBe(true);
  });

  it('ends with a copy of its boot sector', () => {
    expect(built.image.subarray(-512).equals(built.image.subarray(0, 512))).toBe(true);
    expect(built.image.readBigUInt64LE(0x28)).toBe(BigInt(built.size / 512 - 1));
  });
});

describe('what a reader finds', () => {
  it.each([1, 2, 3, 100, 1500])('an $MFT in %i pieces', (mftFragments) => {
    const built = buildNtfs({ mftFragments, files: [{ path: 'Folder\\File', data: prose(70) }] });
    const mft = built.files.get('$MFT')?.attributes.find(({ type }) => type === 0x80);
    expect(mft?.runs).toHaveLength(mftFragments);
    const file = openNtfs(bufferDevice(built.image)).find('folder\\file');
    expect(file?.open().read(0, 70).equals(prose(70))).toBe(true);
  });

  it.each([512, 4096, 65_536])('every file, in clusters of %i bytes', (clusterSize) => {
    const files = sampleFiles(clusterSize);
    const volume = openNtfs(bufferDevice(makeNtfs({ clusterSize, files })));
    const folded = (file: FileLiteral): boolean => !file.path.startsWith('twins');
    for (const file of files.filter(isDataFile).filter(folded)) {
      for (const name of [file.path, ...(file.links ?? [])]) {
        const found = volume.find(name)?.open();
        expect(found?.read(0, found.size).equals(contentOf(file)), name).toBe(true);
      }
    }
  });
});
