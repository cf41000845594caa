import { describe, expect, it } from 'vitest';
import { bufferDevice } from '../device.ts';
import { FormatError, type FormatErrorKind } from '../errors.ts';
import { buildHive, type KeySpec, sealBaseBlock } from './hive.fixture.ts';
import { type Hive, type Key, openHive } from './index.ts';
import { baseBlock, bin, keyNode, keyValue, subkeyList } from './layout.ts';
import { nameHash } from './names.ts';

function open(bytes: Buffer): Hive {
  return openHive(bufferDevice(bytes));
}

/** The kind and the message of the `FormatError` that a reading ends in. */
function failure(reading: () => unknown): [FormatErrorKind, string] {
  try {
    reading();
  } catch (error) {
    if (error instanceof FormatError) return [error.kind, error.message];
    throw error;
  }
  throw new Error('no error');
}

/** A hive whose cells a test can break by name. */
class Patient {
  readonly bytes: Buffer;

  constructor(root: Omit<KeySpec, 'name'>, minorVersion = 5) {
    this.bytes = buildHive({ root: { name: 'ROOT', ...root }, minorVersion });
  }

  get root(): number {
    return this.bytes.readUInt32LE(baseBlock.rootCell);
  }

  /** Where in the file a field of a cell is; `cell` from the start of the bins. */
  at(cell: number, field: number): number {
    return baseBlock.size + cell + 4 + field;
  }

  word(cell: number, field: number): number {
    return this.bytes.readUInt32LE(this.at(cell, field));
  }

  set(cell: number, field: number, word: number): void {
    this.bytes.writeUInt32LE(word >>> 0, this.at(cell, field));
  }

  set16(cell: number, field: number, word: number): void {
    this.bytes.writeUInt16LE(word, this.at(cell, field));
  }

  get list(): number {
    return this.word(this.root, keyNode.subkeyList);
  }

  /** Element `index` of the root's list of subkeys. */
  child(index: number, elementSize = 8): number {
    return this.word(this.list, subkeyList.elements + index * elementSize);
  }

  /** Element `index` of the root's list of values. */
  value(index: number): number {
    return this.word(this.word(this.root, keyNode.valueList), index * 4);
  }

  open(): Hive {
    return open(this.bytes);
  }

  failure(reading: (root: Key) => unknown): string {
    return failure(() => reading(this.open().root))[1];
  }
}

const threeKeys = { subkeys: [{ name: 'a', subkeys: [{ name: 'deep' }] }, { name: 'b' }, { name: 'c' }] };
const twoValues = {
  values: [
    { name: 'one', type: 3, data: Buffer.alloc(40, 1) },
    { name: 'two', type: 3, data: Buffer.alloc(20_000, 2) },
  ],
};

describe('what is no hive', () => {
  const good = buildHive({ root: { name: 'ROOT' } });
  const changed = (at: number, word: number) => {
    const bytes = Buffer.from(good);
    bytes.writeUInt32LE(word, at);
    return sealBaseBlock(bytes);
  };
  it.each<[string, Buffer, FormatErrorKind, string]>([
    ['nothing', Buffer.alloc(0), 'not-recognised', '0 bytes are too few for a registry hive'],
    ['half a sector', good.subarray(0, 511), 'not-recognised', '511 bytes are too few for a registry hive'],
    ['zeros', Buffer.alloc(8192), 'damaged', 'the first 4096 bytes are all zero'],
    [
      'text',
      Buffer.alloc(8192, 'text'),
      'not-recognised',
      'not a registry hive: it does not begin with regf',
    ],
    [
      'a log',
      changed(baseBlock.fileType, 6),
      'not-recognised',
      "file type 6 is a registry log's, not a hive's",
    ],
    [
      'version 1.1',
      changed(baseBlock.minorVersion, 1),
      'unsupported',
      'version 1.1 of the hive format is not known',
    ],
    [
      'version 1.7',
      changed(baseBlock.minorVersion, 7),
      'unsupported',
      'version 1.7 of the hive format is not known',
    ],
    [
      'version 2.5',
      changed(baseBlock.majorVersion, 2),
      'unsupported',
      'version 2.5 of the hive format is not known',
    ],
    ['format 2', changed(baseBlock.fileFormat, 2), 'unsupported', 'file format 2 of the hive is not known'],
    ['odd bins', changed(baseBlock.binsSize, 4100), 'damaged', 'base block gives the bins 4100 bytes'],
    ['no bins', changed(baseBlock.binsSize, 0), 'damaged', 'base block gives the bins 0 bytes'],
    [
      'no root',
      changed(baseBlock.rootCell, 0xffff_ffff),
      'damaged',
      'root key is missing: the reference to it is empty',
    ],
    [
      'its base block alone',
      good.subarray(0, 4096),
      'damaged',
      'root key at 0x20 is cut off: the file ends 4096 bytes early',
    ],
    [
      'its first sector alone',
      good.subarray(0, 512),
      'damaged',
      'root key at 0x20 is cut off: the file ends 4096 bytes early',
    ],
  ])('%s', (_, bytes, kind, message) => {
    expect(failure(() => open(bytes))).toEqual([kind, message]);
  });
});

