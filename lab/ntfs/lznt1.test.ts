import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decompressLznt1 } from '../../src/formats/ntfs/lznt1.ts';
import { compressLznt1 } from './lznt1.ts';
import { noise, prose } from './testing/index.ts';

describe('LZNT1', () => {
  it('stores a repetition as one match, and what would not shrink as a whole chunk', () => {
    expect(compressLznt1(Buffer.alloc(100, 'a')).toString('hex')).toBe('03b0' + '02' + '61' + '6000');
    expect(compressLznt1(Buffer.from('a')).toString('hex')).toBe(`ff3f61${'00'.repeat(4095)}`);
  });

  it('shortens prose, and hardly lengthens noise', () => {
    expect(compressLznt1(prose(65_536)).length).toBeLessThan(7000);
    expect(compressLznt1(noise(65_536)).length).toBe(16 * (4096 + 2));
  });

  it.each([0, 1, 3, 4095, 4096, 4097, 20_000])('%i bytes of either are read back', (length) => {
    for (const bytes of [prose(length), noise(length), Buffer.alloc(length)]) {
      expect(decompressLznt1(compressLznt1(bytes), length).equals(bytes)).toBe(true);
    }
  });

  it('anything is read back', () => {
    const bytes = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 9000 });
    fc.assert(
      fc.property(bytes, (values) => {
        const buffer = Buffer.from(values);
        expect(decompressLznt1(compressLznt1(buffer), buffer.length).equals(buffer)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});
