import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { describeWithOracle, runOracle } from '../oracle.ts';
import { type FileLiteral, makeNtfs } from './index.ts';
import {
  consistencyPrograms,
  contentOf,
  expectConsistent,
  isDataFile,
  noise,
  sampleFiles,
  slashed,
} from './testing/index.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'mounted-ntfs-'));
afterAll(() => rmSync(folder, { recursive: true }));

const canMount = process.getuid?.() === 0 && existsSync('/dev/fuse');

describeWithOracle('a mounted volume', ['ntfs-3g', 'umount', ...consistencyPrograms], () => {
  it
    .skipIf(!canMount)
    .each([{ clusterSize: 512 }, { clusterSize: 4096, mftFragments: 9 }, { clusterSize: 65_536 }])(
    '%j is read, changed, and still consistent',
    (make) => {
      const files = sampleFiles(make.clusterSize);
      const image = path.join(folder, 'volume.img');
      writeFileSync(image, makeNtfs({ ...make, size: 160 * 1024 * 1024, files }));
      withMounted(image, (root) => {
        expectFiles(root, files);
        changeMuch(root);
        expect(readdirSync(path.join(root, 'many files'))).toHaveLength(600 - 200 + 300);
      });
      expectConsistent(image);
    },
  );
});

function expectFiles(root: string, files: readonly FileLiteral[]): void {
  const names = new Set(readdirSync(root, { recursive: true, encoding: 'utf8' }));
  for (const file of files) {
    if (file.path !== '') expect(names.has(slashed(file.path)), file.path).toBe(true);
    if (!isDataFile(file)) continue;
    for (const name of [file.path, ...(file.links ?? [])]) {
      expect(readFileSync(path.join(root, slashed(name))).equals(contentOf(file)), name).toBe(true);
    }
  }
}

/** Makes the driver split and join index blocks, free clusters and records, and take names away. */
function changeMuch(root: string): void {
  for (let index = 0; index < 600; index += 3) rmSync(path.join(root, `many files/${index} of many.log`));
  for (let index = 0; index < 300; index++)
    writeFileSync(path.join(root, `many files/new ${index}`), noise(9));
  for (const name of ['in pieces', 'linked by many names', 'many streams']) rmSync(path.join(root, name));
}

function withMounted(image: string, use: (root: string) => void): void {
  const root = path.join(folder, 'mounted');
  mkdirSync(root, { recursive: true });
  runOracle('ntfs-3g', [image, root]);
  try {
    use(root);
  } finally {
    runOracle('umount', [root]);
  }
}
