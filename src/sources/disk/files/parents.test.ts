import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { isInstalled } from '../../../../lab/oracle.ts';
import type { ParentReference } from '../../../formats/containers/index.ts';
import { FormatError } from '../../../formats/errors.ts';
import { type LocalParents, localParentOpener } from './index.ts';
import { bareNames, localPaths } from './parent-paths.ts';

/** As the tests leave it: `home/child.vhd` is the image, and there are neighbours in and out of its folder. */
const top = realpathSync(mkdtempSync(path.join(tmpdir(), 'rdpmend-parents-')));
const home = path.join(top, 'home');
const child = make('home/child.vhd');
make('home/parent.vhd');
make('home/deep/base.vhd');
make('home/CamelCase.vhd');
make('outside/parent.vhd');
make('outside/child.vhd');
make('outside/only-there.vhd');
make('home-too/base.vhd');
symlinkSync('../outside/only-there.vhd', path.join(home, 'way-out.vhd'));
symlinkSync('child.vhd', path.join(home, 'alias.vhd'));
symlinkSync('/dev/zero', path.join(home, 'zeroes.vhd'));
mkdirSync(path.join(top, 'links'));
symlinkSync('../home/child.vhd', path.join(top, 'links/child.vhd'));
make('links/beside-the-link.vhd');

function make(name: string): string {
  const file = path.join(top, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, name);
  return file;
}

const openers: LocalParents[] = [];
afterEach(() => {
  for (const opener of openers.splice(0)) opener.close();
});
afterAll(() => rmSync(top, { recursive: true }));

function opener(followOutside = false, image = child): LocalParents {
  const parents = localParentOpener(image, { followOutside });
  openers.push(parents);
  return parents;
}

function reference(...paths: string[]): ParentReference {
  return { format: 'vhd', paths, identity: 'some' };
}

function contentOf({
  device,
}: {
  device: { size: number; read(offset: number, length: number): Buffer };
}): string {
  return device.read(0, device.size).toString();
}

function failureOf(open: () => unknown): FormatError {
  try {
    open();
  } catch (error) {
    expect(error).toBeInstanceOf(FormatError);
    return error as FormatError;
  }
  throw new Error('nothing was thrown');
}

