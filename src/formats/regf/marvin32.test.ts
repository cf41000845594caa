import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Marvin32 } from './marvin32.ts';

/** Marvin32 once more, straight from its published description, in exact integers. */
function referenceHash(bytes: Uint8Array): { low: number; high: number } {
  const mask = 0xffff_ffffn;
  const rotate = (x: bigint, n: bigint) => ((x << n) | (x >> (32n - n))) & mask;
  let low = 0x7a4e55c5n;
  let high = 0x82ef4d88n;
  const words = [...new Uint32Array(bytes.slice().buffer)].map(BigInt);
  for (const word of [...words, 0x80n, 0n]) {
    low = (low + word) & mask;
    high ^= low;
    low = (rotate(low, 20n) + high) & mask;
    high = rotate(high, 9n) ^ low;
    low = (rotate(low, 27n) + high) & mask;
    high = rotate(high, 19n);
  }
  return { low: Number(low), high: Number(high) };
}

function hashOf(...pieces: Uint8Array[]): { low: number; high: number } {
  const hash = new Marvin32();
  for (const piece of pieces) hash.update(Buffer.from(piece));
  return hash.digest();
}

describe('Marvin32', () => {
  it('gives the hash that Windows 10 wrote over an entry header', () => {
    const header = Buffer.from(
      '48764c45003e0000010000003b0800000030bd0003000000c4812cbea1b6704b0af348dfd7c588dd',
      'hex',
    );
    expect(hashOf(header.subarray(0, 32))).toEqual({
      low: header.readUInt32LE(32),
      high: header.readUInt32LE(36),
    });
  });

  it('agrees with exact arithmetic, however the input is cut', () => {
    const words = fc.array(fc.integer({ min: 0, max: 0xffff_ffff }), { maxLength: 40 });
    fc.assert(
      fc.property(words, fc.nat(40), (all, cut) => {
        const bytes = new Uint8Array(Uint32Array.from(all).buffer);
        const at = Math.min(cut * 4, bytes.length);
        expect(hashOf(bytes.subarray(0, at), bytes.subarray(at))).toEqual(referenceHash(bytes));
      }),
    );
  });
});
