import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../../errors.ts';
import { memoryDevice } from '../testing/written-volume.ts';
import { changeBetween, stagedDevice } from './staging.ts';

const SIZE = 3 * 4096 + 700;

const edits = fc.array(
  fc.record({ offset: fc.nat(SIZE - 1), bytes: fc.uint8Array({ maxLength: 6000 }), fill: fc.boolean() }),
  { maxLength: 8 },
);

describe('stagedDevice', () => {
  it('reads what was written, leaves the device alone until commit, and then makes it equal', () => {
    fc.assert(
      fc.property(edits, (sequence) => {
        const image = Buffer.alloc(SIZE, 'as it was ');
        const before = Buffer.from(image);
        const model = Buffer.from(image);
        const staged = stagedDevice(memoryDevice(image));
        for (const { offset, bytes } of sequence) {
          const fitting = bytes.subarray(0, SIZE - offset);
          staged.write(offset, fitting);
          model.set(fitting, offset);
          expect(staged.read(offset, SIZE - offset).equals(model.subarray(offset))).toBe(true);
        }
        expect(image.equals(before)).toBe(true);
        staged.commit();
        expect(image.equals(model)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('writes nothing for bytes that are there already, and no sector beside a changed one', () => {
    const image = Buffer.alloc(SIZE, 'as it was ');
    const device = memoryDevice(image);
    const staged = stagedDevice(device);
    staged.write(0, Buffer.from(image));
    staged.write(1000, Buffer.from([0, 1, 2]));
    staged.commit();
    expect(device.writes).toEqual([{ offset: 1000, length: 3 }]);
  });

  it('refuses what leaves the device', () => {
    const staged = stagedDevice(memoryDevice(Buffer.alloc(SIZE)));
    expect(() => staged.write(SIZE - 1, Buffer.alloc(2))).toThrow(FormatError);
    expect(() => staged.read(SIZE - 1, 2)).toThrow(FormatError);
  });
});

describe('changeBetween', () => {
  it.each([
    ['same', 'same', undefined],
    ['', '', undefined],
    ['abcdef', 'abXdef', { start: 2, end: 3 }],
    ['abcdef', 'XbcdeX', { start: 0, end: 6 }],
  ])('%j, %j', (before, after, change) => {
    expect(changeBetween(Buffer.from(before), Buffer.from(after))).toEqual(change);
  });
});
