import { describe, expect, it } from 'vitest';
import { type KeyLiteral, makeDirty, makeHive } from '../../../lab/hive/index.ts';
import { bufferDevice, type GrowableDevice, sliceDevice } from '../device.ts';
import { fromSddl } from '../security-descriptor/index.ts';
import { cellsOfBin, listBins } from './cell-allocator.ts';
import { describeTree, differences, type MemoryFile, memoryFile } from './edit.fixture.ts';
import { EditedBins } from './edit-bins.ts';
import { checkHive, type HiveEditor, openHive, openHiveEditor, registryType } from './index.ts';
import { baseBlock, bin, cellSignature, keyFlag, keyNode, keySecurity } from './layout.ts';
import { recoverHive } from './recovery.ts';

const now = new Date('2026-03-04T05:06:07Z');
const earlier = '2024-01-01T00:00:00.000Z';

const usual: KeyLiteral = {
  values: { '': 'default', Number: 1, Text: 'some text that needs a cell' },
  keys: {
    Control: {
      keys: { 'Terminal Server': { values: { fDenyTSConnections: 1, Long: Buffer.alloc(300, 7) } } },
    },
    Services: { keys: { TermService: { values: { Start: 4 } }, BFE: { values: { Start: 2 } } } },
  },
};

function dword(number: number): { type: number; data: Buffer } {
  const data = Buffer.alloc(4);
  data.writeUInt32LE(number);
  return { type: registryType.dword, data };
}

function binary(length: number, fill = 0x5a): { type: number; data: Buffer } {
  return { type: registryType.binary, data: Buffer.alloc(length, fill) };
}

function edited(file: MemoryFile, edit: (editor: HiveEditor) => unknown, logs: MemoryFile[] = []): void {
  const editor = openHiveEditor(file, logs, { now });
  edit(editor);
  editor.commit();
  expect(checkHive(file, logs)).toMatchObject({ damage: [], unreachable: [] });
  expect(recoverHive(file, [])).toMatchObject({ dirty: false, ownBase: { checksumMatches: true } });
  expect(file.size % 4096).toBe(0);
}

/** What an edit changes of what a reader sees, and the hive's file afterwards. */
function change(
  literal: KeyLiteral,
  edit: (editor: HiveEditor) => unknown,
  options = {},
): [string[], MemoryFile] {
  const file = memoryFile(makeHive(literal, options));
  const before = describeTree(openHive(file).root);
  edited(file, edit);
  return [differences(before, describeTree(openHive(file).root)), file];
}

function binsSizeOf(file: MemoryFile): number {
  return file.content().readUInt32LE(baseBlock.binsSize);
}

