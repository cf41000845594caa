import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bufferDevice } from './device.ts';
import { type Overlay, openOverlay } from './overlay-device.ts';

const base = Buffer.from(Array.from({ length: 10_000 }, (_, i) => (i * 7) % 251));

function overBase(): Overlay {
  return openOverlay(bufferDevice(Buffer.from(base)));
}

/** Offset, length before and length after of each change. */
function shapes(overlay: Overlay): (readonly [number, number | undefined, number])[] {
  return [...overlay.changes()].map(({ offset, before, after }) => [offset, before?.length, after.length]);
}

/** What the changes make of the base. */
function carriedOut(overlay: Overlay): Buffer {
  const bytes = Buffer.alloc(overlay.size);
  base.copy(bytes);
  for (const { offset, after } of overlay.changes()) after.copy(bytes, offset);
  return bytes;
}

describe('an overlay', () => {
  it('reads as its base does until it is written to', () => {
    const overlay = overBase();
    expect(overlay.size).toBe(base.length);
    expect(overlay.read(3, 9000).equals(base.subarray(3, 9003))).toBe(true);
    expect(shapes(overlay)).toEqual([]);
  });

  it.each([
    ['one byte', [[5, 1]], [[5, 1, 1]]],
    ['over the border of pages', [[4090, 12]], [[4090, 12, 12]]],
    [
      'two runs with 63 equal bytes between',
      [
        [100, 2],
        [165, 2],
      ],
      [[100, 67, 67]],
    ],
    [
      'two runs with 64 equal bytes between',
      [
        [100, 2],
        [166, 2],
      ],
      [
        [100, 2, 2],
        [166, 2, 2],
      ],
    ],
    [
      'two runs in neighbouring pages',
      [
        [4095, 1],
        [4100, 1],
      ],
      [[4095, 6, 6]],
    ],
    ['the last bytes', [[9_990, 10]], [[9_990, 10, 10]]],
  ])('lists %s', (_, writes, expected) => {
    const overlay = overBase();
    for (const [offset = 0, length = 0] of writes) {
      overlay.write(
        offset,
        base.subarray(offset, offset + length).map((byte) => byte ^ 0xff),
      );
    }
    expect(shapes(overlay)).toEqual(expected);
  });

  it('trims a write to what differs', () => {
    const overlay = overBase();
    const bytes = Buffer.from(base.subarray(1000, 9000));
    bytes.writeUInt8(bytes.readUInt8(4000) ^ 1, 4000);
    overlay.write(1000, bytes);
    expect(shapes(overlay)).toEqual([[5000, 1, 1]]);
  });

  it('knows no change where bytes were written back', () => {
    const overlay = overBase();
    overlay.write(77, Buffer.from('something else'));
    overlay.write(77, base.subarray(77, 91));
    expect(shapes(overlay)).toEqual([]);
  });

  it('splits at the end of the base, and lists no zeros beyond it', () => {
    const overlay = overBase();
    overlay.grow(20_000);
    expect(overlay.size).toBe(20_000);
    expect(overlay.read(9_999, 10_001).subarray(1).equals(Buffer.alloc(10_000))).toBe(true);
    expect(shapes(overlay)).toEqual([]);
    overlay.write(9_998, Buffer.alloc(100, 0xfe));
    overlay.write(15_000, Buffer.alloc(200));
    expect(shapes(overlay)).toEqual([
      [9_998, 2, 2],
      [10_000, undefined, 98],
    ]);
  });

  it('gives a long change in pieces of 1 MiB at most', () => {
    const overlay = openOverlay(bufferDevice(Buffer.alloc(3_000_000)));
    overlay.write(100, Buffer.alloc(2_500_000, 1));
    const changes = [...overlay.changes()];
    expect(changes.every(({ after }) => after.length <= 1024 * 1024)).toBe(true);
    expect(changes.reduce((sum, { after }) => sum + after.length, 0)).toBe(2_500_000);
  });

  it('leaves what was read as it was', () => {
    const overlay = overBase();
    overlay.write(10, Buffer.from('first'));
    const read = overlay.read(10, 5);
    const [change] = overlay.changes();
    overlay.write(10, Buffer.from('later'));
    expect(read.toString()).toBe('first');
    expect(change?.after.toString()).toBe('first');
  });

  it('forgets all of it', () => {
    const overlay = overBase();
    overlay.grow(11_000);
    overlay.write(9_000, Buffer.alloc(1500, 3));
    overlay.discard();
    expect(overlay.size).toBe(base.length);
    expect(overlay.read(0, base.length).equals(base)).toBe(true);
    expect(shapes(overlay)).toEqual([]);
  });

  it('keeps no more pages than it may, and then changes nothing', () => {
    const overlay = openOverlay(bufferDevice(Buffer.alloc(20_000)), { mostBytes: 2 * 4096 });
    overlay.write(0, Buffer.alloc(8192, 1));
    expect(() => overlay.write(8191, Buffer.alloc(2, 2))).toThrow(
      expect.objectContaining({ kind: 'unsupported', message: expect.stringContaining('8192') }),
    );
    expect(overlay.read(8190, 3)).toEqual(Buffer.from([1, 1, 0]));
    overlay.write(8192, Buffer.alloc(8192));
    overlay.write(17, Buffer.alloc(30, 4));
    expect(overlay.read(17, 1)).toEqual(Buffer.from([4]));
  });

  it.each([
    [-1, 1],
    [9_999, 2],
    [0.5, 1],
  ])('refuses a write at %d of %d bytes', (offset, length) => {
    expect(() => overBase().write(offset, Buffer.alloc(length))).toThrow(
      expect.objectContaining({ kind: 'damaged' }),
    );
  });

  it.each([Number.NaN, 2 ** 60])('does not grow to %d', (size) => {
    expect(() => overBase().grow(size)).toThrow(expect.objectContaining({ kind: 'unsupported' }));
  });

  it('is as a buffer is, whatever is written, and its changes are just what differs', () => {
    const write = fc.record({
      offset: fc.nat(13_000),
      length: fc.nat(6_000),
      value: fc.constantFrom(0, 1, 255),
      same: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(write, { maxLength: 12 }), (writes) => {
        const overlay = overBase();
        const model = Buffer.alloc(20_000);
        base.copy(model);
        for (const { offset, length, value, same } of writes) {
          const bytes = same
            ? Buffer.from(model.subarray(offset, offset + length))
            : Buffer.alloc(length, value);
          overlay.grow(offset + length);
          overlay.write(offset, bytes);
          bytes.copy(model, offset);
        }
        const expected = model.subarray(0, overlay.size);
        expect(overlay.read(0, overlay.size).equals(expected)).toBe(true);
        expect(carriedOut(overlay).equals(expected)).toBe(true);
        requireTight(overlay);
      }),
      { numRuns: 300 },
    );
  });
});

/** Sorted, disjoint, `before` as in the base, and different at both ends. */
function requireTight(overlay: Overlay): void {
  let last = -1;
  for (const { offset, before, after } of overlay.changes()) {
    const was = before ?? Buffer.alloc(after.length);
    expect(offset).toBeGreaterThan(last);
    expect(before === undefined).toBe(offset >= base.length);
    if (before) expect(before.equals(base.subarray(offset, offset + after.length))).toBe(true);
    expect(after[0]).not.toBe(was[0]);
    expect(after.at(-1)).not.toBe(was.at(-1));
    last = offset + after.length - 1;
  }
}
