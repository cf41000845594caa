import { describe, expect, it } from 'vitest';
import { corpusFile, describeWithCorpus } from '../../../lab/corpus.ts';
import { BytesPending, bufferDevice, type Device, requireRange } from '../device.ts';
import { buildHive } from './hive.fixture.ts';
import { type Hive, type Key, openHive } from './index.ts';
import { baseBlock } from './layout.ts';
import { buildNewLog } from './log.fixture.ts';

const blockSize = 0x1_0000;

/** A device that has only what was asked for before, in blocks, and counts reads and blocks. */
class FarDevice implements Device {
  readonly size: number;
  reads = 0;
  readonly blocks = new Set<number>();
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.size = bytes.length;
  }

  read(offset: number, length: number): Buffer {
    requireRange(this, offset, length);
    this.reads++;
    const before = this.blocks.size;
    for (let at = offset; at < offset + length; at = (Math.floor(at / blockSize) + 1) * blockSize) {
      this.blocks.add(Math.floor(at / blockSize));
    }
    if (this.blocks.size > before) throw new BytesPending();
    return this.#bytes.subarray(offset, offset + length);
  }
}

/** Asks until every block is there; returns the answer and how often blocks had to be waited for. */
function ask<T>(question: () => T): { answer: T; waits: number } {
  for (let waits = 0; ; waits++) {
    try {
      return { answer: question(), waits };
    } catch (error) {
      if (!(error instanceof BytesPending)) throw error;
    }
  }
}

function count(key: Key): number {
  let keys = 1;
  for (const value of key.values()) value.data();
  for (const subkey of key.subkeys()) keys += count(subkey);
  return keys;
}

describe('a hive whose bytes come late', () => {
  const keys = Array.from({ length: 3000 }, (_, i) => ({ name: `key ${i}`, className: `class ${i}` }));
  const root = { name: 'ROOT', subkeys: keys, list: 'ri', descriptor: Buffer.alloc(30) } as const;
  const hive = buildHive({ root, sequences: [3, 2] });
  const page = { offset: 4096, bytes: hive.subarray(baseBlock.size + 4096, baseBlock.size + 8192) };
  const log = buildNewLog(hive, 3, [{ sequence: 3, binsSize: hive.length - baseBlock.size, pages: [page] }]);

  it('is read as one that is all here', () => {
    const far = [new FarDevice(hive), new FarDevice(log)] as const;
    const { answer, waits } = ask(() => {
      const { root, state } = openHive(far[0], [far[1]]);
      root.securityDescriptor();
      root.subkey('no such key');
      root.value('no such value');
      return [state.recovery, count(root), root.subkey('KEY 2999')?.className];
    });
    expect(answer).toEqual(['logs-applied', 3001, 'class 2999']);
    expect(waits).toBeGreaterThan(3);
  });

  it('is waited for without its failures being kept', () => {
    const far = new FarDevice(hive);
    let opened: Hive | undefined;
    const { answer } = ask(() => {
      opened ??= openHive(far);
      return count(opened.root);
    });
    expect(answer).toBe(3001);
  });
});

describe('one read', () => {
  it('brings each cell of a path: a key, its list, and the next key', () => {
    const values = [{ name: 'Start', type: 4, data: Buffer.alloc(4) }];
    const leafKey = { name: 'TermService', values };
    const bytes = buildHive({ root: { name: 'ROOT', subkeys: [{ name: 'Services', subkeys: [leafKey] }] } });
    const local = bufferDevice(bytes);
    let reads = 0;
    const counting: Device = {
      size: local.size,
      read(offset, length) {
        reads++;
        return local.read(offset, length);
      },
    };
    const key = openHive(counting).find('Services\\TermService');
    // Base block, root, its list, Services, its list, TermService.
    expect(reads).toBe(6);
    key?.value('Start')?.data();
    // The list of values, the value.
    expect(reads).toBe(8);
  });
});

describeWithCorpus('a real hive of 12 MB', () => {
  const bytes = corpusFile('hives/win7.SYSTEM');

  it.each<[string, number, number]>([
    ['ControlSet001\\Services\\TermService', 9, 3],
    ['ControlSet001\\Services\\no such service', 9, 3],
    ['ControlSet001\\Control\\Terminal Server\\WinStations\\RDP-Tcp', 13, 4],
  ])('%s takes at most %i reads in %i blocks', (path, reads, blocks) => {
    const far = new FarDevice(bytes);
    ask(() => openHive(far).find(path));
    far.reads = 0;
    openHive(far).find(path);
    expect(far.reads).toBeLessThanOrEqual(reads);
    expect(far.blocks.size).toBeLessThanOrEqual(blocks);
  });
});
