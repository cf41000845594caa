import { describe, expect, it } from 'vitest';
import { bufferDevice } from '../device.ts';
import { buildHive, type HiveSpec, type KeySpec, type ValueSpec } from './hive.fixture.ts';
import { decodeNumber, decodeString, type Hive, openHive, registryType } from './index.ts';
import { keyFlag } from './layout.ts';

function open(spec: HiveSpec): Hive {
  return openHive(bufferDevice(buildHive(spec)));
}

function openRoot(root: Omit<KeySpec, 'name'>, minorVersion = 5): Hive {
  return open({ root: { name: 'ROOT', ...root }, minorVersion });
}

function utf16(text: string): Buffer {
  return Buffer.from(text, 'utf16le');
}

describe('a clean hive', () => {
  const hive = open({
    root: { name: 'CMI-CreateHive', subkeys: [{ name: 'Select' }] },
    sequences: [41, 41],
    minorVersion: 6,
  });

  it('says what its base block says', () => {
    expect(hive.state).toEqual({
      dirty: false,
      recovery: 'not-needed',
      sequences: [41, 41],
      lastSequence: 41,
      entriesApplied: 0,
      majorVersion: 1,
      minorVersion: 6,
      size: 4096,
      lastWritten: new Date('2021-08-05T16:16:12.790Z'),
    });
  });

  it('has a root with a name and a time', () => {
    expect(hive.root.name).toBe('CMI-CreateHive');
    expect(hive.root.lastWritten).toEqual(new Date('2021-08-05T16:16:12.790Z'));
    expect(hive.find('')).toBe(hive.root);
  });
});

describe.each(['li', 'lf', 'lh', 'ri'] as const)('subkeys in a list of kind %s', (list) => {
  const names = ['alpha', 'Beta', 'Grüße', 'ab', 'Ωmega', 'журнал', 'a b', 'Alphabet'];
  const subkeys = names.map((name) => ({ name, values: [{ name: 'is', type: 1, data: utf16(name) }] }));
  const { root } = openRoot({ list, subkeys });

  it('are all there, sorted', () => {
    expect(root.subkeyCount).toBe(names.length);
    expect(root.subkeys().map(({ name }) => name)).toEqual([
      'a b',
      'ab',
      'alpha',
      'Alphabet',
      'Beta',
      'Grüße',
      'Ωmega',
      'журнал',
    ]);
  });

  it.each(names)('are found by name: %s', (name) => {
    for (const spelling of [
      name,
      name.toLowerCase(),
      name.replace('ß', '\0').toUpperCase().replace('\0', 'ß'),
    ]) {
      const value = root.subkey(spelling)?.value('IS');
      expect(value && decodeString(value)).toBe(name);
    }
  });

  it.each(['', 'alph', 'alphabets', 'GRÜSSE', 'zeta', 'a', 'Ω'])(
    'are not found by another name: %s',
    (name) => {
      expect(root.subkey(name)).toBeUndefined();
    },
  );
});

describe('find', () => {
  const leafKey = {
    name: 'RDP-Tcp',
    values: [{ name: 'PortNumber', type: 4, data: Buffer.from([0x3d, 0x0d, 0, 0]) }],
  };
  const hive = openRoot({
    subkeys: [{ name: 'Control', subkeys: [{ name: 'Terminal Server', subkeys: [leafKey] }] }],
  });

  it.each([
    'Control\\Terminal Server\\RDP-Tcp',
    'control\\TERMINAL SERVER\\rdp-tcp',
    '\\Control\\Terminal Server\\RDP-Tcp\\',
  ])('follows %s', (path) => {
    const port = hive.find(path)?.value('portnumber');
    expect(port && decodeNumber(port)).toBe(3389);
  });

  it.each([
    ['Link', 'Link'],
    ['LINK\\behind', 'Link'],
    ['Control\\Inner', 'Inner'],
  ])('does not take a symbolic link for the key that it stands for: %s', (path, link) => {
    const flags = keyFlag.symbolicLink;
    const behind = { name: 'behind' };
    const inner = { name: 'Inner', flags };
    const linked = openRoot({
      subkeys: [
        { name: 'Link', flags, subkeys: [behind] },
        { name: 'Control', subkeys: [inner] },
      ],
    });
    expect(() => linked.find(path)).toThrow(
      expect.objectContaining({
        kind: 'unsupported',
        message: `key '${link}' is a symbolic link to another one, which is not followed`,
      }),
    );
    expect(linked.find('Control\\none')).toBeUndefined();
  });

  it.each(['Control\\RDP-Tcp', 'Controls', 'Control\\Terminal Server\\RDP-Tcp\\PortNumber'])(
    'does not find %s',
    (path) => {
      expect(hive.find(path)).toBeUndefined();
    },
  );
});

