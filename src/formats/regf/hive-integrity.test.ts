import { describe, expect, it } from 'vitest';
import { makeHive } from '../../../lab/hive/index.ts';
import { bufferDevice } from '../device.ts';
import { checkHive } from './index.ts';
import { baseBlock, cell, keyNode, keySecurity, keyValue } from './layout.ts';

const sound = makeHive({
  values: { Long: Buffer.alloc(64, 0x77), Other: Buffer.alloc(64, 0x66) },
  keys: { alpha: { values: { v: 1 } }, beta: {}, gamma: { keys: { delta: {} } } },
});

/** Of the key node with this name, in the file. */
function nodeOf(bytes: Buffer, name: string): number {
  return bytes.indexOf(name) - keyNode.name;
}

function valueAt(bytes: Buffer, name: string): number {
  return bytes.indexOf(name) - keyValue.name;
}

function setWord(bytes: Buffer, at: number, change: (word: number) => number): void {
  bytes.writeUInt32LE(change(bytes.readUInt32LE(at)), at);
}

describe('the check of a whole hive', () => {
  it('finds nothing in a sound one', () => {
    expect(checkHive(bufferDevice(sound))).toEqual({ damage: [], unreachable: [], keys: 5, values: 3 });
  });

  it.each<[string, RegExp, (bytes: Buffer) => void]>([
    [
      'a bin that names another place',
      /no bin begins at 0x0/,
      (bytes) => bytes.writeUInt32LE(4096, baseBlock.size + 4),
    ],
    [
      'a cell of an impossible size',
      /impossible size/,
      (bytes) => bytes.writeInt32LE(-12, nodeOf(bytes, 'beta') - cell.headerSize),
    ],
    [
      'a key in a free cell',
      /not a cell in use|no cell in use/,
      (bytes) => setWord(bytes, nodeOf(bytes, 'beta') - cell.headerSize, (size) => -(size | 0)),
    ],
    [
      'a name out of order',
      /lists 'aeta' too late/,
      (bytes) => void bytes.write('aeta', bytes.indexOf('beta')),
    ],
    [
      'a name that its hint does not fit',
      /wrong hint/,
      (bytes) => void bytes.write('bezz', bytes.indexOf('beta')),
    ],
    [
      'a largest name that is too small',
      /largest subkey name/,
      (bytes) => bytes.writeUInt16LE(2, nodeOf(bytes, 'gamma') + keyNode.largestSubkeyName),
    ],
    [
      'largest data that are too small',
      /largest value/,
      (bytes) => bytes.writeUInt32LE(1, nodeOf(bytes, 'alpha') + keyNode.largestValueData),
    ],
    [
      'one cell with the data of two values',
      /as another one has/,
      (bytes) =>
        bytes.writeUInt32LE(
          bytes.readUInt32LE(valueAt(bytes, 'Long') + keyValue.data),
          valueAt(bytes, 'Other') + keyValue.data,
        ),
    ],
    [
      'a count of keys that is too small',
      /counts 4 keys where 5 name it/,
      (bytes) => setWord(bytes, bytes.indexOf('sk\0\0') + keySecurity.referenceCount, (count) => count - 1),
    ],
    [
      'a ring that is broken',
      /ring of security cells is broken/,
      (bytes) => bytes.writeUInt32LE(32, bytes.indexOf('sk\0\0') + keySecurity.previous),
    ],
  ])('finds %s', (_, expected, breakIt) => {
    const bytes = Buffer.from(sound);
    breakIt(bytes);
    expect(checkHive(bufferDevice(bytes)).damage.join('\n')).toMatch(expected);
  });

  it('lists cells that no key leads to', () => {
    const bytes = Buffer.from(sound);
    const value = nodeOf(bytes, 'alpha');
    bytes.writeUInt32LE(0, value + keyNode.valueCount);
    expect(checkHive(bufferDevice(bytes))).toMatchObject({ damage: [], unreachable: { length: 2 } });
  });
});