describe('a parent', () => {
  const found: [string, string[], string][] = [
    ['beside its child', ['parent.vhd'], 'home/parent.vhd'],
    ['in the Windows way of writing', ['.\\parent.vhd'], 'home/parent.vhd'],
    ['below', ['.\\deep\\base.vhd'], 'home/deep/base.vhd'],
    ['there and back', ['..\\home\\deep\\..\\parent.vhd'], 'home/parent.vhd'],
    ['by its absolute path', [path.join(home, 'parent.vhd')], 'home/parent.vhd'],
    ['on a drive, found by its name alone', ['C:\\vms\\parent.vhd'], 'home/parent.vhd'],
    ['on a server, found by its name alone', ['\\\\server\\share\\parent.vhd'], 'home/parent.vhd'],
    ['written with other capitals, as Windows allows', ['.\\camelcase.VHD'], 'home/CamelCase.vhd'],
    ['that moved, by its second path', ['gone.vhd', 'deep/base.vhd'], 'home/deep/base.vhd'],
    [
      'whose first path leads outside, by its second',
      ['../outside/parent.vhd', 'parent.vhd'],
      'home/parent.vhd',
    ],
    ['behind a file URL', [`file://${home}/parent.vhd`], 'home/parent.vhd'],
    ['behind a file URL with an escape', ['file://localhost/gone/p%61rent.vhd'], 'home/parent.vhd'],
    ["behind QEMU's prefix", ['file:parent.vhd'], 'home/parent.vhd'],
    ['next to something that is no file', ['nbd://server/disk', 'parent.vhd'], 'home/parent.vhd'],
  ];
  it.each(found)('%s', (_, paths, expected) => {
    expect(contentOf(opener().openParent(reference(...paths)))).toBe(expected);
  });

  const refused: [string, string[], FormatError['kind'], RegExp][] = [
    ['outside', ['../outside/parent.vhd'], 'parent-not-followed', /outside\/parent\.vhd" lies outside/],
    [
      'outside, in the Windows way',
      ['..\\outside\\parent.vhd'],
      'parent-not-followed',
      /lies outside the image's own folder/,
    ],
    [
      'outside, by its absolute path',
      [path.join(top, 'outside/parent.vhd')],
      'parent-not-followed',
      /lies outside the image's own folder/,
    ],
    ['behind a link that leads outside', ['way-out.vhd'], 'parent-not-followed', /only-there/],
    [
      'in a folder that only begins alike',
      ['../home-too/base.vhd'],
      'parent-not-followed',
      /lies outside the image's own folder/,
    ],
    ['that is not there', ['.\\gone.vhd', 'C:\\gone.vhd'], 'parent-missing', /gone\.vhd" or /],
    ['that is a URL', ['https://host/os.vhd?sig=SECRET'], 'unsupported', /behind "https:"/],
    ['that is a QEMU recipe', ['json:{"file.password":"SECRET"}'], 'unsupported', /behind "json:"/],
    ['that is its child', ['child.vhd'], 'damaged', /its own parent/],
    ['that is its child by a link', ['alias.vhd'], 'damaged', /its own parent/],
    ['that never ends', ['zeroes.vhd'], 'unsupported', /neither a file nor a disk/],
    ['that is a folder', ['deep'], 'unsupported', /neither a file nor a disk/],
    ['without a name', ['', 'a\0b'], 'parent-missing', /is not there/],
    ['elsewhere, with the name of its child', ['C:\\base\\child.vhd'], 'parent-missing', /is not there/],
  ];
  it.each(refused)('%s is refused', (_, paths, kind, message) => {
    const parents = opener();
    const failure = failureOf(() => parents.openParent(reference(...paths)));
    expect([failure.kind, failure.message]).toEqual([kind, expect.stringMatching(message)]);
    expect(failure.message).not.toContain('SECRET');
    expect(parents.opened).toEqual([]);
  });

  it('outside is read where that was asked for', () => {
    const parents = opener(true);
    expect(contentOf(parents.openParent(reference('../outside/parent.vhd')))).toBe('outside/parent.vhd');
    expect(contentOf(parents.openParent(reference('way-out.vhd')))).toBe('outside/only-there.vhd');
    expect(failureOf(() => parents.openParent(reference('zeroes.vhd'))).kind).toBe('unsupported');
  });

  it('of a parent is looked for from there, within the bounds of the image', () => {
    const base = opener().openParent(reference('deep/base.vhd'));
    const grandparent = (name: string) => base.openParent?.(reference(name));
    expect(contentOf(grandparent('../parent.vhd') ?? expect.fail())).toBe('home/parent.vhd');
    expect(failureOf(() => grandparent('../../outside/parent.vhd')).kind).toBe('parent-not-followed');
    expect(failureOf(() => grandparent('base.vhd')).kind).toBe('damaged');
    expect(failureOf(() => grandparent('../child.vhd')).kind).toBe('damaged');
  });

  it('of an image behind a link lies beside the file or beside the link', () => {
    const parents = opener(false, path.join(top, 'links/child.vhd'));
    expect(contentOf(parents.openParent(reference('parent.vhd')))).toBe('home/parent.vhd');
    expect(contentOf(parents.openParent(reference('beside-the-link.vhd')))).toBe('links/beside-the-link.vhd');
  });

  it('is opened once however often it is asked for, and closed with the others', () => {
    const parents = opener();
    const { device } = parents.openParent(reference('parent.vhd'));
    expect(parents.openParent(reference('.\\parent.vhd')).device).toBe(device);
    parents.openParent(reference('deep/base.vhd'));
    expect(parents.opened.map((file) => path.relative(top, file.name))).toEqual([
      'home/parent.vhd',
      'home/deep/base.vhd',
    ]);
    parents.close();
    expect(() => device.read(0, 1)).toThrow(/closed/);
  });

  it('is named without what could move a terminal or fill it', () => {
    const { message } = failureOf(() =>
      opener().openParent(reference(`\x1b[2J\u202e\x9b${'x'.repeat(5000)}`)),
    );
    expect(message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(message.length).toBeLessThan(400);
  });

  it.skipIf(!isInstalled('mkfifo'))('that is a pipe is not waited for', () => {
    execFileSync('mkfifo', [path.join(home, 'pipe.vhd')]);
    for (const followOutside of [false, true]) {
      expect(failureOf(() => opener(followOutside).openParent(reference('pipe.vhd'))).kind).toBe(
        'unsupported',
      );
    }
  });
});

describe('a stored path', () => {
  const onWindows: [string, boolean, string[]][] = [
    ['.\\parent.vhd', false, ['D:\\vms\\parent.vhd']],
    ['../base/parent.vhd', false, ['D:\\base\\parent.vhd']],
    ['C:\\vms\\parent.vhd', false, ['C:\\vms\\parent.vhd']],
    ['\\\\server\\share\\parent.vhd', false, []],
    ['//server/share/parent.vhd', false, []],
    ['\\\\?\\UNC\\server\\share\\parent.vhd', false, []],
    ['\\\\server\\share\\parent.vhd', true, ['\\\\server\\share\\parent.vhd']],
    ['file:///C:/vms/parent.vhd', false, ['C:\\vms\\parent.vhd']],
    ['file://server/share/parent.vhd', true, []],
    ['https://host/parent.vhd', true, []],
  ];
  it.each(onWindows)('%s on Windows (followed: %s)', (stored, remote, expected) => {
    expect(localPaths(stored, 'D:\\vms', { remote, windows: true })).toEqual(expected);
  });

  it('on the same server as its child is no further away', () => {
    const seenFromShare = { remote: false, windows: true };
    expect(localPaths('..\\base.vhd', '\\\\server\\share\\vm', seenFromShare)).toEqual([
      '\\\\server\\share\\base.vhd',
    ]);
    expect(localPaths('\\\\other\\share\\base.vhd', '\\\\server\\share\\vm', seenFromShare)).toEqual([]);
  });

  it('ends in a name', () => {
    const stored = [
      '.\\a.vhd',
      'C:\\x\\a.vhd',
      'C:b.vhd',
      '/x/c.vhd',
      'x\\..',
      'file:///d%20e.vhd',
      'nbd:f',
      '',
    ];
    expect(bareNames(stored)).toEqual(['a.vhd', 'b.vhd', 'c.vhd', 'd e.vhd']);
  });
});