describe('an edit', () => {
  const server = 'Control\\Terminal Server';
  it.each<[string, (editor: HiveEditor) => boolean, string[]]>([
    [
      'of a DWORD stays in its value',
      (hive) => hive.setValue(server, 'FDENYTSCONNECTIONS', dword(0)),
      [`\\${server}`, `\\${server} = fDenyTSConnections`],
    ],
    ['of the default value', (hive) => hive.setValue('', '', dword(3)), ['', ' = ']],
    [
      'of a value makes the keys on the way',
      (hive) => hive.setValue('control\\New\\Below', 'x', binary(5)),
      ['\\Control', '\\Control\\New', '\\Control\\New\\Below', '\\Control\\New\\Below = x'],
    ],
    [
      'that deletes a value',
      (hive) => hive.deleteValue(server, 'long'),
      [`\\${server}`, `\\${server} = Long`],
    ],
    ['that creates a key', (hive) => hive.createKey('Services\\Ärger'), ['\\Services', '\\Services\\Ärger']],
    [
      'that deletes a key with all below it',
      (hive) => hive.deleteKey('services'),
      [
        '',
        '\\Services',
        '\\Services = ',
        '\\Services\\BFE',
        '\\Services\\BFE = Start',
        '\\Services\\TermService',
        '\\Services\\TermService = Start',
      ].filter((path) => path !== '\\Services = '),
    ],
    [
      'that secures a key',
      (hive) => hive.setSecurity('Services\\BFE', fromSddl('O:SYG:SYD:(A;;KA;;;SY)')),
      ['\\Services\\BFE'],
    ],
  ])('%s changes that and the time of its key', (_, edit, expected) => {
    const [changed] = change(usual, (hive) => expect(edit(hive)).toBe(true));
    expect(changed).toEqual(expected);
  });

  it.each<[string, (editor: HiveEditor) => boolean]>([
    ['sets what is there', (hive) => hive.setValue('Services\\BFE', 'START', dword(2))],
    ['deletes a value that is not there', (hive) => hive.deleteValue('Services\\BFE', 'Stop')],
    ['deletes a value of a key that is not there', (hive) => hive.deleteValue('Services\\None', 'Start')],
    ['creates a key that is there', (hive) => hive.createKey('SERVICES\\bfe')],
    ['deletes a key that is not there', (hive) => hive.deleteKey('Services\\None\\Below')],
    [
      'imports what is the same',
      (hive) =>
        hive.importKey(
          'Services',
          openHive(bufferDevice(makeHive(usual))).root.subkey('Services') ?? expect.fail(),
        ),
    ],
  ])('that %s writes nothing', (_, edit) => {
    const file = memoryFile(makeHive(usual));
    const editor = openHiveEditor(file, [], { now });
    expect(edit(editor)).toBe(false);
    expect(editor.commit()).toBe(false);
    expect(file.touches).toBe(0);
  });

  it('of a DWORD touches the base block, the value and its key, and nothing else', () => {
    const original = makeHive(usual);
    const file = memoryFile(original);
    edited(file, (hive) => hive.setValue(server, 'fDenyTSConnections', dword(0)));
    const after = file.content();
    const other = [...after.keys()].filter((at) => after[at] !== original[at]);
    const [first = 0] = other.filter((at) => at >= baseBlock.size + bin.headerSize);
    expect(after.length).toBe(original.length);
    expect(other.filter((at) => at >= baseBlock.size + bin.headerSize).length).toBeLessThanOrEqual(9);
    expect(first).toBeGreaterThan(baseBlock.size);
  });

  it('can be followed by others, before and after a commit', () => {
    const file = memoryFile(makeHive(usual));
    const editor = openHiveEditor(file, [], { now });
    editor.createKey('A\\B');
    expect(editor.commit()).toBe(true);
    expect(editor.commit()).toBe(false);
    editor.setValue('a\\b', 'v', binary(20_000));
    expect(editor.find('A\\B')?.value('V')?.size).toBe(20_000);
    expect(openHive(file).find('A\\B')?.value('V')).toBeUndefined();
    expect(editor.commit()).toBe(true);
    expect(openHive(file).find('A\\B')?.value('V')?.data()).toEqual(binary(20_000).data);
    expect(openHive(file).state.sequences).toEqual([3, 3]);
  });

  it('that fails leaves everything as it was', () => {
    const file = memoryFile(makeHive(usual));
    const before = describeTree(openHive(file).root);
    const editor = openHiveEditor(file, [], { now });
    expect(() => editor.setValue('A\\B\\C', 'x'.repeat(16_384), dword(1))).toThrow('16384 characters');
    expect(() => editor.createKey(`A\\${'k'.repeat(256)}`)).toThrow('256 characters');
    expect(editor.find('A')).toBeUndefined();
    editor.deleteValue('', 'Number');
    editor.commit();
    expect(differences(before, describeTree(openHive(file).root))).toEqual(['', ' = Number']);
    expect(checkHive(file)).toMatchObject({ damage: [], unreachable: [] });
  });
});

