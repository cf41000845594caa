import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../errors.ts';
import { decompressLznt1 } from './index.ts';

/** [MS-XCA] 3.3. */
const example = {
  compressed:
    '38b08846232000204720410010a24701a045204400084501507900c045200524138805b4024a44ef0358028c091601484500be009e000401189000',
  text: 'F# F# G A A G F# E D D E F# F# E E F# F# G A A G F# E D D E F# E D D E E F# D E F# G F# D E F# G F# E D E A F# F# G A A G F# E D D E F# E D D\0',
};

describe('decompressLznt1', () => {
  it('reads the specification’s example', () => {
    const output = decompressLznt1(Buffer.from(example.compressed, 'hex'), example.text.length);
    expect(output.toString('latin1')).toBe(example.text);
  });

  it('reads chunks that are stored, and fills up with zeros after a short one and after the last', () => {
    const stored = Buffer.concat([Buffer.from([0x02, 0x30]), Buffer.from('abc')]);
    const full = Buffer.concat([Buffer.from([0xff, 0x3f]), Buffer.alloc(4096, 'x')]);
    const output = decompressLznt1(Buffer.concat([stored, full, stored, Buffer.from([0, 0, 9])]), 12_289);
    const expected = Buffer.alloc(12_289);
    expected.write('abc', 0);
    expected.fill('x', 4096, 8192);
    expected.write('abc', 8192);
    expect(output.equals(expected)).toBe(true);
  });

  it('leaves what lies beyond the size asked for', () => {
    expect(decompressLznt1(Buffer.from(example.compressed, 'hex'), 5).toString()).toBe('F# F#');
    expect(decompressLznt1(Buffer.alloc(0), 3)).toEqual(Buffer.alloc(3));
  });

  it.each([
    ['a chunk longer than the data', 'ffb000'],
    ['a match before the start', '02b0010000'],
    ['half a token', '02b0024100'],
  ])('refuses %s', (_, hex) => {
    expect(() => decompressLznt1(Buffer.from(hex, 'hex'), 4096)).toThrow(FormatError);
  });

  it('refuses a size that no memory holds', () => {
    for (const size of [-1, 1.5, 2 ** 40, Number.NaN]) {
      expect(() => decompressLznt1(Buffer.alloc(4), size)).toThrow(FormatError);
    }
  });

  it('answers or refuses whatever comes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        try {
          expect(decompressLznt1(Buffer.from([0x80, 0xb0, ...bytes]), 8192)).toHaveLength(8192);
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }),
    );
  });
});
