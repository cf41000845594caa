import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildIndex, type Index, indexEntry } from './index-tree.ts';

const HAS_CHILD = 1;
const LAST = 2;

/** An entry whose first bytes number it. */
function entryOf(number: number, keyLength: number): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32LE(number);
  return indexEntry(head, Buffer.alloc(keyLength, 'k'));
}

/** The numbers of all entries, in the order of the tree, with the words moved back that fixups took. */
function walk(index: Index, unit: number): { numbers: number[]; depth: number } {
  const numbers: number[] = [];
  let depth = 0;
  const visit = (node: Buffer, headerAt: number, level: number): void => {
    depth = Math.max(depth, level);
    const end = headerAt + node.readUInt32LE(headerAt + 4);
    for (let at = headerAt + node.readUInt32LE(headerAt); at < end; ) {
      const length = node.readUInt16LE(at + 8);
      const flags = node.readUInt16LE(at + 12);
      if ((flags & HAS_CHILD) !== 0) {
        visit(blockAt(index, Number(node.readBigUInt64LE(at + length - 8)), unit), 0x18, level + 1);
      }
      if ((flags & LAST) === 0) numbers.push(node.readUInt32LE(at));
      else expect(at + length).toBe(end);
      at += length;
    }
  };
  visit(index.root, 0x10, 0);
  return { numbers, depth };
}

function blockAt(index: Index, vcn: number, unit: number): Buffer {
  const at = vcn * unit;
  const block = Buffer.from(index.blocks?.subarray(at, at + 4096) ?? []);
  expect(block.toString('latin1', 0, 4)).toBe('INDX');
  expect(block.readBigUInt64LE(0x10)).toBe(BigInt(vcn));
  for (let stride = 1; stride <= 8; stride++) {
    expect(block.readUInt16LE(stride * 512 - 2)).toBe(block.readUInt16LE(0x28));
    block.writeUInt16LE(block.readUInt16LE(0x28 + stride * 2), stride * 512 - 2);
  }
  expect(block.readUInt32LE(0x18 + 4), 'a block without entries').toBeGreaterThan(0x28 + 0x18);
  return block;
}

function shapeOf(clusterSize: number, rootRoom: number): Parameters<typeof buildIndex>[1] {
  return { attributeType: 0x30, collation: 1, clusterSize, rootRoom };
}

describe('an index', () => {
  it.each([
    [0, 0],
    [3, 0],
    [30, 1],
    [100, 1],
    [500, 2],
    [5000, 2],
    [100_000, 3],
  ])('of %i entries is %i levels deep', (count, levels) => {
    const entries = Array.from({ length: count }, (_, number) => entryOf(number, 90));
    const { numbers, depth } = walk(buildIndex(entries, shapeOf(4096, 600)), 4096);
    expect(numbers).toEqual(entries.map((_, number) => number));
    expect(depth).toBe(levels);
  });

  it.each([
    [512, 512],
    [2048, 2048],
    [4096, 4096],
    [8192, 512],
    [65_536, 512],
  ])('in clusters of %i bytes counts blocks in units of %i', (clusterSize, unit) => {
    const entries = Array.from({ length: 300 }, (_, number) => entryOf(number, 100));
    const index = buildIndex(entries, shapeOf(clusterSize, 200));
    expect(walk(index, unit).numbers).toHaveLength(300);
    expect(index.root.readUInt8(0x0c)).toBe(4096 / unit);
  });

  it('keeps the order and leaves no block empty, whatever the sizes', () => {
    const lengths = fc.array(fc.integer({ min: 68, max: 576 }), { maxLength: 400 });
    fc.assert(
      fc.property(lengths, fc.integer({ min: 56, max: 900 }), (keys, rootRoom) => {
        const entries = keys.map((length, number) => entryOf(number, length));
        const index = buildIndex(entries, shapeOf(4096, rootRoom));
        expect(index.root.length).toBeLessThanOrEqual(rootRoom);
        expect(walk(index, 4096).numbers).toEqual(keys.map((_, number) => number));
      }),
    );
  });
});