describe('data', () => {
  const sizes = [0, 1, 4, 5, 8, 12, 4064, 4096, 16_343, 16_344, 16_345, 32_688, 32_689, 2 ** 20];
  it.each([3, 5])('of every size replaces that of every other, in version 1.%i', (minorVersion) => {
    const file = memoryFile(makeHive(usual, { minorVersion }));
    const editor = openHiveEditor(file, [], { now });
    for (const [i, from] of sizes.entries()) {
      for (const to of sizes) {
        editor.setValue('K', 'v', binary(from, i));
        editor.setValue('K', 'v', binary(to, 0xaa));
        expect(editor.find('K')?.value('v')?.data().equals(binary(to, 0xaa).data)).toBe(true);
      }
    }
    editor.commit();
    expect(checkHive(file)).toMatchObject({ damage: [], unreachable: [] });
  });

  it('that shrinks, or grows within its cell, stays in that', () => {
    const file = memoryFile(makeHive({ values: { Text: Buffer.alloc(300, 1) } }));
    const cellOf = () => file.content().indexOf(Buffer.alloc(5, 0x5a));
    edited(file, (hive) => hive.setValue('', 'Text', binary(10)));
    const first = cellOf();
    edited(file, (hive) => hive.setValue('', 'Text', binary(299)));
    expect(cellOf()).toBe(first);
  });

  it.each([
    [5, 64 * 2 ** 20],
    [3, 2 ** 20],
  ])('in version 1.%i is refused beyond %i bytes', (minorVersion, most) => {
    const editor = openHiveEditor(memoryFile(makeHive(usual, { minorVersion })), [], { now });
    expect(() => editor.setValue('', 'v', binary(most + 1))).toThrow(`holds ${most}`);
  });
});

describe('subkeys', () => {
  const many = (count: number): KeyLiteral => ({
    keys: Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, {}])),
  });
  const kindIn = (file: MemoryFile): string => {
    const bytes = file.content();
    const root = baseBlock.size + bytes.readUInt32LE(baseBlock.rootCell) + 4;
    const list = baseBlock.size + bytes.readUInt32LE(root + keyNode.subkeyList) + 4;
    return bytes.toString('latin1', list, list + 2);
  };

  it.each<[number, 'lf' | 'lh' | 'li' | 'ri', number, string, string]>([
    [3, 'lf', 507, 'lf', 'li'],
    [3, 'li', 1013, 'li', 'ri'],
    [5, 'lh', 507, 'lh', 'ri'],
    [5, 'lf', 507, 'lf', 'ri'],
    [5, 'li', 1013, 'li', 'ri'],
    [6, 'lh', 507, 'lh', 'ri'],
    [5, 'ri', 60, 'ri', 'ri'],
  ])('of version 1.%i in a list of kind %s, full at %i, are split as Windows splits them', (...row) => {
    const [minorVersion, subkeyList, count, before, after] = row;
    const file = memoryFile(makeHive(many(count), { minorVersion, subkeyList }));
    expect(kindIn(file)).toBe(before);
    edited(file, (hive) => {
      for (let i = 0; i < 50; i++) expect(hive.createKey(`K${i * 10}x`)).toBe(true);
    });
    expect(kindIn(file)).toBe(after);
    expect(openHive(file).root.subkeyCount).toBe(count + 50);
    edited(file, (hive) => {
      for (let i = 0; i < 50; i++) expect(hive.deleteKey(`k${i * 10}X`)).toBe(true);
    });
    expect(describeTree(openHive(file).root).size).toBe(count + 1);
  });

  it.each(['lf', 'lh', 'li', 'ri'] as const)(
    'go one by one from a list of kind %s until none is left',
    (kind) => {
      const file = memoryFile(makeHive(many(40), { subkeyList: kind }));
      edited(file, (hive) => {
        for (let i = 0; i < 40; i++) hive.deleteKey(`k${(i * 7) % 40}`);
      });
      expect(describeTree(openHive(file).root).size).toBe(1);
      edited(file, (hive) => hive.createKey('again'));
    },
  );

  it('in one place fill a list under an index root, which is split', () => {
    const file = memoryFile(makeHive(many(900)));
    edited(file, (hive) => {
      for (let i = 0; i < 300; i++) hive.createKey(`k50${(i * 7) % 300}x`);
    });
    expect(openHive(file).root.subkeyCount).toBe(1200);
  });

  it('inherit what virtualization does where their parent says so, and only there', () => {
    const bytes = makeHive({ keys: { Plain: {}, Marked: {} } });
    const nodeOf = (hive: Buffer, name: string) => hive.indexOf(name) - keyNode.name;
    for (const [name, flags] of [
      ['Plain', 0x2_0000],
      ['Marked', 0xa_0000],
    ] as const)
      bytes.writeUInt32LE(flags, nodeOf(bytes, name) + keyNode.largestSubkeyName);
    const file = memoryFile(bytes);
    edited(file, (hive) => [hive.createKey('Plain\\first'), hive.createKey('Marked\\second')]);
    const wordOf = (name: string) =>
      file.content().readUInt32LE(nodeOf(file.content(), name) + keyNode.largestSubkeyName);
    expect(['first', 'second', 'Plain', 'Marked'].map(wordOf)).toEqual([0, 0xa_0000, 0x2_000a, 0xa_000c]);
  });

  it('are named in Latin-1 where they can be, and keep their case', () => {
    const file = memoryFile(makeHive({}));
    edited(file, (hive) => ['Ünï', 'Ω-Key', 'plain'].map((name) => hive.createKey(name)));
    expect(
      openHive(file)
        .root.subkeys()
        .map(({ name }) => name),
    ).toEqual(['plain', 'Ünï', 'Ω-Key']);
    const bytes = file.content();
    expect(bytes.indexOf(Buffer.from('Ünï', 'latin1'))).toBeGreaterThan(0);
    expect(bytes.indexOf(Buffer.from('Ω-Key', 'utf16le'))).toBeGreaterThan(0);
  });

  it('lie 512 levels deep and no deeper', () => {
    const file = memoryFile(makeHive({}));
    const path = Array.from({ length: 512 }, () => 'd').join('\\');
    edited(file, (hive) => {
      hive.createKey(path);
      expect(() => hive.createKey(`${path}\\d`)).toThrow('levels deep');
    });
    expect(openHive(file).find(path)?.name).toBe('d');
  });
});

