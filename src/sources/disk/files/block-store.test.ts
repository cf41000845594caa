import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BytesPending } from '../../../formats/device.ts';
import { blockStore } from './block-store.ts';
import { planRuns } from './read-ahead.ts';

const kibi = 1024;

/** Blocks of 64 KiB, of which the given ones are here. */
function plan(wanted: number[], here: number[] = [], count = 1000) {
  const map = { isWhole: (index: number) => here.includes(index), count, blockSize: 64 * kibi };
  return planRuns(wanted, map).map((run) => [run.first, run.count]);
}

describe('a plan of what to fetch', () => {
  const plans: [string, number[], number[], number[][]][] = [
    ['one block', [5], [], [[5, 1]]],
    ['neighbours as one', [5, 6, 7], [], [[5, 3]]],
    ['close ones as one, with the gap', [5, 7], [], [[5, 3]]],
    [
      'close ones apart, where the gap is here',
      [5, 7],
      [6],
      [
        [5, 1],
        [7, 2],
      ],
    ],
    [
      'far ones apart',
      [5, 8],
      [],
      [
        [5, 1],
        [8, 1],
      ],
    ],
    ['a sequence with as much again', [4], [2, 3], [[4, 3]]],
    ['a sequence up to what is here', [4], [2, 3, 6], [[4, 2]]],
    [
      'a long sequence with no more than 512 KiB',
      [40],
      Array.from({ length: 40 }, (_, i) => i),
      [
        [40, 8],
        [48, 1],
      ],
    ],
    [
      'a long run in requests of 512 KiB',
      Array.from({ length: 20 }, (_, i) => i + 10),
      [],
      [
        [10, 8],
        [18, 8],
        [26, 4],
      ],
    ],
  ];
  it.each(plans)('%s', (_, wanted, here, expected) => {
    expect(plan(wanted, here)).toEqual(expected);
  });

  it('ends where the file does', () => {
    expect(plan([9], [5, 6, 7, 8], 10)).toEqual([[9, 1]]);
  });

  it('has every wanted block once, and never one that is here where it is not wanted', () => {
    const blocks = fc.uniqueArray(fc.nat(200), { maxLength: 60 });
    fc.assert(
      fc.property(blocks, blocks, (some, here) => {
        const wanted = some.filter((index) => !here.includes(index)).sort((a, b) => a - b);
        const map = { isWhole: (index: number) => here.includes(index), count: 201, blockSize: 64 * kibi };
        const fetched = planRuns(wanted, map).flatMap(({ first, count }) =>
          Array.from({ length: count }, (_, i) => first + i),
        );
        expect(new Set(fetched).size).toBe(fetched.length);
        expect(wanted.filter((index) => !fetched.includes(index))).toEqual([]);
        expect(fetched.filter((index) => here.includes(index) || index > 200)).toEqual([]);
      }),
    );
  });
});

describe('a store of blocks', () => {
  const bytes = Buffer.from(Array.from({ length: 1000 }, (_, i) => i & 0xff));

  function fetchInto(store: ReturnType<typeof blockStore>, piece = 7): void {
    for (const { offset, length } of store.takeMissing()) {
      for (let done = 0; done < length; done += piece) {
        store.store(offset + done, bytes.subarray(offset + done, offset + Math.min(length, done + piece)));
      }
    }
    store.endRound();
  }

  it('answers any read once its bytes have come, in whatever pieces', () => {
    fc.assert(
      fc.property(fc.nat(999), fc.nat(300), fc.integer({ min: 1, max: 90 }), (offset, most, piece) => {
        const store = blockStore(bytes.length, 64, 100_000);
        const length = Math.min(most, bytes.length - offset);
        if (length > 0) expect(() => store.read(offset, length)).toThrow(BytesPending);
        fetchInto(store, piece);
        expect(store.read(offset, length).equals(bytes.subarray(offset, offset + length))).toBe(true);
        expect(store.takeMissing()).toEqual([]);
      }),
    );
  });

  it('takes a block for whole only when its last byte has come', () => {
    const store = blockStore(bytes.length, 64, 100_000);
    store.store(0, bytes.subarray(0, 63));
    expect(() => store.read(0, 1)).toThrow(BytesPending);
    store.store(0, bytes.subarray(0, 30));
    store.store(62, bytes.subarray(62, 64));
    expect(store.read(0, 64).equals(bytes.subarray(0, 64))).toBe(true);
  });

  it('keeps a view true after its block is forgotten', () => {
    const store = blockStore(bytes.length, 64, 64 * 3);
    const read = (offset: number) => {
      expect(() => store.read(offset, 4)).toThrow(BytesPending);
      fetchInto(store);
      return store.read(offset, 4);
    };
    const view = read(0);
    for (const offset of [200, 400, 600, 800]) read(offset);
    expect(() => store.read(0, 4)).toThrow(BytesPending);
    expect(view.equals(bytes.subarray(0, 4))).toBe(true);
  });
});
