import { describe, expect, it } from 'vitest';
import { corpusFile, describeWithCorpus } from '../../../lab/corpus.ts';
import { BytesPending, bufferDevice, type Device, requireRange } from '../device.ts';
import { isBitLocker, isNtfs, type NtfsVolume, openNtfs } from './index.ts';
import { featureVolume } from './testing/packed-volume.ts';
import { contentOf, differences } from './testing/read-back.ts';

const RECORD_SIZE = 1024;
const SYSTEM = 'Windows\\System32\\config\\SYSTEM';

/** Where a file record begins in the image; the number stands in the record itself. */
function recordOffset(image: Buffer, number: number): number {
  for (let at = 4 * 4096; at < image.length; at += RECORD_SIZE) {
    if (image.toString('latin1', at, at + 4) === 'FILE' && image.readUInt32LE(at + 0x2c) === number) {
      return at;
    }
  }
  throw new Error(`no file record ${number}`);
}

/** Where an attribute begins in the image. */
function attributeOffset(image: Buffer, number: number, type: number): number {
  const record = recordOffset(image, number);
  let at = record + image.readUInt16LE(record + 0x14);
  while (image.readUInt32LE(at) !== type) at += image.readUInt32LE(at + 4);
  return at;
}

/** Where an index block begins that has children and names beginning so. */
function branchBlock(image: Buffer, name: string): number {
  for (let at = 0; at < image.length; at += 4096) {
    const isBranch = image.toString('latin1', at, at + 4) === 'INDX' && image[at + 0x18 + 0x0c] === 1;
    if (isBranch && image.subarray(at, at + 4096).includes(name, 0, 'utf16le')) return at;
  }
  throw new Error(`no index block with children and names like ${name}`);
}

function open(image: Buffer): NtfsVolume {
  return openNtfs(bufferDevice(image));
}

function numberOf(image: Buffer, path: string): number {
  return open(image).find(path)?.recordNumber ?? 0;
}

describe('a volume of mkntfs and ntfs-3g', () => {
  const image = featureVolume();
  const volume = open(image);

  it('is read to the last byte of every stream', () => {
    expect(differences(volume)).toEqual([]);
  });

  it('says what it is', () => {
    expect(isNtfs(bufferDevice(image))).toBe(true);
    expect(isBitLocker(bufferDevice(image))).toBe(false);
    expect([volume.clusterSize, volume.recordSize, volume.label()]).toEqual([4096, RECORD_SIZE, 'Features']);
    expect(volume.size).toBe(image.length - 512);
    expect(volume.version()).toEqual({ major: 3, minor: 1 });
    expect(volume.state()).toEqual({ dirty: false, journal: 'empty', hibernation: 'none' });
    expect(volume.serialNumber).toBe(image.readBigUInt64LE(0x48));
  });

  it.each([
    ['', '.'],
    [SYSTEM, 'SYSTEM'],
    ['wInDoWs\\system32\\CONFIG\\system', 'SYSTEM'],
    ['\\Windows\\', 'Windows'],
    ['NAMES\\åÄÖ Ÿ ωMEGA Ж.TXT', 'Åäö ÿ Ωmega ж.txt'],
    ['Windows\\System', undefined],
    ['Windows\\System32\\config\\SYSTEM\\more', undefined],
    ['no such\\thing', undefined],
  ])('finds %j as %j', (path, name) => {
    expect(volume.find(path)?.name).toBe(name);
  });

  it('tells packed, sparse and plain files apart', () => {
    const traits = (path: string) => {
      const file = volume.find(path);
      return [file?.isDirectory, file?.isCompressed, file?.isSparse, file?.isEncrypted, file?.reparseTag];
    };
    expect(traits('packed\\mixed.bin')).toEqual([false, true, false, false, undefined]);
    expect(traits('sparse.bin')).toEqual([false, false, true, false, undefined]);
    expect(traits(SYSTEM)).toEqual([false, false, false, false, undefined]);
    expect(traits('packed')).toEqual([true, true, false, false, undefined]);
  });

  it('gives the descriptor that was set, and a copy of it', () => {
    const descriptor = volume.find('Windows')?.securityDescriptor();
    expect(descriptor?.length).toBe(92);
    descriptor?.fill(0);
    expect(volume.find('windows')?.securityDescriptor()?.readUInt16LE(2)).toBe(0x8004);
  });

  it('reads any range as it reads the whole', () => {
    for (const path of ['packed\\mixed.bin', 'fragmented.bin', 'sparse.bin']) {
      const device = volume.find(path)?.open() as Device;
      const whole = device.read(0, device.size);
      for (const offset of [0, 1, 4095, 65_535, 65_536, 131_071, device.size - 9]) {
        for (const length of [0, 1, 2, 4096, 70_000]) {
          const taken = Math.min(length, device.size - offset);
          expect(device.read(offset, taken).equals(whole.subarray(offset, offset + taken))).toBe(true);
        }
      }
      expect(() => device.read(device.size, 1)).toThrow(expect.objectContaining({ kind: 'damaged' }));
    }
  });

  it('refuses to open a directory, or a stream that is not there', () => {
    expect(() => volume.root.open()).toThrow(expect.objectContaining({ kind: 'unsupported' }));
    expect(() => volume.find(SYSTEM)?.open('none')).toThrow(/has no stream named "none"/);
    expect(() => volume.find(SYSTEM)?.entries()).toThrow(/is not a directory/);
  });
});

