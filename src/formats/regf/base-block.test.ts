import { describe, expect, it } from 'vitest';
import { baseBlockChecksum, readBaseBlock } from './base-block.ts';
import { baseBlock } from './layout.ts';

describe('baseBlockChecksum', () => {
  it.each([
    ['the XOR of the words', [0x0f0f_0f0f, 0x00ff_00ff], 0x0ff0_0ff0],
    ['1 for 0', [0x1234_5678, 0x1234_5678], 1],
    ['0xFFFFFFFE for 0xFFFFFFFF', [0xffff_0000, 0x0000_ffff], 0xffff_fffe],
  ])('is %s', (_, words, sum) => {
    const bytes = Buffer.alloc(baseBlock.copiedSize);
    words.forEach((word, i) => {
      bytes.writeUInt32LE(word, i * 4);
    });
    bytes.writeUInt32LE(0xdead_beef, baseBlock.checksum);
    expect(baseBlockChecksum(bytes)).toBe(sum);
    bytes.writeUInt32LE(sum, baseBlock.checksum);
    expect(readBaseBlock(bytes).checksumMatches).toBe(true);
  });

  it('covers the last word before itself', () => {
    const bytes = Buffer.alloc(baseBlock.copiedSize);
    bytes.writeUInt32LE(5, baseBlock.checksum - 4);
    expect(baseBlockChecksum(bytes)).toBe(5);
  });
});
