import { describe, expect, it } from 'vitest';
import { guidBytes } from '../../../../lab/images/guid-bytes.ts';
import { parseVhdxParentLocator } from './parent-locator.ts';

const vhdxType = 'b04aefb7-d19e-4a81-b789-25b8e9445913';
const first = '83ed0ec3-24c8-49a6-a959-5e4bf1288bfb';
const second = '26a21bda-a627-11d7-9931-806e6f6e6963';

/** A locator with these keys and values, each text behind the one before it. */
function locator(type: string, pairs: readonly (readonly [key: string, value: string])[]): Buffer {
  const head = Buffer.alloc(20 + pairs.length * 12);
  guidBytes(type).copy(head);
  head.writeUInt16LE(pairs.length, 18);
  const texts: Buffer[] = [];
  let at = head.length;
  for (const [i, pair] of pairs.entries()) {
    for (const [part, text] of pair.entries()) {
      const bytes = Buffer.from(text, 'utf16le');
      head.writeUInt32LE(at, 20 + i * 12 + part * 4);
      head.writeUInt16LE(bytes.length, 28 + i * 12 + part * 2);
      texts.push(bytes);
      at += bytes.length;
    }
  }
  return Buffer.concat([head, ...texts]);
}

describe('the parent locator of a VHDX', () => {
  it('gives the paths in the order in which they are to be tried, whatever order they stand in', () => {
    const bytes = locator(vhdxType, [
      ['absolute_win32_path', '\\\\?\\d:\\p\\parent.vhdx'],
      ['volume_path', `\\\\?\\Volume{${second}}\\p\\parent.vhdx`],
      ['parent_linkage', `{${first.toUpperCase()}}`],
      ['relative_path', '..\\p\\parent.vhdx'],
    ]);
    expect(parseVhdxParentLocator(bytes)).toEqual({
      paths: ['..\\p\\parent.vhdx', `\\\\?\\Volume{${second}}\\p\\parent.vhdx`, '\\\\?\\d:\\p\\parent.vhdx'],
      linkages: [first],
    });
  });

  it('accepts either of two linkages', () => {
    const bytes = locator(vhdxType, [
      ['parent_linkage2', `{${second}}`],
      ['parent_linkage', `{${first}}`],
      ['relative_path', 'p'],
    ]);
    expect(parseVhdxParentLocator(bytes).linkages).toEqual([first, second]);
  });

  const whole = locator(vhdxType, [
    ['parent_linkage', `{${first}}`],
    ['relative_path', 'p'],
  ]);

  it.each([
    ['damaged', 'has no path', locator(vhdxType, [['parent_linkage', `{${first}}`]])],
    ['damaged', 'does not say which parent', locator(vhdxType, [['relative_path', 'p']])],
    ['damaged', 'an entry of the parent locator lies outside it', whole.subarray(0, -1)],
    ['damaged', 'a parent locator of 30 bytes with 2 entries', whole.subarray(0, 30)],
    ['unsupported', `a parent locator of type ${second}`, locator(second, [])],
  ])('%s: %s', (kind, message, bytes) => {
    expect(() => parseVhdxParentLocator(bytes)).toThrow(
      expect.objectContaining({ kind, message: expect.stringContaining(message) }),
    );
  });
});