describe('bytes that have yet to come', () => {
  /** A device that has a block only after it was asked for it. */
  function remoteDevice(image: Buffer): { readonly device: Device; rounds(question: () => unknown): number } {
    const here = new Set<number>();
    const device: Device = {
      size: image.length,
      read(offset, length) {
        requireRange(device, offset, length);
        for (let block = offset >> 16; block <= (offset + length - 1) >> 16; block++) {
          if (here.has(block)) continue;
          here.add(block);
          throw new BytesPending();
        }
        return image.subarray(offset, offset + length);
      },
    };
    const rounds = (question: () => unknown) => {
      for (let round = 1; ; round++) {
        try {
          question();
          return round;
        } catch (error) {
          if (!(error instanceof BytesPending)) throw error;
        }
      }
    };
    return { device, rounds };
  }

  it('pass through, and are asked for along the path only', () => {
    const { device, rounds } = remoteDevice(featureVolume());
    expect(rounds(() => openNtfs(device).find(SYSTEM)?.recordNumber)).toBeLessThanOrEqual(6);
  });

  it('make no answer another one', () => {
    const { device, rounds } = remoteDevice(featureVolume());
    rounds(() => expect(openNtfs(device).state().journal).toBe('empty'));
    rounds(() => expect(differences(openNtfs(device))).toEqual([]));
  });
});

