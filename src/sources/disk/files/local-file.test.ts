import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { isInstalled } from '../../../../lab/oracle.ts';
import { FormatError } from '../../../formats/errors.ts';
import { probedSize } from './block-device.ts';
import { type OpenedFile, openLocalFile, TargetError } from './index.ts';
import { cachedReads, pageSize } from './page-cache.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'rdpmend-files-'));
afterAll(() => rmSync(folder, { recursive: true }));

const content = Buffer.alloc(300_011);
for (let i = 0; i < content.length; i++) content[i] = (i * 31 + (i >> 8)) & 0xff;

function fileOf(name: string, bytes: Buffer | string): string {
  const file = path.join(folder, name);
  writeFileSync(file, bytes);
  return file;
}

function failureOf(open: () => unknown): TargetError {
  try {
    open();
  } catch (error) {
    expect(error).toBeInstanceOf(TargetError);
    return error as TargetError;
  }
  throw new Error('nothing was thrown');
}

describe('a local file', () => {
  it('reads right at any place and length', () => {
    const file = openLocalFile(fileOf('any', content));
    expect(file.device.size).toBe(content.length);
    for (let i = 0; i < 500; i++) {
      const offset = (i * 7919) % content.length;
      const length = Math.min((i * i * 3) % 50_000, content.length - offset);
      expect(file.device.read(offset, length).equals(content.subarray(offset, offset + length))).toBe(true);
    }
    expect(file.device.read(content.length, 0)).toHaveLength(0);
    file.close();
  });

  it('is never waited for, and is known by the name that the user gave', async () => {
    const name = fileOf('named', content);
    const file = openLocalFile(name);
    expect(file.name).toBe(name);
    expect(await file.fetchMissing()).toBe(false);
    expect(file.statistics).toEqual({ bytesRead: 0, reads: 0, rounds: 0 });
    file.device.read(5, 5);
    file.device.read(50, 5);
    expect(file.statistics).toEqual({ bytesRead: pageSize, reads: 1, rounds: 0 });
    file.close();
  });

  it('refuses reads beyond its end, and lengths that no structure has', () => {
    const file = openLocalFile(sparse('large', 2 ** 40));
    expect(() => file.device.read(2 ** 40 - 1, 2)).toThrow(FormatError);
    expect(() => file.device.read(-1, 1)).toThrow(FormatError);
    expect(() => file.device.read(0, 2 ** 39)).toThrow(FormatError);
    expect(file.device.read(2 ** 40 - 5, 5)).toEqual(Buffer.alloc(5));
    file.close();
  });

  it('that becomes shorter while it is read is noticed', () => {
    const name = fileOf('shrinking', content);
    const file = openLocalFile(name);
    file.device.read(0, 10);
    truncateSync(name, 100_000);
    expect(failureOf(() => file.device.read(200_000, 10)).kind).toBe('changed');
    expect(failureOf(() => file.device.read(90_000, 50_000)).kind).toBe('changed');
    file.close();
  });

  it('cannot be read after it was closed, not even from the cache', () => {
    const file: OpenedFile = openLocalFile(fileOf('closed', content));
    file.device.read(0, 10);
    file.close();
    file.close();
    expect(failureOf(() => file.device.read(0, 10)).kind).toBe('closed');
  });

  it('may be a symbolic link', () => {
    fileOf('linked', content);
    symlinkSync('linked', path.join(folder, 'link'));
    const file = openLocalFile(path.join(folder, 'link'));
    expect(file.device.size).toBe(content.length);
    file.close();
  });
});

function sparse(name: string, size: number): string {
  const file = path.join(folder, name);
  writeFileSync(file, '');
  truncateSync(file, size);
  return file;
}

describe('what is no image file', () => {
  it('is refused by kind', () => {
    mkdirSync(path.join(folder, 'sub'));
    const refused: [string, TargetError['kind']][] = [
      [path.join(folder, 'nothing-there'), 'not-found'],
      [path.join(fileOf('a-file', 'x'), 'below'), 'not-found'],
      ['with\0nul', 'not-found'],
      ['', 'not-found'],
      [path.join(folder, 'sub'), 'not-a-file'],
      [fileOf('empty', ''), 'empty'],
    ];
    for (const [name, kind] of refused) {
      const failure = failureOf(() => openLocalFile(name));
      expect([name, failure.kind]).toEqual([name, kind]);
      expect(failure.message).toMatch(/^[a-z].*[^.]$/);
    }
  });

  it.skipIf(process.platform === 'win32')('is never waited for', () => {
    expect(failureOf(() => openLocalFile('/dev/zero')).kind).toBe('not-a-file');
    if (!isInstalled('mkfifo')) return;
    const pipe = path.join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    expect(failureOf(() => openLocalFile(pipe)).kind).toBe('not-a-file');
  });

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'is told from what may not be read',
    () => {
      const name = fileOf('forbidden', 'x');
      chmodSync(name, 0);
      expect(failureOf(() => openLocalFile(name)).kind).toBe('no-permission');
    },
  );
});

describe('the size of a block device', () => {
  it.each([0, 1, 2, 3, 7, 8, 9, 1_000_003, 2 ** 31, 2 ** 40 + 1])(
    'of %d sectors is found by probing',
    (sectors) => {
      let probes = 0;
      const size = probedSize((offset) => {
        probes++;
        return offset + 512 <= sectors * 512;
      });
      expect(size).toBe(sectors * 512);
      expect(probes).toBeLessThan(100);
    },
  );
});

describe('the page cache', () => {
  it('reads each page once, and long reads past it', () => {
    const reads: number[][] = [];
    const read = cachedReads(content.length, (offset, length) => {
      reads.push([offset, length]);
      return content.subarray(offset, offset + length);
    });
    read(10, 10);
    read(pageSize - 5, 10);
    read(pageSize, 5);
    read(3, pageSize + 1);
    read(content.length - 1, 1);
    const lastPage = Math.floor(content.length / pageSize) * pageSize;
    expect(reads).toEqual([
      [0, pageSize],
      [pageSize, pageSize],
      [3, pageSize + 1],
      [lastPage, content.length - lastPage],
    ]);
  });

  it('forgets the pages that were not used for longest, and views of them stay true', () => {
    let reads = 0;
    const read = cachedReads(2 ** 40, (offset, length) => {
      reads++;
      return Buffer.alloc(length, offset / pageSize);
    });
    const view = read(0, 100);
    for (let page = 0; page < 3000; page++) {
      read(page * pageSize, 1);
      read(0, 1);
    }
    expect(reads).toBe(3000);
    for (let page = 3000; page < 6000; page++) read(page * pageSize, 1);
    read(0, 1);
    expect(reads).toBe(6001);
    expect(view).toEqual(Buffer.alloc(100));
  });
});