describe('a key', () => {
  it('has a class name, a descriptor and a link flag where it has them', () => {
    const descriptor = Buffer.from('0100048000', 'hex');
    const subkeys = [
      { name: 'plain' },
      { name: 'special', className: 'a1b2', descriptor, flags: keyFlag.symbolicLink },
    ];
    const { root } = openRoot({ subkeys });
    const plain = root.subkey('plain');
    const special = root.subkey('special');
    expect([plain?.className, plain?.securityDescriptor(), plain?.isSymbolicLink]).toEqual([
      undefined,
      undefined,
      false,
    ]);
    expect(special?.className).toBe('a1b2');
    expect(special?.securityDescriptor()).toEqual(descriptor);
    expect(special?.isSymbolicLink).toBe(true);
  });

  it('without subkeys and values has none', () => {
    const { root } = openRoot({});
    expect([root.subkeys(), root.values(), root.subkey('a'), root.value('')]).toEqual([
      [],
      [],
      undefined,
      undefined,
    ]);
  });

  it('that is a predefined handle has no values, whatever its count field holds', () => {
    const { root } = openRoot({
      flags: keyFlag.predefinedHandle,
      values: [{ name: 'a', type: 3, data: utf16('a') }],
    });
    expect([root.valueCount, root.values()]).toEqual([0, []]);
  });
});

describe('values', () => {
  const sizes = [0, 1, 3, 4, 5, 100, 16_344, 16_345, 32_688, 32_689, 70_000];
  const values: ValueSpec[] = sizes.map((size) => ({
    name: `${size} Ω`,
    type: registryType.binary,
    data: Buffer.from(Array.from({ length: size }, (_, i) => (i * 7 + size) & 0xff)),
  }));
  const { root } = openRoot({ values: [{ name: '', type: 1, data: utf16('default\0') }, ...values] });

  it('are listed in order, with types and sizes', () => {
    expect(root.valueCount).toBe(sizes.length + 1);
    expect(root.values().map(({ name, typeName, size }) => [name, typeName, size])).toEqual([
      ['', 'REG_SZ', 16],
      ...sizes.map((size) => [`${size} Ω`, 'REG_BINARY', size]),
    ]);
  });

  it.each(values)('have their data: $name', ({ name, data }) => {
    expect(root.value(name.toLowerCase())?.data()).toEqual(data);
  });

  it('include the default value as the one without a name', () => {
    const value = root.value('');
    expect(value && decodeString(value)).toBe('default');
  });

  it('of a type without a name show its number', () => {
    const odd = openRoot({ values: [{ name: 'a', type: 0xffff_0012, data: Buffer.alloc(0) }] }).root.value(
      'a',
    );
    expect([odd?.type, odd?.typeName]).toEqual([0xffff_0012, '0xffff0012']);
  });
});

describe('big data in a hive before 1.4', () => {
  it('is no such thing: there the cell itself would hold it all', () => {
    const hive = openRoot({ values: [{ name: 'a', type: 3, data: Buffer.alloc(20_000) }] }, 3);
    expect(() => hive.root.value('a')?.data()).toThrow("data of value 'a' at 0x");
  });
});
