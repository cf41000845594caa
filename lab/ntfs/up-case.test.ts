import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { compareFileNames, sortByFileName, upCase, upCaseTable } from './up-case.ts';

describe('$UpCase', () => {
  it('is the table that Windows writes', () => {
    const hash = createHash('sha256').update(upCaseTable()).digest('hex');
    expect(hash).toBe('41c26bc7a12bdaeb26025c93118697c7e3ef81ee048b00fe5cce2a472e0e0742');
  });

  it.each([
    ['abc.txt', 'ABC.TXT'],
    ['grüße', 'GRÜßE'],
    ['ſ ı µ', 'ſ ı µ'],
    ['ωmega', 'ΩMEGA'],
    ['\ud800😀', '\ud800😀'],
  ])('%s', (name, upper) => {
    expect(upCase(name)).toBe(upper);
  });

  it('sorts a folder', () => {
    const names = ['b', 'A', '_', 'a', '.', '$MFT', 'ä', 'Z', 'aa'];
    const sorted = ['$MFT', '.', 'A', 'a', 'aa', 'b', 'Z', '_', 'ä'];
    expect([...names].sort(compareFileNames)).toEqual(sorted);
    expect(sortByFileName(names.map((name) => ({ name }))).map(({ name }) => name)).toEqual(sorted);
  });
});