describe('security', () => {
  const one = fromSddl('O:SYG:SYD:(A;;KA;;;SY)');
  const two = fromSddl('O:BAG:SYD:(A;;KR;;;WD)');
  const securityCells = (file: MemoryFile) => {
    const bins = new EditedBins(sliceDevice(file, baseBlock.size, binsSizeOf(file)));
    const inUse = listBins(bins).flatMap((one) => [...cellsOfBin(bins, one)].filter(({ isFree }) => !isFree));
    return inUse.flatMap(({ offset }) => {
      const word = (at: number) => bins.read(offset + 4 + at, 4).readUInt32LE();
      return (word(keySecurity.signature) & 0xffff) === cellSignature.sk
        ? [word(keySecurity.referenceCount)]
        : [];
    });
  };

  it('is shared, counted, and freed after its last key', () => {
    const file = memoryFile(makeHive(usual));
    expect(securityCells(file)).toEqual([6]);
    edited(file, (hive) => hive.setSecurity('Control', one));
    edited(file, (hive) => hive.setSecurity('Services', one));
    expect(securityCells(file).sort()).toEqual([2, 4]);
    edited(file, (hive) => hive.createKey('Services\\New'));
    edited(file, (hive) => hive.setSecurity('Services\\BFE', two));
    expect(securityCells(file).sort()).toEqual([1, 3, 3]);
    expect(openHive(file).find('Services\\New')?.securityDescriptor()).toEqual(one);
    edited(file, (hive) => hive.deleteKey('Services'));
    expect(securityCells(file).sort()).toEqual([1, 2]);
  });

  it('is refused where Windows would take it for damage', () => {
    const editor = openHiveEditor(memoryFile(makeHive(usual)), [], { now });
    expect(() => editor.setSecurity('Control', Buffer.alloc(20))).toThrow('revision 0');
    expect(() => editor.setSecurity('Control', fromSddl('D:(A;;KA;;;SY)'))).toThrow('no owner');
    expect(() => editor.setSecurity('None', one)).toThrow("no key 'None'");
  });

  it('whose count is not true is not freed', () => {
    const bytes = makeHive({ keys: { a: { security: one }, b: { security: one } } });
    const at = bytes.indexOf(one) - keySecurity.descriptor;
    bytes.writeUInt32LE(1, at + keySecurity.referenceCount);
    const editor = openHiveEditor(memoryFile(bytes), [], { now });
    expect(() => editor.deleteKey('a')).toThrow('named by more keys than it counts');
    expect(editor.find('a')).toBeDefined();
  });
});

