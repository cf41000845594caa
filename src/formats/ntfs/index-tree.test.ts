import { beforeAll, describe, expect, it } from 'vitest';
import { type VolumePatient, volumePatient } from '../../../lab/hostile/volume.ts';
import { type BuiltNtfs, buildNtfs } from '../../../lab/ntfs/index.ts';
import { bufferDevice, type Device } from '../device.ts';
import { type NtfsFile, openNtfs } from './index.ts';

const NODE_OF_BLOCK = 0x18;
const NODE_FLAGS = 0x0c;
const ENTRY_FLAGS = 0x0c;
const HAS_CHILD = 1;
const ENDS_NODE = 2;

const count = 5000;
const names = Array.from({ length: count }, (_, i) => {
  const hash = ((i * 2_654_435_761) % 2 ** 32).toString(16).padStart(8, '0');
  return `${hash}_${i % 3 === 0 ? 'é' : 'Guid'}-${i}`;
});
let built: BuiltNtfs & { readonly image: Buffer };

beforeAll(() => {
  built = buildNtfs({
    files: names.map((name) => ({ path: `keys\\${name}`, data: Buffer.alloc(0) })),
    clusterSize: 4096,
  });
});

/** The directory after damage, on a volume of its own. */
function directoryAfter(damage: (volume: VolumePatient) => void): NtfsFile {
  const patient = volumePatient({ ...built, image: Buffer.from(built.image) });
  damage(patient);
  return directoryOf(bufferDevice(patient.image));
}

function directoryOf(device: Device): NtfsFile {
  const directory = openNtfs(device).find('keys');
  if (directory === undefined) throw new Error('the volume has no directory of keys');
  return directory;
}

/** Where the entries of a node begin, its end included. */
function entriesOf(node: Buffer): number[] {
  const entries: number[] = [];
  for (let at = node.readUInt32LE(0); at < node.readUInt32LE(4); at += node.readUInt16LE(at + 8)) {
    entries.push(at);
  }
  return entries;
}

/** Edits every index block whose node has children, or every one whose node has none. */
function editNodes(volume: VolumePatient, kind: 'leaf' | 'branch', edit: (node: Buffer) => void): void {
  for (let index = 0; index < volume.indexBlocks('keys'); index++) {
    volume.editIndexBlock('keys', index, (block) => {
      const node = block.subarray(NODE_OF_BLOCK);
      const hasChildren = node.readUInt8(NODE_FLAGS) === 1;
      if (block.toString('latin1', 0, 4) === 'INDX' && hasChildren === (kind === 'branch')) edit(node);
    });
  }
}

function childOf(node: Buffer, entry: number): number {
  return entry + node.readUInt16LE(entry + 8) - 8;
}

function orIfDamaged<T, U>(answer: () => T, instead: U): T | U {
  try {
    return answer();
  } catch (error) {
    expect(error).toMatchObject({ kind: 'damaged' });
    return instead;
  }
}

const damages: Readonly<Record<string, [kind: 'leaf' | 'branch', (node: Buffer) => void, RegExp]>> = {
  'ends early': [
    'leaf',
    (node) => {
      const [entry = 0] = entriesOf(node).slice(-3);
      node.writeUInt16LE(ENDS_NODE, entry + ENTRY_FLAGS);
    },
    /an index node that ends before its last entry/,
  ],
  'has entries that lost their children': [
    'branch',
    (node) => {
      for (const entry of entriesOf(node)) {
        node.writeUInt16LE(node.readUInt16LE(entry + ENTRY_FLAGS) & ~HAS_CHILD, entry + ENTRY_FLAGS);
      }
    },
    /contradicts itself on whether it has children/,
  ],
  'denies that it has children': [
    'branch',
    (node) => node.writeUInt8(0, NODE_FLAGS),
    /contradicts itself on whether it has children/,
  ],
  'claims children for its leaves': [
    'leaf',
    (node) => node.writeUInt8(1, NODE_FLAGS),
    /contradicts itself on whether it has children/,
  ],
  'has keys out of order': [
    'leaf',
    (node) => {
      const [first = 0, second = 0] = entriesOf(node);
      node.write('zz', first + 0x10 + 0x42, 'utf16le');
      node.write('00', second + 0x10 + 0x42, 'utf16le');
    },
    /keys are out of order/,
  ],
  'has its children in each other’s place': [
    'branch',
    (node) => {
      const [first = 0, second = 0] = entriesOf(node);
      const child = node.readBigUInt64LE(childOf(node, first));
      node.writeBigUInt64LE(node.readBigUInt64LE(childOf(node, second)), childOf(node, first));
      node.writeBigUInt64LE(child, childOf(node, second));
    },
    /keys are out of order/,
  ],
};

describe('a name is said to be absent only by sound nodes', () => {
  it.each(Object.entries(damages))('not by one that %s', (_, [kind, edit, problem]) => {
    let edited = 0;
    const directory = directoryAfter((volume) =>
      editNodes(volume, kind, (node) => {
        edited++;
        edit(node);
      }),
    );
    expect(edited).toBeGreaterThan(0);
    expect(() => directory.entries()).toThrow(problem);
    const found = names.slice(0, 600).filter((name) => {
      const entry = orIfDamaged(() => directory.entry(name), 'damaged');
      if (entry !== 'damaged') expect(entry?.name).toBe(name);
      return entry !== 'damaged';
    });
    expect(found.length).toBeGreaterThan(0);
    const misses = names
      .slice(0, 600)
      .filter((name) => orIfDamaged(() => directory.entry(`${name}x`), 'damaged') === 'damaged');
    expect(misses.length).toBeGreaterThan(kind === 'leaf' ? 500 : 5);
  });

  it('and by these it is', () => {
    const directory = directoryOf(bufferDevice(built.image));
    for (const name of names.slice(0, 600)) expect(directory.entry(`${name}x`)).toBeUndefined();
  });
});

/** A device that counts what is asked of it. */
function countingDevice(image: Buffer): { readonly device: Device; reads(): number } {
  const device = bufferDevice(image);
  let reads = 0;
  const read = (offset: number, length: number) => {
    reads++;
    return device.read(offset, length);
  };
  return { device: { size: device.size, read }, reads: () => reads };
}

describe('entriesFrom', () => {
  it.each(['', '0', '9e', '9E3779B1', '9e3779b1_', 'ffffffff', 'ff', 'no such name', '\uffff'])(
    '%j is what a filter finds',
    (prefix) => {
      const directory = directoryOf(bufferDevice(built.image));
      const all = directory.entries();
      expect(all.length).toBe(count);
      const wanted = all.filter(({ name }) => name.toLowerCase().startsWith(prefix.toLowerCase()));
      expect(directory.entriesFrom(prefix)).toEqual(wanted);
    },
  );

  it('reads only the blocks on the way and those of the range', () => {
    const { device, reads } = countingDevice(built.image);
    const directory = directoryOf(device);
    const readsOf = (question: () => unknown) => {
      const before = reads();
      question();
      return reads() - before;
    };
    directory.entriesFrom('é'); // $UpCase is read once
    for (const name of names.slice(0, 300)) {
      expect(readsOf(() => expect(directory.entriesFrom(name.slice(0, 9)).length).toBe(1))).toBeLessThan(5);
    }
    expect(readsOf(() => directory.entriesFrom('a'))).toBeLessThan(30);
    expect(readsOf(() => directory.entries())).toBeGreaterThan(100);
  });
});
