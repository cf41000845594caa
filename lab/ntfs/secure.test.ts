import { describe, expect, it } from 'vitest';
import { createSecurityStore, securityHash } from './secure.ts';
import { descriptorOf } from './testing/index.ts';

const BLOCK = 0x4_0000;

describe('$Secure', () => {
  it('gives equal descriptors one id', () => {
    const store = createSecurityStore();
    expect(store.idOf(descriptorOf(1))).toBe(0x100);
    expect(store.idOf(descriptorOf(2))).toBe(0x101);
    expect(store.idOf(descriptorOf(1))).toBe(0x100);
    expect(store.contents().sii).toHaveLength(2);
  });

  it('hashes as Windows does', () => {
    // The descriptor that mkntfs puts first, and the hash that it gives it.
    const descriptor = Buffer.from(
      '0100048048000000580000000000000014000000020034000200000000001400890012000101000000000005120000' +
        '0000001800890012000102000000000005200000002002000001020000000000052000000020020000010200000000' +
        '00052000000020020000',
      'hex',
    );
    expect(descriptor).toHaveLength(0x7c - 20);
    expect(securityHash(descriptor)).toBe(0xf803_12f0);
  });

  it('keeps each entry in one block, with its copy behind it', () => {
    const store = createSecurityStore();
    for (let entries = 400; entries < 520; entries++) store.idOf(descriptorOf(entries));
    const { sds, sii } = store.contents();
    const offsets = sii.map((entry) => ({
      offset: Number(entry.readBigUInt64LE(0x14 + 8)),
      size: entry.readUInt32LE(0x14 + 16),
    }));
    expect(offsets.some(({ offset }) => offset >= 2 * BLOCK)).toBe(true);
    for (const { offset, size } of offsets) {
      const block = Math.floor(offset / BLOCK);
      expect(block % 2).toBe(0);
      expect(Math.floor((offset + size - 1) / BLOCK)).toBe(block);
      const copy = sds.subarray(offset + BLOCK, offset + BLOCK + size);
      expect(sds.subarray(offset, offset + size).equals(copy)).toBe(true);
      expect(sds.readUInt32LE(offset)).toBe(securityHash(copy.subarray(20)));
    }
  });
});
