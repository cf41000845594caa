import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { corpusAvailable, corpusFile } from '../../../lab/corpus.ts';
import { describeWithOracle, runOracle } from '../../../lab/oracle.ts';
import { bufferDevice } from '../device.ts';
import { openNtfs } from './index.ts';
import { contentOf } from './testing/read-back.ts';

/** A data stream as fls lists it: record, attribute id, path, and the stream behind a colon. */
const DATA_STREAM = /^r\/r (\d+)-128-(\d+):\t([^:]+)(?::(.*))?$/;

/** Streams as big as the volume, of which not a cluster is there. */
const leftOut = ['$BadClus:$Bad'];

describeWithOracle('real NTFS volumes, as the Sleuth Kit reads them', ['fls', 'icat', 'qemu-img'], () => {
  it.skipIf(!corpusAvailable).each(['images/ntfs-ads.dd', 'images/ntfs-windows-volume.qcow2'])(
    '%s',
    (name) => {
      withRawImage(name, (image) => {
        const volume = openNtfs(bufferDevice(readFileSync(image)));
        const lines = runOracle('fls', ['-r', '-p', '-u', image]).toString().split('\n');
        const streams = lines.flatMap((line) => DATA_STREAM.exec(line)?.slice(1) ?? []);
        expect(streams.length).toBeGreaterThan(10 * 4);
        for (const line of lines) {
          const [, record, id, file, stream] = DATA_STREAM.exec(line) ?? [];
          if (record === undefined || file === undefined || leftOut.includes(`${file}:${stream}`)) continue;
          const found = volume.find(file.replaceAll('/', '\\'));
          expect(found?.recordNumber, file).toBe(Number(record));
          for (const absent of ['!', 'm', '\u{ff5e}']) {
            const beside = path.win32.join(path.win32.dirname(file.replaceAll('/', '\\')), `${absent} none`);
            expect(volume.find(beside), beside).toBeUndefined();
          }
          const bytes = runOracle('icat', [image, `${record}-128-${id}`]);
          expect(found && contentOf(found, stream).equals(bytes), line).toBe(true);
        }
      });
    },
  );
});

function withRawImage(name: string, use: (image: string) => void): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'ntfs-corpus-'));
  try {
    const packed = path.join(folder, 'packed');
    const raw = path.join(folder, 'raw');
    writeFileSync(packed, corpusFile(name));
    runOracle('qemu-img', ['convert', '-O', 'raw', packed, raw]);
    use(raw);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