describe('a donor key', () => {
  const donor: KeyLiteral = {
    keys: {
      Svc: {
        className: 'Shell',
        values: { Start: 3, Blob: Buffer.alloc(40_000, 9), '': 'x' },
        keys: { Parameters: { values: { A: 1 }, security: fromSddl('O:SYG:SYD:(A;;KA;;;SY)') }, Empty: {} },
      },
    },
  };
  const from = openHive(bufferDevice(makeHive(donor))).find('Svc') ?? expect.fail();
  const contentOf = (file: GrowableDevice, path: string) => {
    const key = openHive(file).find(path) ?? expect.fail();
    return [...describeTree(key)].map(([at, line]) => [at, line.replace(/^(\S*) \d{4}-\S+Z/, '')]).sort();
  };
  const wanted = [...describeTree(from)]
    .map(([at, line]) => [at, line.replace(/^(\S*) \d{4}-\S+Z/, '')])
    .sort();

  it.each<[string, KeyLiteral]>([
    ['is created', {}],
    [
      'replaces another',
      {
        keys: {
          svc: { values: { Start: 4, Other: 'gone' }, keys: { Old: { keys: { Er: {} } }, PARAMETERS: {} } },
        },
      },
    ],
  ])('%s', (_, target) => {
    const file = memoryFile(makeHive(target));
    edited(file, (hive) => expect(hive.importKey('Svc', from)).toBe(true));
    expect(contentOf(file, 'Svc').map(([at]) => at?.toUpperCase())).toEqual(
      wanted.map(([at]) => at?.toUpperCase()),
    );
    expect(contentOf(file, 'Svc').map(([, line]) => line)).toEqual(wanted.map(([, line]) => line));
    const editor = openHiveEditor(file, [], { now });
    expect([editor.importKey('Svc', from), editor.commit()]).toEqual([false, false]);
  });
});

describe('refused is', () => {
  const flagged = (flag: number) => {
    const bytes = makeHive({ keys: { Plain: {}, Marked: { keys: { Below: {} } } } });
    const node = bytes.indexOf('Marked') - keyNode.name;
    bytes.writeUInt16LE(bytes.readUInt16LE(node + keyNode.flags) | flag, node + keyNode.flags);
    return openHiveEditor(memoryFile(bytes), [], { now });
  };

  it('a path over a symbolic link', () => {
    const editor = flagged(keyFlag.symbolicLink);
    expect(() => editor.createKey('Marked\\Below')).toThrow('symbolic link');
    expect(() => editor.setValue('Marked', 'v', dword(1))).toThrow('symbolic link');
  });

  it('the deletion of the root and of keys that are never to be deleted', () => {
    expect(() => flagged(0).deleteKey('')).toThrow('the root key cannot be deleted');
    expect(() => flagged(keyFlag.noDelete).deleteKey('Marked')).toThrow('never to be deleted');
  });

  it('a value of a key that stands for a handle', () => {
    expect(() => flagged(keyFlag.predefinedHandle).setValue('Marked', 'v', dword(1))).toThrow('handle');
  });

  it('a key whose cell is free', () => {
    const bytes = makeHive({ keys: { Gone: {} } });
    const node = bytes.indexOf('Gone') - keyNode.name - 4;
    bytes.writeInt32LE(-bytes.readInt32LE(node), node);
    const editor = openHiveEditor(memoryFile(bytes), [], { now });
    expect(() => editor.setValue('Gone', 'v', dword(1))).toThrow('not a cell in use');
    expect(() => editor.createKey('New')).toThrow('not a cell in use');
  });

  it('a hive whose bins do not follow one another, where a cell is needed', () => {
    const bytes = makeHive({ values: { big: Buffer.alloc(9000) } });
    bytes.write('nope', 4096 * 2, 'latin1');
    const editor = openHiveEditor(memoryFile(bytes), [], { now });
    expect(() => editor.createKey('New')).toThrow('no bin begins');
  });

  it('a list of subkeys out of order', () => {
    const bytes = makeHive({ keys: { aaaa: {}, bbbb: {} } });
    bytes.write('cccc', bytes.indexOf('aaaa'), 'latin1');
    const editor = openHiveEditor(memoryFile(bytes), [], { now });
    expect(() => editor.createKey('dddd')).toThrow('not in order');
  });

  it('a hive that was not closed cleanly and has no logs, unless its owner says so', () => {
    const file = memoryFile(makeHive(usual, { sequences: [9, 8] }));
    expect(() => openHiveEditor(file, [], { now })).toThrow('none of its logs can be used');
    const editor = openHiveEditor(file, [], { now, withoutLogs: true });
    expect(editor.commit()).toBe(false);
    editor.createKey('New');
    editor.commit();
    expect(openHive(file).state).toMatchObject({ dirty: false, sequences: [10, 10] });
  });

  it('version 1.2 and a file that ends early', () => {
    expect(() => openHiveEditor(memoryFile(makeHive(usual, { minorVersion: 2 })), [], { now })).toThrow(
      '1.2',
    );
    const whole = makeHive({ values: { big: Buffer.alloc(9000) } });
    const cut = memoryFile(whole.subarray(0, whole.length - 4096));
    expect(() => openHiveEditor(cut, [], { now })).toThrow('bytes of its bins');
  });
});

