import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { runOracle } from '../../../lab/oracle.ts';
import { bufferDevice } from '../device.ts';
import { openNtfs } from './index.ts';
import { fillFeatureVolume } from './testing/feature-volume.ts';
import {
  describeWithMount,
  makeVolume,
  setExtendedAttributes,
  withVolume,
} from './testing/mounted-volume.ts';
import { contentOf, differences, pathsOf } from './testing/read-back.ts';

const MiB = 1024 * 1024;
/** FILE_ATTRIBUTE_COMPRESSED and FILE_ATTRIBUTE_DIRECTORY, big-endian. */
const COMPRESSED_DIRECTORY = Buffer.from('00000810', 'hex');

function fill(folder: string): void {
  fillFeatureVolume(folder, (directory) =>
    setExtendedAttributes('system.ntfs_attrib_be', new Map([[directory, COMPRESSED_DIRECTORY]])),
  );
}

describeWithMount('volumes that ntfs-3g wrote', ['fls', 'icat'], () => {
  it.each([512, 4096, 65_536, 2_097_152])(
    'reads every file and stream, clusters of %i bytes',
    (clusterSize) => {
      const sizeInBytes = Math.max(12 * MiB, 100 * clusterSize);
      const image = makeVolume({ sizeInBytes, mkntfs: ['-c', String(clusterSize), '-L', 'Test Ω'], fill });
      const volume = openNtfs(bufferDevice(image));
      expect(volume.clusterSize).toBe(clusterSize);
      expect(volume.label()).toBe('Test Ω');
      expect(volume.state()).toEqual({ dirty: false, journal: 'empty', hibernation: 'none' });
      expect(differences(volume)).toEqual([]);
      expect(volume.find('packed\\mixed.bin')?.isCompressed).toBe(clusterSize <= 4096);
      expect(volume.find('sparse.bin')?.isSparse).toBe(clusterSize < 300_000);
      expect(volume.find('fragmented.bin')?.isSparse).toBe(false);
    },
  );

  it('reads a volume of 4096-byte sectors and records', () => {
    const image = makeVolume({ sizeInBytes: 12 * MiB, mkntfs: ['-s', '4096'], fill });
    const volume = openNtfs(bufferDevice(image));
    expect(volume.recordSize).toBe(4096);
    expect(differences(volume)).toEqual([]);
  });

  it('reads the system files as icat does, and lists what fls lists', () => {
    withVolume({ sizeInBytes: 12 * MiB, fill }, (image) => {
      const volume = openNtfs(bufferDevice(readFileSync(image)));
      const streams = { '0': '', '1': '', '2': '', '4': '', '6': '', '7': '', '9-128': '$SDS', '10': '' };
      for (const [inode, stream] of Object.entries(streams)) {
        const bytes = contentOf(volume.file(Number.parseInt(inode, 10)), stream);
        expect(bytes.equals(runOracle('icat', [image, inode])), inode).toBe(true);
      }
      const lines = runOracle('fls', ['-r', '-p', '-u', '-F', image]).toString().split('\n');
      const files = lines.flatMap(
        (line) => /^r\/r (\d+)-128-\d+:\t([^$:]+)$/.exec(line)?.slice(1, 3).join(' ') ?? [],
      );
      const ours = pathsOf(volume.root).map(
        (name) => `${volume.find(name)?.recordNumber} ${name.replaceAll('\\', '/')}`,
      );
      expect(ours.sort()).toEqual(files.sort());
    });
  });
});
