import { describe, expect, it } from 'vitest';
import { corpusFile, describeWithCorpus } from '../corpus.ts';
import { checksum } from './base-block.ts';
import { type KeyLiteral, keysFromPaths, makeHive } from './index.ts';
import { baseBlock } from './layout.ts';
import { compareNames, nameHash } from './names.ts';

/** A cell as it lies in the bins. */
interface Cell {
  readonly offset: number;
  readonly used: boolean;
  readonly bytes: Buffer;
}

/** Every cell of a hive, bin by bin; fails where they do not fill their bin to the byte. */
function cellsOf(hive: Buffer): Cell[] {
  const cells: Cell[] = [];
  const end = baseBlock.size + hive.readUInt32LE(baseBlock.binsSize);
  expect(hive.length).toBe(end);
  for (let bin = baseBlock.size; bin < end; bin += hive.readUInt32LE(bin + 8)) {
    expect(hive.toString('latin1', bin, bin + 4)).toBe('hbin');
    expect(hive.readUInt32LE(bin + 4)).toBe(bin - baseBlock.size);
    const size = hive.readUInt32LE(bin + 8);
    expect(size % 4096).toBe(0);
    let at = bin + 32;
    while (at < bin + size) {
      const length = Math.abs(hive.readInt32LE(at));
      expect([length % 8, length >= 8]).toEqual([0, true]);
      const used = hive.readInt32LE(at) < 0;
      cells.push({ offset: at - baseBlock.size, used, bytes: hive.subarray(at + 4, at + length) });
      at += length;
    }
    expect(at).toBe(bin + size);
  }
  return cells;
}

function withSignature(cells: readonly Cell[], signature: string): Cell[] {
  return cells.filter(({ used, bytes }) => used && bytes.toString('latin1', 0, 2) === signature);
}

const own = Buffer.from('01000480000000000000000000000000140000000200080000000000', 'hex');

const varied: KeyLiteral = {
  ...keysFromPaths({ 'a\\b': { short: 1, 'the longest name': 'x' }, 'a\\\u65e5\u672c\u8a9e': {} }),
  className: 'a class',
};
const secured: KeyLiteral = {
  keys: { one: { security: own, keys: { below: {} } }, two: { security: own }, three: {} },
};
const great: KeyLiteral = { values: { great: Buffer.alloc(70_000, 1), greater: Buffer.alloc(300_000, 2) } };

describe('a hive', () => {
  it.each([
    ['varied', varied],
    ['secured', secured],
    ['great', great],
    ['empty', {}],
    ['wide', { keys: Object.fromEntries(Array.from({ length: 2000 }, (_, n) => [`${n}`, {}])) }],
  ])('has bins that its cells fill (%s)', (_name, root: KeyLiteral) => {
    const hive = makeHive(root);
    expect(hive.readUInt32LE(baseBlock.checksum)).toBe(checksum(hive));
    expect(withSignature(cellsOf(hive), 'nk')[0]?.offset).toBe(hive.readUInt32LE(baseBlock.rootCell));
    expect(makeHive(root).equals(hive)).toBe(true);
  });

  it('counts the keys of each security cell, and keeps the cells in a ring', () => {
    const cells = cellsOf(makeHive(secured));
    const security = withSignature(cells, 'sk');
    const references = withSignature(cells, 'nk').map(({ bytes }) => bytes.readUInt32LE(44));
    expect(security.length).toBe(2);
    for (const [index, { offset, bytes }] of security.entries()) {
      const another = security[1 - index]?.offset;
      expect([bytes.readUInt32LE(4), bytes.readUInt32LE(8)]).toEqual([another, another]);
      expect(bytes.readUInt32LE(12)).toBe(references.filter((reference) => reference === offset).length);
    }
    expect(security.map(({ bytes }) => bytes.readUInt32LE(12))).toEqual([2, 3]);
  });

  it('has hints as long as the longest', () => {
    const [root, a] = withSignature(cellsOf(makeHive(varied)), 'nk');
    const b = withSignature(cellsOf(makeHive(varied)), 'nk')[2];
    expect(root?.bytes.readUInt32LE(52)).toBe(2);
    expect(a?.bytes.readUInt32LE(52)).toBe(6);
    expect([b?.bytes.readUInt32LE(60), b?.bytes.readUInt32LE(64)]).toEqual([32, 4]);
  });

  it('refuses names that differ in case alone', () => {
    expect(() => makeHive({ keys: { One: {}, ONE: {} } })).toThrow('differ in case alone');
    expect(() => makeHive({ values: { r\u00e5: 1, R\u00c5: 2 } })).toThrow('differ in case alone');
  });

  it('can have what a hive at rest has not', () => {
    const hive = makeHive({}, { sequences: [7, 6], badChecksum: true, fileName: 'config\\SYSTEM' });
    expect([hive.readUInt32LE(4), hive.readUInt32LE(8)]).toEqual([7, 6]);
    expect(hive.readUInt32LE(baseBlock.checksum)).not.toBe(checksum(hive));
    expect(hive.toString('utf16le', 48, 74)).toBe('config\\SYSTEM');
  });
});

describeWithCorpus('names are hashed and ordered as in real hives', () => {
  it.each(['win7.SYSTEM', 'win10-dirty.SYSTEM'])('%s', (file) => {
    const hive = corpusFile(`hives/${file}`);
    const nameAt = (cell: number): string => {
      const node = cell + 4100;
      const length = hive.readUInt16LE(node + 72);
      const text = hive.readUInt16LE(node + 2) & 0x20 ? 'latin1' : 'utf16le';
      return hive.toString(text, node + 76, node + 76 + length);
    };
    let compared = 0;
    const strange: string[] = [];
    for (const { bytes } of realLists(hive)) {
      const count = bytes.readUInt16LE(2);
      const names = Array.from({ length: count }, (_, n) => nameAt(bytes.readUInt32LE(4 + n * 8)));
      for (const [n, name] of names.entries()) {
        if (nameHash(name) !== bytes.readUInt32LE(8 + n * 8)) strange.push(`hash of ${name}`);
        if (n > 0 && compareNames(names[n - 1] ?? '', name) !== -1) strange.push(`place of ${name}`);
      }
      compared += names.length;
    }
    expect(strange).toEqual([]);
    expect(compared).toBeGreaterThan(10_000);
  });
});

/** The `lh` lists that keys of a real hive name. */
function realLists(hive: Buffer): { bytes: Buffer }[] {
  const lists: { bytes: Buffer }[] = [];
  const seen = [hive.readUInt32LE(baseBlock.rootCell)];
  for (let cell = seen.pop(); cell !== undefined; cell = seen.pop()) {
    const list = hive.readUInt32LE(cell + 4100 + 28);
    if (hive.readUInt32LE(cell + 4100 + 20) === 0) continue;
    const bytes = hive.subarray(list + 4100, list + 4096 + Math.abs(hive.readInt32LE(list + 4096)));
    if (bytes.toString('latin1', 0, 2) !== 'lh') continue;
    lists.push({ bytes });
    for (let n = 0; n < bytes.readUInt16LE(2); n++) seen.push(bytes.readUInt32LE(4 + n * 8));
  }
  return lists;
}