describe('free space', () => {
  const cellsIn = (file: MemoryFile) => {
    const bins = new EditedBins(sliceDevice(file, baseBlock.size, binsSizeOf(file)));
    return listBins(bins).flatMap((one) => [...cellsOfBin(bins, one)]);
  };

  it('is one cell again when what lay in it is gone, in whatever order', () => {
    const file = memoryFile(makeHive(usual, { minimumBinsSize: 8192 }));
    const names = ['a', 'b', 'c', 'd', 'e'];
    edited(file, (hive) => names.map((name) => hive.setValue('Services\\BFE', name, binary(200))));
    edited(file, (hive) => ['b', 'd', 'c', 'a', 'e'].map((name) => hive.deleteValue('Services\\BFE', name)));
    const after = cellsIn(file);
    const isBeside = (i: number) => after[i]?.isFree && after[i + 1]?.isFree;
    const touching = after.filter((one, i) => isBeside(i) && after[i + 1]?.offset === one.offset + one.size);
    expect(touching).toEqual([]);
    expect(after.some(({ isFree }) => isFree)).toBe(true);
  });
});

describe('growth', () => {
  it('adds bins at the end, and keeps the file a multiple of 4096', () => {
    const [, file] = change(usual, (hive) => hive.setValue('', 'Big', binary(100_000)));
    expect(binsSizeOf(file)).toBe(file.size - baseBlock.size);
    expect(file.size).toBeGreaterThan(100_000);
  });

  it('uses the room behind the last bin that a file has already, whatever lies there', () => {
    const file = memoryFile(Buffer.concat([makeHive(usual), Buffer.alloc(16_384, 0xcc)]));
    const { size } = file;
    edited(file, (hive) => hive.setValue('', 'Big', binary(8000)));
    expect(file.size).toBe(size);
    expect(openHive(file).root.value('big')?.data()).toEqual(binary(8000).data);
  });

  it('that is not allowed writes nothing', () => {
    const file = memoryFile(makeHive(usual));
    const fixed = { ...file, size: file.size, grow: () => expect.fail('no room') };
    const editor = openHiveEditor(fixed, [], { now });
    editor.setValue('', 'Big', binary(100_000));
    expect(() => editor.commit()).toThrow('no room');
    expect(file.touches).toBe(0);
  });
});