describe('a truncated hive', () => {
  const far = { name: 'far', values: [{ name: 'big', type: 3, data: Buffer.alloc(16_000, 5) }] };
  const near = { name: 'near', type: 3, data: Buffer.alloc(40, 4) };
  const whole = buildHive({ root: { name: 'ROOT', subkeys: [far], values: [near] } });

  it('gives what it still has, and says what it has not', () => {
    const { root } = open(whole.subarray(0, whole.length - 8192));
    expect(root.value('near')?.data()).toEqual(near.data);
    const [kind, message] = failure(() => root.subkeys());
    expect(kind).toBe('damaged');
    expect(message).toMatch(/^subkey list at 0x[0-9a-f]+ is cut off: the file ends 8192 bytes early$/);
  });

  it('never ends in another error, wherever it is cut', () => {
    const outcomes = { read: 0, refused: 0 };
    for (let length = 0; length <= whole.length; length += 8) {
      try {
        open(whole.subarray(0, length)).root.subkey('far')?.value('big')?.data();
        outcomes.read++;
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
        outcomes.refused++;
      }
    }
    expect(outcomes.read).toBeGreaterThan(1);
    expect(outcomes.refused).toBeGreaterThan(outcomes.read);
  });
});

describe('a cell reference', () => {
  it.each<[string, number, RegExp]>([
    ['into the first bin header', 0x18, /^root key is said to be at 0x18, where no cell can be$/],
    ['off the grid', 0x24, /^root key is said to be at 0x24, where no cell can be$/],
    ['behind the bins', 0x10_0000, /^root key is said to be at 0x100000, where no cell can be$/],
    ['to volatile storage', 0x8000_0020, /^root key is said to be at 0x80000020, where no cell can be$/],
  ])('%s', (_, offset, message) => {
    const patient = new Patient({});
    patient.bytes.writeUInt32LE(offset, baseBlock.rootCell);
    sealBaseBlock(patient.bytes);
    expect(failure(() => patient.open())).toEqual(['damaged', expect.stringMatching(message)]);
  });

  it.each<[string, number, string]>([
    ['free', 88, 'root key at 0x20 is not a cell in use'],
    ['of no size', 0, 'root key at 0x20 is not a cell in use'],
    ['off the grid', -92, 'root key at 0x20 has the impossible size 92'],
    ['beyond the bins', -0x10_0000, 'root key at 0x20 reaches beyond the last bin'],
    ['of the largest size', -0x8000_0000, 'root key at 0x20 reaches beyond the last bin'],
    ['too small for a key', -8, 'root key at 0x20 is another kind of cell'],
  ])('to a cell %s', (_, size, message) => {
    const patient = new Patient({});
    patient.bytes.writeInt32LE(size, patient.at(patient.root, -4));
    expect(failure(() => patient.open())).toEqual(['damaged', message]);
  });

  it('to a cell that reaches into another bin', () => {
    const patient = new Patient(twoValues);
    const data = patient.word(patient.value(0), keyValue.data);
    patient.bytes.writeInt32LE(-(2 * bin.alignment - (data % bin.alignment)), patient.at(data, -4));
    patient.set(patient.value(0), keyValue.dataSize, 6000);
    expect(patient.failure((root) => root.value('one')?.data())).toBe(
      `data of value 'one' at 0x${data.toString(16)} reaches into another bin`,
    );
  });
});

