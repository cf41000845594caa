import { describe, expect, it } from 'vitest';
import { buildNtfs, makeNtfs, type NtfsLiteral } from '../../../../lab/ntfs/index.ts';
import { noise } from '../../../../lab/ntfs/testing/index.ts';
import { FormatError } from '../../errors.ts';
import { memoryDevice } from '../testing/written-volume.ts';
import { openNtfsWriter } from './volume-writer.ts';

const hive = { path: 'hive', data: noise(9000) };
const hiberfil = (head: string) => ({
  path: 'hiberfil.sys',
  data: Buffer.concat([Buffer.from(head), Buffer.alloc(5000)]),
});

function literal(changes: Partial<NtfsLiteral> = {}): NtfsLiteral {
  return { ...changes, files: [hive, ...(changes.files ?? [])] };
}

const states: readonly [string, Buffer, RegExp][] = [
  ['dirty', makeNtfs(literal({ dirty: true })), /marked dirty; .*chkdsk \/f/],
  ['unclean journal', makeNtfs(literal({ journal: 'unclean' })), /\$LogFile.*not closed in good order/],
  [
    'mounted by Windows 8 and later',
    makeNtfs(literal({ journal: 'clean', journalVersion: '2.0' })),
    /\$LogFile/,
  ],
  ['hibernated', makeNtfs(literal({ files: [hiberfil('HIBR')] })), /hibernated.*shutdown \/s \/t 0/],
  [
    'hiberfil.sys of another kind',
    makeNtfs(literal({ files: [hiberfil('what')] })),
    /hiberfil.sys cannot be understood/,
  ],
  ['NTFS 1.2', withVolumeInformation(0x08, [1, 2]), /NTFS 1\.2 is not written/],
  ['NTFS 3.2', withVolumeInformation(0x08, [3, 2]), /NTFS 3\.2 is not written/],
  ['chkdsk under way', withVolumeInformation(0x0a, [0, 0x40]), /chkdsk is under way/],
  ['to be upgraded', withVolumeInformation(0x0a, [4, 0]), /to be upgraded/],
  ['a bad boot sector', withBytes((image) => image.fill(0, 0, 512)), /boot sector is bad/],
  ['sectors of 1024 bytes', withBytes(useSectorsOf1024), /sectors of 1024 bytes/],
  [
    'a bad record of $MFT',
    withBytes((image, at) => image.fill(0, at(2), at(2) + 1024)),
    /file table is damaged/,
  ],
  ['a mirror that differs', withBytes(changeRecord3), /copy in \$MFTMirr/],
];

/** The record of $Volume, whose value of $VOLUME_INFORMATION is changed in both copies. */
function withVolumeInformation(at: number, bytes: readonly number[]): Buffer {
  return withBytes((image) => {
    for (let record = 0; record < image.length; record += 512) {
      if (image.toString('latin1', record, record + 4) !== 'FILE' || image.readUInt32LE(record + 0x2c) !== 3)
        continue;
      const value = valueOffset(image, record, 0x70);
      image.set(bytes, value + at);
    }
  });
}

function withBytes(change: (image: Buffer, recordOffset: (number: number) => number) => void): Buffer {
  const built = buildNtfs(literal());
  change(built.image, built.recordOffset);
  return built.image;
}

function useSectorsOf1024(image: Buffer): void {
  image.writeUInt16LE(1024, 0x0b);
  image.writeUInt8(4, 0x0d);
  image.writeBigUInt64LE(image.readBigUInt64LE(0x28) / 2n, 0x28);
}

function changeRecord3(image: Buffer, recordOffset: (number: number) => number): void {
  image.writeUInt8(0x55, valueOffset(image, recordOffset(3), 0x10));
}

function valueOffset(image: Buffer, record: number, type: number): number {
  let at = record + image.readUInt16LE(record + 0x14);
  while (image.readUInt32LE(at) !== type) at += image.readUInt32LE(at + 4);
  return at + image.readUInt16LE(at + 0x14);
}

describe('a volume that must not be written to', () => {
  it.each(states)('%s', (_, image, expected) => {
    const before = Buffer.from(image);
    const device = memoryDevice(image);
    const writer = openNtfsWriter(device);
    expect(writer.refusals().join('\n')).toMatch(expected);
    for (const act of [() => writer.fileDevice('hive'), () => writer.setSecurity('hive', Buffer.alloc(20))]) {
      expect(act).toThrow(expect.objectContaining({ name: 'FormatError', kind: 'unsupported' }));
    }
    expect(device.writes).toEqual([]);
    expect(image.equals(before)).toBe(true);
  });

  it('under BitLocker cannot be opened, and is told how to be', () => {
    const image = makeNtfs(literal());
    image.write('-FVE-FS-', 3, 'latin1');
    expect(() => openNtfsWriter(memoryDevice(image))).toThrow(/BitLocker.*manage-bde -off/);
  });
});

describe('a volume that may be written to', () => {
  it.each([{}, { journal: 'clean' }, { sectorSize: 4096 }] satisfies Partial<NtfsLiteral>[])('%j', (make) => {
    expect(openNtfsWriter(memoryDevice(makeNtfs(literal(make)))).refusals()).toEqual([]);
  });
});

describe('a file that is not written to', () => {
  const image = makeNtfs(
    literal({
      files: [
        { path: 'compressed', data: Buffer.alloc(200_000, 'a'), layout: 'compressed' },
        { path: 'sparse', data: Buffer.alloc(500_000), layout: 'sparse' },
        { path: 'encrypted', data: noise(9000), layout: 'encrypted' },
        { path: 'link', data: noise(9000), reparse: Buffer.from('0c0000a000000000', 'hex') },
      ],
    }),
  );
  it.each([
    ['compressed', /compressed.*compact \/u/],
    ['sparse', /sparse/],
    ['encrypted', /EFS.*cipher \/d/],
    ['link', /link/],
    ['$MFT', /belongs to NTFS itself/],
    ['$Extend\\$ObjId', /belongs to NTFS itself/],
    ['$Secure', /belongs to NTFS itself/],
    ['', /directory/],
    ['none', /no none on the volume/],
  ])('%s', (path, expected) => {
    const device = memoryDevice(Buffer.from(image));
    const writer = openNtfsWriter(device);
    expect(() => writer.fileDevice(path)).toThrow(expected);
    expect(() => writer.fileDevice(path)).toThrow(FormatError);
    expect(device.writes).toEqual([]);
  });
});
