import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bufferDevice } from '../device.ts';
import { overlayDevice } from './overlay.ts';

describe('overlayDevice', () => {
  const write = fc.record({
    offset: fc.integer({ min: 0, max: 90 }),
    length: fc.integer({ min: 0, max: 40 }),
    byte: fc.integer({ min: 0, max: 9 }),
  });

  it('reads as the device would after the same writes, and leaves it as it is', () => {
    fc.assert(
      fc.property(fc.array(write, { maxLength: 12 }), fc.integer({ min: 0, max: 140 }), (writes, size) => {
        const file = Buffer.alloc(100, 0xff);
        const length = Math.max(size, 100);
        const expected = Buffer.alloc(length).fill(0xff, 0, 100);
        for (const { offset, length: run, byte } of writes)
          expected.fill(byte, Math.min(offset, length), Math.min(offset + run, length));
        const overlay = overlayDevice(
          bufferDevice(file),
          writes.map(({ offset, length: run, byte }) => ({
            offset,
            length: run,
            data: byte === 0 ? undefined : Buffer.alloc(run, byte),
          })),
          size,
        );
        expect(overlay.size).toBe(length);
        expect(overlay.read(0, length).equals(expected)).toBe(true);
        for (let at = 0; at < length; at += 7) {
          expect(overlay.read(at, Math.min(13, length - at)).equals(expected.subarray(at, at + 13))).toBe(
            true,
          );
        }
        expect(file.equals(Buffer.alloc(100, 0xff))).toBe(true);
      }),
    );
  });
});