describe('a damaged volume', () => {
  it('is opened by its backup boot sector', () => {
    const image = featureVolume();
    image.fill(0, 0, 512);
    expect(isNtfs(bufferDevice(image))).toBe(true);
    expect(differences(open(image))).toEqual([]);
    image.set(featureVolume().subarray(0, 512));
    image[0x0d] = 3;
    expect(open(image).clusterSize).toBe(4096);
  });

  it('is no NTFS volume once another boot sector has replaced the first', () => {
    const image = featureVolume();
    image.fill(0, 0, 510);
    image.write('MSDOS5.0', 3);
    expect(isNtfs(bufferDevice(image))).toBe(false);
    expect(() => open(image)).toThrow(expect.objectContaining({ kind: 'not-recognised' }));
  });

  it.each([
    ['-FVE-FS-', ''],
    ['MSWIN4.1', '3bd66749292ed84a8399f6a339e3d001'],
  ])('is refused as encrypted where its boot sector says BitLocker (%s)', (oemId, guid) => {
    const image = featureVolume();
    image.write(oemId, 3);
    Buffer.from(guid, 'hex').copy(image, 0x1a8);
    expect(isBitLocker(bufferDevice(image))).toBe(true);
    expect(() => open(image)).toThrow(expect.objectContaining({ kind: 'encrypted' }));
  });

  it.each([0, 3])('falls back to $MFTMirr for file record %i', (number) => {
    const image = featureVolume();
    image.fill(0, recordOffset(image, number), recordOffset(image, number) + RECORD_SIZE);
    expect(open(image).label()).toBe('Features');
    expect(open(image).state().dirty).toBe(false);
  });

  it('shows the flag that has Windows check it', () => {
    const image = featureVolume();
    const information = attributeOffset(image, 3, 0x70);
    image[information + image.readUInt16LE(information + 0x14) + 0x0a] = 1;
    expect(open(image).state().dirty).toBe(true);
  });

  it('keeps its other files where one record was written in part', () => {
    const image = featureVolume();
    const number = numberOf(image, SYSTEM);
    image.writeUInt16LE(0xdead, recordOffset(image, number) + 510);
    expect(() => open(image).find(SYSTEM)).toThrow(`file record ${number} was written only in part`);
    expect(open(image).find('Windows\\System32\\config\\SOFTWARE')?.size).toBe(4096);
  });

  it.each([
    ['a run past the volume’s end', '4118ffffff0f', /on a volume of 1023$/],
    ['a run before the volume', '1118ff', /has a run of 24 clusters at -1/],
    ['a run list that holds less than the file', '110110', /of which the run list holds 4096$/],
    ['a run list of nonsense', 'ffffff', /a run list that cannot be read$/],
  ])('refuses %s', (_, pairs, message) => {
    const image = featureVolume();
    const data = attributeOffset(image, numberOf(image, SYSTEM), 0x80);
    const at = data + image.readUInt16LE(data + 0x20);
    Buffer.from(`${pairs}00`, 'hex').copy(image, at);
    expect(() => open(image).find(SYSTEM)?.open()).toThrow(message);
  });

  it('refuses a name whose record was given to another file', () => {
    const image = featureVolume();
    const at = recordOffset(image, numberOf(image, SYSTEM)) + 0x10;
    image.writeUInt16LE(image.readUInt16LE(at) + 1, at);
    expect(() => open(image).find(SYSTEM)).toThrow(/now belongs to another file/);
  });

  it('refuses an index that runs in a circle', () => {
    const image = featureVolume();
    const block = branchBlock(image, 'file number');
    const first = block + 0x18 + image.readUInt32LE(block + 0x18);
    const second = first + image.readUInt16LE(first + 8);
    const childOf = (entry: number) => entry + image.readUInt16LE(entry + 8) - 8;
    image.copy(image, childOf(second), childOf(first), childOf(first) + 8);
    expect(() => open(image).find('many')?.entries()).toThrow(/an index that runs in a circle/);
  });

  it('refuses EFS by name', () => {
    const image = featureVolume();
    const data = attributeOffset(image, numberOf(image, SYSTEM), 0x80);
    image.writeUInt16LE(0x4000, data + 0x0c);
    expect(open(image).find(SYSTEM)?.isEncrypted).toBe(true);
    expect(() => open(image).find(SYSTEM)?.open()).toThrow(expect.objectContaining({ kind: 'encrypted' }));
  });

  it('reads zeros past the valid data length', () => {
    const image = featureVolume();
    const data = attributeOffset(image, numberOf(image, SYSTEM), 0x80);
    const file = open(image).find(SYSTEM);
    const before = file && contentOf(file);
    image.writeUInt32LE(5000, data + 0x38);
    const after = open(image).find(SYSTEM);
    const expected = Buffer.concat([before?.subarray(0, 5000) ?? Buffer.alloc(0), Buffer.alloc(45_000)]);
    expect(after && contentOf(after).equals(expected)).toBe(true);
  });

  it('does not ask for the memory that a size claims', () => {
    const image = featureVolume();
    const data = attributeOffset(image, numberOf(image, 'sparse.bin'), 0x80);
    const at = data + image.readUInt16LE(data + 0x20);
    Buffer.from('06ffffffff0f0000', 'hex').copy(image, at);
    image.writeBigUInt64LE(2n ** 47n, data + 0x30);
    const device = open(image).find('sparse.bin')?.open() as Device;
    expect(device.size).toBe(2 ** 47);
    expect(device.read(2 ** 46, 4)).toEqual(Buffer.alloc(4));
    expect(() => device.read(0, 2 ** 40)).toThrow(expect.objectContaining({ kind: 'unsupported' }));
  });
});

describeWithCorpus('a Windows volume with alternate streams', () => {
  it('is read', () => {
    const volume = open(corpusFile('images/ntfs-ads.dd'));
    expect(volume.label()).toBe('Charlie');
    expect(volume.state()).toEqual({ dirty: false, journal: 'clean', hibernation: 'none' });
    const file = volume.find('nine.TXT');
    expect(file?.modified.toISOString()).toBe('2023-06-23T02:16:17.972Z');
    expect(file?.streams().length).toBe(4);
    expect(file?.securityDescriptor()?.length).toBe(172);
  });
});
