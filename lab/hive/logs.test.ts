import { describe, expect, it } from 'vitest';
import { bufferDevice } from '../../src/formats/device.ts';
import { openHive } from '../../src/formats/regf/index.ts';
import { corpusFile, describeWithCorpus } from '../corpus.ts';
import { checksum } from './base-block.ts';
import { type DirtyHive, type DirtyOptions, makeDirty, makeHive } from './index.ts';
import { baseBlock, logEntry, pageReference } from './layout.ts';
import { logHash } from './marvin32.ts';

/** An entry of a log as it lies there. */
interface Entry {
  readonly sequence: number;
  readonly binsSize: number;
  readonly bytes: Buffer;
  readonly pages: readonly { offset: number; bytes: Buffer }[];
}

/** The entries that lie one after another from the log's base block on, stale ones among them. */
function entriesOf(log: Buffer): Entry[] {
  const entries: Entry[] = [];
  for (let at = 512; log.toString('latin1', at, at + 4) === 'HvLE'; ) {
    const bytes = log.subarray(at, at + log.readUInt32LE(at + logEntry.size));
    entries.push(entryOf(bytes));
    at += bytes.length;
  }
  return entries;
}

function entryOf(bytes: Buffer): Entry {
  const count = bytes.readUInt32LE(logEntry.pageCount);
  const pages: { offset: number; bytes: Buffer }[] = [];
  let data = logEntry.references + count * pageReference.size;
  for (let index = 0; index < count; index++) {
    const reference = logEntry.references + index * pageReference.size;
    const length = bytes.readUInt32LE(reference + pageReference.length);
    pages.push({ offset: bytes.readUInt32LE(reference), bytes: bytes.subarray(data, data + length) });
    data += length;
  }
  const sequence = bytes.readUInt32LE(logEntry.sequence);
  return { sequence, binsSize: bytes.readUInt32LE(logEntry.binsSize), bytes, pages };
}

function expectTrueHashes({ bytes }: Entry): void {
  expect(bytes.readBigUInt64LE(logEntry.dataHash)).toBe(logHash(bytes.subarray(logEntry.references)));
  expect(bytes.readBigUInt64LE(logEntry.headerHash)).toBe(logHash(bytes.subarray(0, logEntry.headerHash)));
}

/** Lays entries over a hive's bins, in the order in which they come. */
function replayed(hive: Buffer, entries: readonly Entry[]): Buffer {
  let bins = Buffer.from(hive.subarray(baseBlock.size));
  for (const { binsSize, pages } of entries) {
    bins = Buffer.concat([bins, Buffer.alloc(Math.max(0, binsSize - bins.length))]);
    for (const { offset, bytes } of pages) bytes.copy(bins, offset);
  }
  return bins;
}

/** The entries that count: those that follow one another in number from the first of each log on. */
function inOrder({ log1, log2 }: DirtyHive): Entry[] {
  const logs = [log1, ...(log2 ? [log2] : [])].map(entriesOf);
  return logs
    .flatMap((entries) => entries.filter(({ sequence }) => sequence >= (entries[0]?.sequence ?? 0)))
    .sort((a, b) => a.sequence - b.sequence);
}

const room = { minimumBinsSize: 40_000 };
const before = makeHive(filler('before', 300), room);
const after = makeHive(filler('after', 330), { minimumBinsSize: 60_000 });

function filler(text: string, count: number) {
  const keys = Array.from({ length: count }, (_, n) => [`key ${n}`, { values: { text, n } }] as const);
  return { values: { text }, keys: Object.fromEntries(keys) };
}

