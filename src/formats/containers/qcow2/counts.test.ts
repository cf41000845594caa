import { expect, it } from 'vitest';
import { readCount, writeCount } from './counts.ts';

it.each([
  [1, 9, 1, '0002'],
  [2, 5, 2, '0008'],
  [4, 3, 9, '0090'],
  [8, 2, 200, '0000c8'],
  [16, 1, 0x1234, '00001234'],
  [32, 1, 0x1234_5678, '0000000012345678'],
  [64, 0, 0x12_3456_789a, '000000123456789a'],
])('a count of %d bits, number %d of a block, is %d', (bits, index, count, hex) => {
  const block = Buffer.alloc(hex.length / 2);
  writeCount(block, index, bits, count);
  expect(block.toString('hex')).toBe(hex);
  expect(readCount(block, index, bits)).toBe(count);
});

it.each([1, 2, 4, 8, 16, 32, 64])('a count of %d bits leaves its neighbours alone', (bits) => {
  const block = Buffer.alloc(24, 0xff);
  writeCount(block, 1, bits, 0);
  expect(readCount(block, 1, bits)).toBe(0);
  writeCount(block, 1, bits, 1);
  const others = Buffer.alloc(24, 0xff);
  writeCount(others, 1, bits, 1);
  expect(block.equals(others)).toBe(true);
  if (bits < 64) expect(readCount(block, 2, bits)).toBe(2 ** bits - 1);
});

it('a count that no safe integer holds is damaged', () => {
  expect(() => readCount(Buffer.alloc(8, 0xff), 0, 64)).toThrow(expect.objectContaining({ kind: 'damaged' }));
});