describe('subkeys', () => {
  it('that lead back to the root end the list', () => {
    const patient = new Patient(threeKeys);
    patient.set(patient.list, subkeyList.elements, patient.root);
    patient.set(patient.root, keyNode.parent, patient.root);
    const message = "key 'ROOT' at 0x20 is not a subkey of key 'ROOT' at 0x20";
    expect(patient.failure((root) => root.subkeys())).toBe(message);
  });

  it('that lead back by name end with the 512th level', () => {
    const patient = new Patient({ subkeys: [{ name: 'ROOT' }] });
    patient.set(patient.list, subkeyList.elements, patient.root);
    const path = (levels: number) => Array(levels).fill('root').join('\\');
    expect(patient.open().find(path(512))?.name).toBe('ROOT');
    const [, message] = failure(() => patient.open().find(path(513)));
    expect(message).toBe('key at 0x20 lies more than 512 levels deep');
  });

  it('of another parent end the list', () => {
    const patient = new Patient(threeKeys);
    patient.set(patient.child(1), keyNode.parent, patient.child(2));
    expect(patient.failure((root) => root.subkeys())).toMatch(
      /^key 'b' at 0x\w+ is not a subkey of key 'ROOT' at 0x20$/,
    );
    expect(patient.open().find('A\\DEEP')?.name).toBe('deep');
  });

  it('listed twice end the list', () => {
    const patient = new Patient(threeKeys);
    patient.set(patient.list, subkeyList.elements + 8, patient.child(0));
    expect(patient.failure((root) => root.subkeys())).toMatch(/^key 'a' at 0x\w+ is listed twice$/);
  });

  it('that are fewer or more than counted end the list', () => {
    const patient = new Patient(threeKeys);
    patient.set(patient.root, keyNode.subkeyCount, 4);
    expect(patient.failure((root) => root.subkeys())).toBe("key 'ROOT' at 0x20 lists 3 of its 4 subkeys");
    expect(patient.open().root.subkey('c')?.name).toBe('c');
    expect(patient.failure((root) => root.subkey('d'))).toBe("key 'ROOT' at 0x20 lists 3 of its 4 subkeys");
    patient.set(patient.root, keyNode.subkeyCount, 2);
    expect(patient.failure((root) => root.subkeys())).toMatch(/has 3 elements where 1 to 2 are left$/);
  });

  it('more than the hive can hold are not believed', () => {
    const patient = new Patient(threeKeys);
    patient.set(patient.root, keyNode.subkeyCount, 0xffff_ffff);
    expect(patient.failure((root) => root.subkeys())).toMatch(
      /claims 4294967295 subkeys, more than the hive can hold$/,
    );
  });

  it('in an index root within an index root are not followed', () => {
    const patient = new Patient({ ...threeKeys, list: 'ri' });
    patient.set(patient.list, subkeyList.elements, patient.list);
    expect(patient.failure((root) => root.subkeys())).toMatch(/is an index root within an index root$/);
  });

  it('in an index root that repeats one leaf end', () => {
    const patient = new Patient({ ...threeKeys, list: 'ri' });
    patient.set(patient.list, subkeyList.elements + 4, patient.word(patient.list, subkeyList.elements));
    expect(patient.failure((root) => root.subkeys())).toMatch(
      /^index root at 0x\w+ names the leaf at 0x\w+ twice$/,
    );
  });

  it('in a list of another kind, or longer than its cell, are none', () => {
    const patient = new Patient(threeKeys);
    patient.set16(patient.list, subkeyList.count, 0xffff);
    patient.set(patient.root, keyNode.subkeyCount, 40);
    expect(patient.failure((root) => root.subkeys())).toMatch(
      /^subkey list at 0x\w+ is longer than its cell$/,
    );
    patient.set16(patient.list, subkeyList.signature, 0x7878);
    expect(patient.failure((root) => root.subkey('a'))).toMatch(/^cell at 0x\w+ is not a list of subkeys$/);
  });

  it('of which one is unreadable still give the others by name', () => {
    const patient = new Patient(threeKeys);
    patient.set16(patient.child(1), keyNode.signature, 0);
    expect(patient.failure((root) => root.subkeys())).toMatch(/^key at 0x\w+ is another kind of cell$/);
    expect(patient.failure((root) => root.subkey('b'))).toMatch(/^key at 0x\w+ is another kind of cell$/);
    expect([patient.open().root.subkey('c')?.name, patient.open().root.subkey('d')]).toEqual([
      'c',
      undefined,
    ]);
  });

  it('with hashes of a kind of their own are found all the same', () => {
    const patient = new Patient(threeKeys);
    for (const i of [0, 1, 2]) patient.set(patient.list, subkeyList.elements + i * 8 + 4, 0);
    expect(['A', 'B', 'C', 'D'].map((name) => patient.open().root.subkey(name)?.name)).toEqual([
      'a',
      'b',
      'c',
      undefined,
    ]);
  });

  it('of which one has a wrong hash are invisible by name, as to Windows', () => {
    const patient = new Patient(threeKeys);
    patient.set(patient.list, subkeyList.elements + 8 + 4, 0);
    expect(patient.open().root.subkey('b')).toBeUndefined();
    expect(patient.open().root.subkeys()).toHaveLength(3);
  });

  it('whose hash matches another name are told by their names', () => {
    const patient = new Patient(threeKeys);
    const hashOfA = patient.word(patient.list, subkeyList.elements + 4);
    patient.set(patient.list, subkeyList.elements + 8 + 4, hashOfA);
    patient.set(patient.list, subkeyList.elements + 4, 1);
    expect(patient.open().root.subkey('a')?.name).toBe('a');
  });
});

