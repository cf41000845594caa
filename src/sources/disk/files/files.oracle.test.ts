import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { describeWithOracle, runOracle } from '../../../../lab/oracle.ts';
import { openImage } from '../../../formats/containers/index.ts';
import { localParentOpener, openLocalFile } from './index.ts';

const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'rdpmend-chains-')));
afterAll(() => rmSync(folder, { recursive: true }));

function open(image: string, followOutside = false) {
  const file = openLocalFile(image);
  const parents = localParentOpener(image, { followOutside });
  return openImage({ device: file.device, openParent: parents.openParent });
}

describeWithOracle('chains that qemu-img made', ['qemu-img', 'qemu-io'], () => {
  it('are read through to the base, and outside only when asked', () => {
    const at = (name: string) => path.join(folder, name);
    mkdirSync(at('pool'));
    runOracle('qemu-img', ['create', '-q', '-f', 'raw', at('pool/base.img'), '8M']);
    runOracle('qemu-io', [
      '-f',
      'raw',
      '-c',
      'write -P 0x41 0 1M',
      '-c',
      'write -P 0x42 1M 1M',
      at('pool/base.img'),
    ]);
    runOracle('qemu-img', [
      'create',
      '-q',
      '-f',
      'qcow2',
      '-b',
      'base.img',
      '-F',
      'raw',
      at('pool/middle.qcow2'),
    ]);
    runOracle('qemu-io', ['-f', 'qcow2', '-c', 'write -P 0x43 1M 64k', at('pool/middle.qcow2')]);
    runOracle('qemu-img', [
      'create',
      '-q',
      '-f',
      'qcow2',
      '-b',
      'pool/middle.qcow2',
      '-F',
      'qcow2',
      at('top.qcow2'),
    ]);
    const { disk } = open(at('top.qcow2'));
    expect([0, 1 << 20, (1 << 20) + 65_536, 3 << 20].map((offset) => disk.read(offset, 1)[0])).toEqual([
      0x41, 0x43, 0x42, 0,
    ]);
    mkdirSync(at('elsewhere'));
    const strange = at('elsewhere/top.qcow2');
    runOracle('qemu-img', [
      'create',
      '-q',
      '-f',
      'qcow2',
      '-b',
      at('pool/middle.qcow2'),
      '-F',
      'qcow2',
      strange,
    ]);
    expect(() => open(strange)).toThrow(/lies outside the image's own folder/);
    expect(open(strange, true).disk.read(0, 1)[0]).toBe(0x41);
  });
});

describeWithOracle('a block device', ['losetup'], () => {
  it('has the size that the system tells of it', (context) => {
    const image = path.join(folder, 'block.img');
    writeFileSync(image, 'first');
    truncateSync(image, 3 * 2 ** 30 + 512);
    const attached = spawnSync('losetup', ['--find', '--show', '--read-only', image], { encoding: 'utf8' });
    if (attached.status !== 0) return context.skip('loop devices may not be made here');
    const loop = attached.stdout.trim();
    try {
      const file = openLocalFile(loop);
      expect(file.device.size).toBe(3 * 2 ** 30 + 512);
      expect(file.device.read(0, 5).toString()).toBe('first');
      expect(file.device.read(file.device.size - 512, 512)).toEqual(Buffer.alloc(512));
      file.close();
    } finally {
      spawnSync('losetup', ['--detach', loop]);
    }
  });
});
