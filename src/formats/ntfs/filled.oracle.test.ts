import { mkdirSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { runOracle } from '../../../lab/oracle.ts';
import { bufferDevice, type Device } from '../device.ts';
import { descriptorHash, openNtfs, sdsEntries } from './index.ts';
import { noise } from './testing/feature-volume.ts';
import {
  describeWithMount,
  extendedAttributes,
  makeVolume,
  setExtendedAttributes,
  withVolume,
} from './testing/mounted-volume.ts';
import { contentOf } from './testing/read-back.ts';

const MiB = 1024 * 1024;

describeWithMount('volumes that ntfs-3g filled', ['icat', 'istat'], () => {
  it('finds each of 5,000 files in one directory, reading only the blocks on the way', () => {
    const names = Array.from({ length: 5000 }, (_, i) => `${(i * 7919) % 5000} ${'é'.repeat(i % 20)}.txt`);
    const image = makeVolume({
      sizeInBytes: 24 * MiB,
      fill: (folder) => {
        for (const name of names) writeFileSync(path.join(folder, name), name);
      },
    });
    const counted = countingDevice(bufferDevice(image));
    const volume = openNtfs(counted.device);
    const listed = volume.root.entries().filter(({ name }) => name.endsWith('.txt'));
    expect(listed.map(({ name }) => name).sort()).toEqual([...names].sort());
    volume.find('ö'); // $UpCase is read once
    for (const name of names) {
      const before = counted.reads();
      expect(volume.find(name.toUpperCase())?.name).toBe(name);
      expect(counted.reads() - before).toBeLessThanOrEqual(5);
    }
    expect(volume.find('5000 .txt')).toBeUndefined();
    for (const prefix of ['4', '123', '4999 É', '777 éé', '9999']) {
      const wanted = volume.root.entries().filter(({ name }) => name.startsWith(prefix.toLowerCase()));
      const before = counted.reads();
      expect(volume.root.entriesFrom(prefix)).toEqual(wanted);
      expect(counted.reads() - before).toBeLessThanOrEqual(3 + Math.ceil(wanted.length / 10));
    }
  });

  it('says of a directory that grew and was thinned out what is there and what is not', () => {
    const names = Array.from({ length: 3000 }, (_, i) => `${(i * 7919) % 3000}${'é'.repeat(i % 9)}`);
    const lasting = {
      few: names.filter((_, i) => i % 500 === 0),
      many: names.filter((_, i) => i % 2 === 0),
      none: [],
    };
    const growAndThin = (folder: string) => {
      for (const [directory, kept] of Object.entries(lasting)) {
        mkdirSync(path.join(folder, directory));
        for (const name of names) writeFileSync(path.join(folder, directory, name), '');
        const left: ReadonlySet<string> = new Set(kept);
        for (const name of names) if (!left.has(name)) unlinkSync(path.join(folder, directory, name));
      }
    };
    const volume = openNtfs(bufferDevice(makeVolume({ sizeInBytes: 24 * MiB, fill: growAndThin })));
    for (const [directory, kept] of Object.entries(lasting)) {
      const found = volume.find(directory);
      expect(
        found
          ?.entries()
          .map(({ name }) => name)
          .sort(),
      ).toEqual([...kept].sort());
      expect(names.filter((name) => found?.entry(name) !== undefined)).toEqual(kept);
    }
  });

  it('reads an MFT in so many pieces that it needs an attribute list', () => {
    let newest = 0;
    const fillAndFree = (folder: string) => {
      const held = untilFull((i) => writeFileSync(path.join(folder, `held ${i}`), noise(1000, 1)));
      for (let i = 0; i < held; i += 2) unlinkSync(path.join(folder, `held ${i}`));
      newest = untilFull((i) => writeFileSync(path.join(folder, `new ${i}`), `content ${i}`));
      rmSync(path.join(folder, `new ${newest}`), { force: true });
    };
    const recipe = { sizeInBytes: 8 * MiB, mkntfs: ['-c', '1024'], fill: fillAndFree };
    withVolume(recipe, (image) => {
      expect(runOracle('istat', [image, '0']).includes('$ATTRIBUTE_LIST')).toBe(true);
      const volume = openNtfs(bufferDevice(readFileSync(image)));
      expect(newest).toBeGreaterThan(1000);
      for (let i = 0; i < newest; i++) {
        const file = volume.find(`new ${i}`);
        expect(file && contentOf(file).toString()).toBe(`content ${i}`);
      }
      expect(contentOf(volume.file(0)).equals(runOracle('icat', [image, '0']))).toBe(true);
    });
  });

  it('reads the descriptors that ntfs-3g reports, shared ones and single ones', () => {
    const files = Array.from({ length: 400 }, (_, i) => `${i}.txt`);
    let reported: Buffer[] = [];
    const withSecurity = (folder: string) => {
      const places = files.map((file) => path.join(folder, file));
      for (const place of places) writeFileSync(place, '');
      setExtendedAttributes(
        'system.ntfs_acl',
        new Map(places.map((place, i) => [place, descriptor(i % 300)])),
      );
      reported = extendedAttributes('system.ntfs_acl', places);
    };
    const volume = openNtfs(bufferDevice(makeVolume({ sizeInBytes: 12 * MiB, fill: withSecurity })));
    for (const [i, file] of files.entries()) {
      const ours = volume.find(file)?.securityDescriptor()?.toString('hex');
      expect(ours).toBe(descriptor(i % 300).toString('hex'));
      expect(ours).toBe(reported[i]?.toString('hex'));
    }
    const kept = [...sdsEntries(volume.file(9).open('$SDS'))];
    expect(kept.length).toBeGreaterThanOrEqual(300);
    for (const entry of kept) expect(descriptorHash(entry.descriptor)).toBe(entry.hash);
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

function countingDevice(device: Device): { readonly device: Device; reads(): number } {
  let reads = 0;
  const read = (offset: number, length: number) => {
    reads++;
    return device.read(offset, length);
  };
  return { device: { size: device.size, read }, reads: () => reads };
}

/** Counts how often something can be done until the volume is full. */
function untilFull(write: (i: number) => void): number {
  for (let i = 0; ; i++) {
    try {
      write(i);
    } catch {
      return i;
    }
  }
}