describe('a subkey that is not found', () => {
  const absent = (patient: Patient) => patient.failure((root) => root.subkey('absent'));

  it.each(['li', 'lf', 'lh', 'ri'] as const)(
    'in a list of another key’s is not proven absent: %s',
    (list) => {
      const patient = new Patient({ subkeys: [{ name: 'x', subkeys: [{ name: 'y' }], list }], list });
      expect(patient.open().root.subkey('absent')).toBeUndefined();
      const leaf = list === 'ri' ? patient.word(patient.list, subkeyList.elements) : patient.list;
      const x = patient.word(leaf, subkeyList.elements);
      patient.set(patient.root, keyNode.subkeyList, patient.word(x, keyNode.subkeyList));
      expect(absent(patient)).toMatch(/^key 'y' at 0x\w+ is not a subkey of key 'ROOT' at 0x20$/);
    },
  );

  it('in a list with the key itself or a key twice is not proven absent', () => {
    const own = new Patient(threeKeys);
    own.set(own.list, subkeyList.elements + 8, own.root);
    expect(absent(own)).toBe("key 'ROOT' at 0x20 lists the key at 0x20, which is none of its subkeys");
    const twice = new Patient(threeKeys);
    twice.set(twice.list, subkeyList.elements + 16, twice.child(1));
    expect(absent(twice)).toMatch(/^key 'ROOT' at 0x20 lists the key at 0x\w+ twice$/);
  });

  it('where its hint leads to another key is not proven absent', () => {
    const patient = new Patient(threeKeys);
    patient.set(patient.list, subkeyList.elements + 8 + 4, nameHash('ABSENT'));
    expect(absent(patient)).toMatch(/^key 'b' at 0x\w+ is listed by the hint of another name$/);
    expect(patient.open().root.subkey('missing')).toBeUndefined();
    const byStart = new Patient({ ...threeKeys, list: 'lf' });
    byStart.bytes.write('abse', byStart.at(byStart.list, subkeyList.elements + 8 + 4), 'latin1');
    expect(absent(byStart)).toMatch(/^key 'b' at 0x\w+ is listed by the hint of another name$/);
  });

  it('among keys whose names begin alike is absent', () => {
    const { root } = new Patient({ subkeys: [{ name: 'absence' }, { name: 'absents' }], list: 'lf' }).open();
    expect(root.subkey('absent')).toBeUndefined();
  });
});

describe('a name', () => {
  it('longer than its cell is refused', () => {
    const patient = new Patient({ ...threeKeys, ...twoValues });
    patient.set16(patient.child(0), keyNode.nameLength, 0xffff);
    patient.set16(patient.value(0), keyValue.nameLength, 0xffff);
    expect(patient.failure((root) => root.subkeys())).toMatch(
      /^key at 0x\w+ has a name longer than its cell$/,
    );
    expect(patient.failure((root) => root.values())).toMatch(
      /^value at 0x\w+ has a name longer than its cell$/,
    );
  });

  it('of the greatest length is read whole', () => {
    const name = 'Ω'.repeat(255);
    const long = { name: 'v'.repeat(16_383), type: 4, data: Buffer.alloc(4) };
    const { root } = new Patient({ subkeys: [{ name }], values: [long] }).open();
    expect(root.subkeys()[0]?.name).toBe(name);
    expect(root.values()[0]?.name).toBe(long.name);
  });
});