describe('a dirty hive', () => {
  const newer: KeyLiteral = {
    ...usual,
    values: { ...usual.values, Number: 2 },
    keys: { ...usual.keys, More: { values: { Blob: Buffer.alloc(30_000, 3) } } },
  };

  it.each(['new', 'old'] as const)(
    'has its logs of the %s format applied, and they hold nothing then',
    (style) => {
      const dirty = makeDirty(makeHive(usual), makeHive(newer), style);
      const file = memoryFile(dirty.primary);
      const logs = [dirty.log1, dirty.log2].flatMap((log) => (log ? [memoryFile(log)] : []));
      const before = describeTree(openHive(file, logs).root);
      const { lastSequence } = openHive(file, logs).state;
      expect(before.get(' = Number')).toContain('AgAAAA');
      edited(file, (hive) => hive.setValue('', 'Number', dword(3)), logs);
      expect(differences(before, describeTree(openHive(file, logs).root))).toEqual(['', ' = Number']);
      expect(openHive(file).state.sequences[0]).toBeGreaterThan(lastSequence);
      // As after a crash, or for a program that replays whatever it finds.
      if (style === 'new') expect(file.content().readUInt32LE(baseBlock.flags)).toBe(1);
      const torn = file.content();
      torn.writeUInt32LE(0, baseBlock.checksum);
      expect(openHive(bufferDevice(torn), logs).state.entriesApplied).toBe(0);
      for (const log of logs)
        expect(
          log
            .content()
            .subarray(0, 1024)
            .every((byte) => byte === 0),
        ).toBe(true);
    },
  );

  it('is left as it is where nothing is edited', () => {
    const dirty = makeDirty(makeHive(usual), makeHive(newer), 'new');
    const file = memoryFile(dirty.primary);
    const log = memoryFile(dirty.log1 ?? expect.fail());
    const editor = openHiveEditor(file, [log, memoryFile(dirty.log2 ?? Buffer.alloc(0))], { now });
    expect(editor.setValue('', 'Number', dword(2))).toBe(false);
    expect(editor.commit()).toBe(false);
    expect([file.touches, log.touches]).toEqual([0, 0]);
  });

  it('whose base block is broken gets the one that its logs have', () => {
    const dirty = makeDirty(makeHive(usual), makeHive(newer), 'new', { bothLogs: false });
    const primary = Buffer.from(dirty.primary);
    primary.fill(0xff, 12, 40);
    const file = memoryFile(primary);
    const logs = [memoryFile(dirty.log1 ?? expect.fail())];
    edited(file, (hive) => hive.setValue('', 'Number', dword(3)), logs);
    expect(openHive(file).find('More')?.value('Blob')?.size).toBe(30_000);
    expect(openHive(file).state).toMatchObject({ dirty: false, majorVersion: 1, minorVersion: 5 });
  });
});

describe('the time of a write', () => {
  it('stands at the changed key, in the base block and in the first bin', () => {
    const file = memoryFile(makeHive(usual));
    edited(file, (hive) => hive.setValue('Services', 'v', dword(1)));
    const hive = openHive(file);
    expect(hive.find('Services')?.lastWritten).toEqual(now);
    expect(hive.root.lastWritten.toISOString()).toBe(earlier);
    expect(hive.state.lastWritten).toEqual(now);
    const bytes = file.content();
    expect(bytes.readBigUInt64LE(baseBlock.size + bin.timestamp)).toBe(
      bytes.readBigUInt64LE(baseBlock.lastWritten),
    );
  });

  it('is not in a hive that Windows keeps none in', () => {
    const bytes = makeHive(usual);
    const clean = openHiveEditor(memoryFile(bytes), [], { now });
    clean.createKey('x');
    const without = memoryFile(makeHive(usual, { lastWritten: new Date(-11_644_473_600_000) }));
    edited(without, (hive) => hive.createKey('x'));
    expect(without.content().readBigUInt64LE(baseBlock.lastWritten)).toBe(0n);
    expect(without.content().readBigUInt64LE(baseBlock.size + bin.timestamp)).toBe(0n);
  });
});