describe('a dirty hive of the new style', () => {
  const cases: readonly [string, DirtyOptions][] = [
    ['as it comes', {}],
    ['with one log', { bothLogs: false }],
    ['with the earlier entries in the other log', { earlierLog: 2 }],
    ['with one entry', { entries: 1 }],
    ['with an entry a page', { entries: 1000 }],
  ];

  it.each(cases)('becomes the hive that it should: %s', (_name, options) => {
    const dirty = makeDirty(before, after, 'new', options);
    const entries = inOrder(dirty);
    for (const entry of entries) expectTrueHashes(entry);
    expect(replayed(dirty.primary, entries).equals(after.subarray(baseBlock.size))).toBe(true);
    expect(dirty.log2 !== undefined).toBe(options.bothLogs !== false && options.entries !== 1);
    expect(dirty.primary.subarray(512).equals(before.subarray(512))).toBe(true);
    expect([dirty.primary.readUInt32LE(4), dirty.primary.readUInt32LE(8)]).toEqual([2, 1]);
    expect(dirty.primary.readUInt32LE(baseBlock.checksum)).toBe(checksum(dirty.primary));
  });

  it.each(cases)('is read so: %s', (_name, options) => {
    const { primary, log1, log2 } = makeDirty(before, after, 'new', options);
    const hive = openHive(bufferDevice(primary), [log1, ...(log2 ? [log2] : [])].map(bufferDevice));
    expect(hive.state).toMatchObject({ dirty: true, recovery: 'logs-applied', size: after.length - 4096 });
    expect(hive.root.subkeyCount).toBe(330);
    const texts = hive.root.subkeys().map((key) => key.value('text')?.data().toString('utf16le'));
    expect(new Set(texts)).toEqual(new Set(['after\0']));
  });

  it('shows whether the order was kept, and whether an entry is missing', () => {
    const dirty = makeDirty(before, after, 'new');
    const wanted = after.subarray(baseBlock.size);
    const [first, second, ...rest] = inOrder(dirty) as [Entry, Entry, ...Entry[]];
    expect(replayed(before, [first, second, ...rest]).equals(wanted)).toBe(true);
    expect(replayed(before, [second, first, ...rest]).equals(wanted)).toBe(false);
    expect(replayed(before, [first, ...rest]).equals(wanted)).toBe(false);
    const withStale = [dirty.log1, dirty.log2 ?? dirty.log1].flatMap(entriesOf);
    expect(replayed(before, withStale).equals(wanted)).toBe(false);
  });

  it('may have nothing to say', () => {
    const dirty = makeDirty(before, before, 'new');
    expect(replayed(dirty.primary, inOrder(dirty)).equals(before.subarray(baseBlock.size))).toBe(true);
  });

  it('cannot shrink', () => {
    expect(() => makeDirty(after, before, 'new')).toThrow('does not shrink');
  });
});

describe('a dirty hive of the old style', () => {
  const { primary, log1, log2 } = makeDirty(before, after, 'old');

  it('becomes the hive that it should', () => {
    const bins = Buffer.concat([primary.subarray(4096), Buffer.alloc(after.length - primary.length)]);
    const bits = (after.length - 4096) / 512;
    let data = Math.ceil((516 + bits / 8) / 512) * 512;
    expect(log1.toString('latin1', 512, 516)).toBe('DIRT');
    for (let bit = 0; bit < bits; bit++) {
      if ((log1.readUInt8(516 + (bit >> 3)) & (1 << (bit & 7))) === 0) continue;
      log1.copy(bins, bit * 512, data, data + 512);
      data += 512;
    }
    expect(data).toBe(log1.length);
    expect(bins.equals(after.subarray(4096))).toBe(true);
    expect(log2).toBeUndefined();
  });

  it('is read so', () => {
    const hive = openHive(bufferDevice(primary), [bufferDevice(log1)]);
    expect(hive.state).toMatchObject({ dirty: true, recovery: 'logs-applied' });
    expect(hive.root.subkeyCount).toBe(330);
  });
});

describeWithCorpus('the layout is that of real logs', () => {
  it.each([
    ['win10-dirty.SYSTEM', [4, 20]],
    ['ntuser-dirty.dat', undefined],
    ['usrclass-dirty.dat', undefined],
  ])('%s', (name, counts) => {
    const logs = [1, 2].map((number) => entriesOf(corpusFile(`hives/${name}.LOG${number}`)));
    for (const entries of logs) {
      expect(entries.length).toBeGreaterThan(0);
      for (const entry of entries) {
        expectTrueHashes(entry);
        for (const { offset, bytes } of entry.pages)
          expect([offset % 4096, bytes.length % 4096]).toEqual([0, 0]);
      }
    }
    if (counts) expect(logs.map((entries) => entries.length)).toEqual(counts);
  });
});