describe('values', () => {
  it('more than their list has room for are not believed', () => {
    const patient = new Patient(twoValues);
    patient.set(patient.root, keyNode.valueCount, 0xffff_ffff);
    expect(patient.failure((root) => root.values())).toMatch(
      /claims 4294967295 values, more than any key has$/,
    );
    patient.set(patient.root, keyNode.valueCount, 20);
    expect(patient.failure((root) => root.values())).toMatch(/has room for fewer than 20 values$/);
  });

  it('listed twice end the list', () => {
    const patient = new Patient(twoValues);
    patient.set(patient.word(patient.root, keyNode.valueList), 4, patient.value(0));
    expect(patient.failure((root) => root.values())).toBe("key 'ROOT' at 0x20 lists a value twice");
  });

  it('of which one is unreadable still give the others by name', () => {
    const patient = new Patient(twoValues);
    patient.set16(patient.value(0), keyValue.signature, 0);
    expect(patient.open().root.value('two')?.size).toBe(20_000);
    expect(patient.failure((root) => root.value('three'))).toMatch(/^cell at 0x\w+ is not a value$/);
    expect(patient.failure((root) => root.values())).toMatch(/^cell at 0x\w+ is not a value$/);
  });
});

describe('value data', () => {
  it.each<[string, number, string]>([
    ['more than its cell has', 60, ' has 44 of 60 bytes'],
    ['more than the hive has', 0x7fff_ffff, ' is said to be 2147483647 bytes, more than the hive'],
    ['more than the field has', 0x8000_0005, ' is 5 bytes in a field of 4'],
  ])('of a length %s', (_, size, message) => {
    const patient = new Patient(twoValues);
    patient.set(patient.value(0), keyValue.dataSize, size);
    expect(patient.failure((root) => root.value('one')?.data())).toContain(message);
  });

  it('in too few segments', () => {
    const patient = new Patient(twoValues);
    const big = patient.word(patient.value(1), keyValue.data);
    patient.set16(big, 2, 1);
    expect(patient.failure((root) => root.value('two')?.data())).toBe(
      "data of value 'two' has 1 segments where 20000 bytes need 2",
    );
  });

  it('in a segment that is too short', () => {
    const patient = new Patient(twoValues);
    const list = patient.word(patient.word(patient.value(1), keyValue.data), 4);
    patient.set(list, 0, patient.word(list, 4));
    expect(patient.failure((root) => root.value('two')?.data())).toBe(
      "segment 0 of the data of value 'two' is shorter than 16344 bytes",
    );
  });

  it('does not keep the other values from being read', () => {
    const patient = new Patient(twoValues);
    patient.set(patient.value(1), keyValue.data, 0xffff_ffff);
    const { root } = patient.open();
    expect(failure(() => root.value('two')?.data())[1]).toBe(
      "data of value 'two' is missing: the reference to it is empty",
    );
    expect(root.value('one')?.data()).toEqual(Buffer.alloc(40, 1));
  });
});

describe('other parts of a key', () => {
  it('that are damaged leave the rest readable', () => {
    const patient = new Patient({ ...threeKeys, className: 'abc', descriptor: Buffer.alloc(20) });
    patient.set16(patient.root, keyNode.classNameLength, 2000);
    patient.set(patient.word(patient.root, keyNode.security), 16, 0xffff_ffff);
    expect(patient.failure((root) => root.className)).toMatch(
      /^class name of key 'ROOT' has \d+ of 2000 bytes$/,
    );
    expect(patient.failure((root) => root.securityDescriptor())).toMatch(
      /^security of key 'ROOT' at 0x\w+ is said to be 4294967295 bytes, more than a descriptor has$/,
    );
    patient.set(patient.word(patient.root, keyNode.security), 16, 0xffff);
    expect(patient.failure((root) => root.securityDescriptor())).toMatch(/is longer than its cell$/);
    expect(patient.open().root.subkeys()).toHaveLength(3);
  });
});
