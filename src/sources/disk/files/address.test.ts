import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { followRedirect, parseAddress } from './address.ts';
import { isUrl, targetName } from './index.ts';

describe('a target', () => {
  const targets: [string, boolean, string][] = [
    ['https://host/os.vhd', true, 'https://host/os.vhd'],
    ['HTTP://Host:8080/a/os.vhd?sig=SECRET#SECRET', true, 'http://host:8080/a/os.vhd'],
    ['https://user:SECRET@host/os.vhd?SECRET', true, 'https://host/os.vhd'],
    ['https://user:SEC%2FRET@[::1]:8443/os.vhd', true, 'https://[::1]:8443/os.vhd'],
    ['https://host/os.vhd%3Fsig=SECRET', true, 'https://host/os.vhd'],
    ['https://host/os.vhd%253fsig=SECRET', true, 'https://host/os.vhd'],
    ['https:///SECRET:@/', true, 'https://...'],
    ['http://user:p?SECRET@[host/SECRET@SECRET', true, 'http://...'],
    ['/images/os.vhd?why=not#1', false, '/images/os.vhd?why=not#1'],
    ['http:os.vhd', false, 'http:os.vhd'],
    ['ftp://host/os.vhd', false, 'ftp://...'],
    ['"https://u:pw@host/os.vhd?sig=SECRET"', false, '"https://...'],
    ['', false, ''],
  ];
  it.each(targets)('%s', (target, url, name) => {
    expect(isUrl(target)).toBe(url);
    expect(targetName(target)).toBe(name);
  });

  it('never shows what stands behind its question mark, or before its host', () => {
    const anything = fc.string({ unit: 'grapheme', maxLength: 20 });
    fc.assert(
      fc.property(anything, anything, (path, query) => {
        const url = `https://user:SECRET@host/${path.replace(/[?#@]/g, '')}?${query}SECRET${query}`;
        expect(targetName(url)).not.toContain('SECRET');
      }),
    );
  });
});

describe('a redirect', () => {
  const from = parseAddress('https://user:word@[::1]:8443/a/b?sig=1');
  const targets: [string, object][] = [
    ['c', { secure: true, host: '::1', port: 8443, path: '/a/c', authorization: from.authorization }],
    ['/c?d', { host: '::1', path: '/c?d' }],
    ['https://other/', { host: 'other', port: undefined, path: '/', authorization: undefined }],
    ['https://eve:evil@[::1]:8443/', { authorization: from.authorization }],
    ['https://[::1]/', { port: undefined, authorization: undefined }],
  ];
  it.each(targets)('to %s', (location, expected) => {
    expect(followRedirect(from, location)).toMatchObject(expected);
  });
});
