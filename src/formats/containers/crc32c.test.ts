import { describe, expect, it } from 'vitest';
import { crc32c, crc32cWithout } from './crc32c.ts';

describe('crc32c', () => {
  const rising = Uint8Array.from({ length: 32 }, (_, i) => i);

  // RFC 3720, appendix B.4; the last is the checksum catalogues' usual check.
  it.each([
    ['32 zeros', new Uint8Array(32), 0x8a9136aa],
    ['32 ones', new Uint8Array(32).fill(0xff), 0x62a8ab43],
    ['32 rising', rising, 0x46dd794e],
    ['32 falling', rising.toReversed(), 0x113fdb5c],
    ['nine digits', Buffer.from('123456789'), 0xe3069283],
    ['nothing', new Uint8Array(0), 0],
  ])('of %s', (_, bytes, expected) => {
    expect(crc32c(bytes)).toBe(expected);
  });

  it('goes on from piece to piece, wherever the cut is', () => {
    for (let cut = 0; cut <= 32; cut++) {
      expect(crc32c(rising.subarray(cut), crc32c(rising.subarray(0, cut)))).toBe(0x46dd794e);
    }
  });

  it('passes over zeros as a bit-by-bit sum does, wherever they lie', () => {
    for (const [before, zeros, after] of [
      [0, 1024, 0],
      [1, 4096, 0],
      [1024, 1024, 1024],
      [5, 9000, 3],
    ] as const) {
      const bytes = Buffer.concat([
        Buffer.alloc(before, 0x91),
        Buffer.alloc(zeros),
        Buffer.alloc(after, 0x17),
      ]);
      expect(crc32c(bytes)).toBe(bitByBit(bytes));
    }
  });

  function bitByBit(bytes: Uint8Array): number {
    let crc = 0xffff_ffff;
    for (const byte of bytes) {
      crc ^= byte;
      for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
    }
    return ~crc >>> 0;
  }

  it('takes its own field for zeros', () => {
    const bytes = new Uint8Array(32).fill(0xaa, 8, 12);
    expect(crc32cWithout(bytes, 8)).toBe(0x8a9136aa);
  });
});
