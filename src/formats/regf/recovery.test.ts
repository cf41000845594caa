import { describe, expect, it } from 'vitest';
import { bufferDevice, type Device, requireRange } from '../device.ts';
import { buildHive, sealBaseBlock } from './hive.fixture.ts';
import { decodeString, type Hive, openHive } from './index.ts';
import { baseBlock, fileType, logEntry, sectorSize } from './layout.ts';
import {
  buildEntry,
  buildNewLog,
  buildOldLog,
  type EntrySpec,
  logBaseBlock,
  type PageSpec,
  sealEntry,
} from './log.fixture.ts';
import { readLogEntries } from './new-log.ts';

const pageSize = 4096;

/** The same tree with another text, so that only the page with the text differs. */
function hiveSaying(text: string, sequences: [number, number] = [7, 7], minorVersion = 5): Buffer {
  const values = [{ name: 'text', type: 1, data: Buffer.from(text.padEnd(30), 'utf16le') }];
  const filler = { name: 'filler', type: 3, data: Buffer.alloc(9000, 1) };
  return buildHive({ root: { name: 'ROOT', values: [filler, ...values] }, sequences, minorVersion });
}

function binsOf(hive: Buffer): Buffer {
  return hive.subarray(baseBlock.size);
}

/** Pages that turn the bins of one hive into another's. */
function pagesTo(newer: Buffer, older: Buffer): PageSpec[] {
  const pages: PageSpec[] = [];
  for (let offset = 0; offset < binsOf(newer).length; offset += pageSize) {
    const bytes = binsOf(newer).subarray(offset, offset + pageSize);
    if (!bytes.equals(binsOf(older).subarray(offset, offset + pageSize))) pages.push({ offset, bytes });
  }
  return pages;
}

const dirty = hiveSaying('on disk', [21, 20]);
const binsSize = binsOf(dirty).length;

function entry(sequence: number, text: string): EntrySpec {
  return { sequence, binsSize, pages: pagesTo(hiveSaying(text), dirty) };
}

function log(first: number, ...texts: string[]): Buffer {
  return buildNewLog(
    dirty,
    first,
    texts.map((text, i) => entry((first + i) >>> 0, text)),
  );
}

function open(hive: Buffer, ...logs: Buffer[]): Hive {
  return openHive(bufferDevice(hive), logs.map(bufferDevice));
}

function textOf(hive: Hive): string | undefined {
  const value = hive.root.value('text');
  return value && decodeString(value)?.trimEnd();
}

function outcome(hive: Buffer, ...logs: Buffer[]): unknown[] {
  const opened = open(hive, ...logs);
  return [textOf(opened), opened.state.recovery, opened.state.entriesApplied, opened.state.lastSequence];
}

const untouched = ['on disk', 'no-usable-logs', 0, 21];

describe('a dirty hive', () => {
  it('has its page of text in one page, so that the logs here are small', () => {
    expect(entry(1, 'x').pages).toHaveLength(1);
  });

  it('without logs is read as it stands', () => {
    expect(outcome(dirty)).toEqual(untouched);
    expect(open(dirty).state).toMatchObject({ dirty: true, sequences: [21, 20] });
  });

  it('passes over empty, short and foreign logs', () => {
    expect(outcome(dirty, Buffer.alloc(0), Buffer.alloc(300, 1), Buffer.alloc(5000), dirty)).toEqual(
      untouched,
    );
  });

  it('takes the last of the entries of one log', () => {
    expect(outcome(dirty, log(21, 'one', 'two', 'three'))).toEqual(['three', 'logs-applied', 3, 23]);
  });

  it.each([false, true])('takes two logs in the order of their numbers (swapped: %s)', (swapped) => {
    const logs = [log(21, 'one', 'two'), log(23, 'three')];
    expect(outcome(dirty, ...(swapped ? logs.reverse() : logs))).toEqual(['three', 'logs-applied', 3, 23]);
  });

  it('leaves out a log from before its last completed write', () => {
    expect(outcome(dirty, log(11, 'stale'), log(20, 'one'))).toEqual(['one', 'logs-applied', 1, 21]);
    expect(outcome(dirty, log(19, 'stale', 'stale', 'stale'))).toEqual(untouched);
  });

  it('stops at a gap between two logs', () => {
    expect(outcome(dirty, log(21, 'one'), log(23, 'three'))).toEqual(['one', 'logs-applied', 1, 21]);
  });

  it('stops at a gap within a log', () => {
    const gap = buildNewLog(dirty, 21, [entry(21, 'one'), entry(23, 'three')]);
    expect(outcome(dirty, gap)).toEqual(['one', 'logs-applied', 1, 21]);
  });

  it('does not begin with an entry of another number than the log says', () => {
    expect(outcome(dirty, buildNewLog(dirty, 21, [entry(22, 'two')]))).toEqual(untouched);
  });

  it('does not take an entry from a log that says it begins with another', () => {
    const mislabelled = buildNewLog(dirty, 23, [entry(22, 'two')]);
    expect(outcome(dirty, log(21, 'one'), mislabelled)).toEqual(['one', 'logs-applied', 1, 21]);
  });

  it('does not use a later log when the earlier one gives nothing', () => {
    expect(outcome(dirty, buildNewLog(dirty, 21, []), log(22, 'two'))).toEqual(untouched);
  });

  it('counts on when sequence numbers wrap around', () => {
    const last = 0xffff_ffff;
    const wrapping = hiveSaying('on disk', [last, last - 1]);
    const logs = [log(0, 'two'), log(last, 'one')];
    expect(outcome(wrapping, ...logs).slice(0, 3)).toEqual(['two', 'logs-applied', 2]);
  });

  it('leaves no trace in the hive or the log', () => {
    const hive = Buffer.from(dirty);
    const used = log(21, 'one');
    const before = Buffer.from(used);
    open(hive, used).root.values();
    expect(hive.equals(dirty) && used.equals(before)).toBe(true);
  });
});

describe('an entry that is not whole', () => {
  const good = log(21, 'one');
  const tail = buildEntry(entry(22, 'two'));
  const flips: [string, number][] = [
    ['signature', logEntry.signature],
    ['size', logEntry.size + 1],
    ['bins size', logEntry.binsSize + 1],
    ['first hash', logEntry.hash1],
    ['first hash, high half', logEntry.hash1 + 7],
    ['second hash', logEntry.hash2],
    ['second hash, high half', logEntry.hash2 + 7],
    ['page reference', logEntry.pageReferences],
    ['last byte', tail.length - 1],
  ];

  it.each(flips)('ends the replay before it: %s', (_, at) => {
    const broken = Buffer.from(tail);
    broken[at] = (broken[at] ?? 0) ^ 1;
    expect(outcome(dirty, Buffer.concat([good, broken]))).toEqual(['one', 'logs-applied', 1, 21]);
  });

  it('ends the replay where the log was cut', () => {
    const whole = Buffer.concat([good, tail]);
    expect(outcome(dirty, whole)).toEqual(['two', 'logs-applied', 2, 22]);
    expect(outcome(dirty, whole.subarray(0, whole.length - 1))).toEqual(['one', 'logs-applied', 1, 21]);
  });

  const page = { offset: 0, bytes: Buffer.alloc(pageSize) };
  it.each<[string, Omit<EntrySpec, 'sequence'>]>([
    ['page beyond the bins', { binsSize, pages: [{ ...page, offset: binsSize }] }],
    ['page off its grid', { binsSize, pages: [{ ...page, offset: 8 }] }],
    ['empty page', { binsSize, pages: [{ offset: 0, bytes: Buffer.alloc(0) }] }],
    ['no pages', { binsSize, pages: [] }],
    ['odd bins size', { binsSize: binsSize + 8, pages: [page] }],
    ['no bins', { binsSize: 0, pages: [page] }],
  ])('right hashes or not: %s', (_, spec) => {
    const odd = buildEntry({ sequence: 22, ...spec });
    expect(outcome(dirty, Buffer.concat([good, odd]))).toEqual(['one', 'logs-applied', 1, 21]);
  });

  it('right hashes or not: pages longer than the entry', () => {
    const odd = buildEntry({ sequence: 22, binsSize, pages: [page] });
    odd.writeUInt32LE(2 * pageSize, logEntry.pageReferences + 4);
    expect(outcome(dirty, Buffer.concat([good, sealEntry(odd)]))).toEqual(['one', 'logs-applied', 1, 21]);
  });

  it('right hashes or not: more references than the entry has room for', () => {
    const odd = buildEntry({ sequence: 22, binsSize, pages: [page] });
    odd.writeUInt32LE(0x1fff_ffff, logEntry.pageCount);
    expect(outcome(dirty, Buffer.concat([good, sealEntry(odd)]))).toEqual(['one', 'logs-applied', 1, 21]);
  });
});

/** A file that is holes from where `bytes` end. */
function hollow(bytes: Buffer, size: number): Device & { bytesRead: number } {
  const device = {
    size,
    bytesRead: 0,
    read(offset: number, length: number) {
      requireRange(device, offset, length);
      device.bytesRead += length;
      return Buffer.concat([bytes.subarray(offset, offset + length)], length);
    },
  };
  return device;
}

describe('a log larger than any real one', () => {
  const mebibyte = 2 ** 20;
  const openWithLogs = (hive: Buffer, ...logs: Device[]) => {
    const { recovery, entriesApplied } = openHive(bufferDevice(hive), logs).state;
    return [recovery, entriesApplied];
  };

  function entryOf(size: number, sequence: number): Buffer {
    const large = buildEntry(entry(sequence, 'two'));
    large.writeUInt32LE(size, logEntry.size);
    return sealEntry(large);
  }

  it('by one entry is not used, nor is what came before it', () => {
    const endless = Buffer.concat([log(21, 'one'), entryOf(64 * mebibyte + sectorSize, 22)]);
    const device = hollow(endless, 12 * 2 ** 30);
    expect(openWithLogs(dirty, device)).toEqual(['no-usable-logs', 0]);
    expect(device.bytesRead).toBeLessThan(2 * mebibyte);
    const second = Buffer.concat([log(22), entryOf(64 * mebibyte + sectorSize, 22)]);
    const both = [bufferDevice(log(21, 'one')), hollow(second, 2 ** 30)];
    expect(openWithLogs(dirty, ...both)).toEqual(['no-usable-logs', 0]);
  });

  it('by its size alone is used as far as its entries go', () => {
    const device = hollow(log(21, 'one', 'two'), 12 * 2 ** 30);
    expect(openWithLogs(dirty, device)).toEqual(['logs-applied', 2]);
    expect(device.bytesRead).toBeLessThan(4 * mebibyte);
  });

  it('by all its entries is not used', () => {
    const whole = bufferDevice(log(21, 'one', 'two', 'three'));
    const each = (whole.size - sectorSize) / 3;
    const budget = { left: 3 * each };
    expect(readLogEntries(whole, 21, budget)).toHaveLength(3);
    expect(budget.left).toBe(0);
    expect(readLogEntries(whole, 21, { left: 3 * each - 1 })).toBe('too-large');
  });

  it('that a hive with a broken base block needs leaves it without', () => {
    const broken = Buffer.from(dirty);
    broken.writeUInt32LE(20, baseBlock.primarySequence);
    const endless = hollow(Buffer.concat([log(21), entryOf(2 ** 30, 21)]), 2 ** 31);
    expect(openWithLogs(broken, endless)).toEqual(['no-usable-logs', 0]);
    expect(openWithLogs(broken, bufferDevice(log(21, 'one')))).toEqual(['logs-applied', 1]);
  });

  it('of the old format is not used', () => {
    const size = 2 ** 31;
    const base = logBaseBlock(dirty, fileType.oldLog, 21);
    base.writeUInt32LE(size, baseBlock.binsSize);
    sealBaseBlock(base);
    const bitmap = Buffer.alloc(size / sectorSize / 8, 0x55);
    const old = hollow(Buffer.concat([base, Buffer.from('DIRT', 'latin1'), bitmap]), size);
    expect(openWithLogs(dirty, old)).toEqual(['no-usable-logs', 0]);
    expect(openWithLogs(dirty, old, bufferDevice(buildOldLog(dirty, hiveSaying('logged'), 21)))).toEqual([
      'no-usable-logs',
      0,
    ]);
  });
});

describe('a log whose base block is not whole', () => {
  it.each<[string, (block: Buffer) => void]>([
    ['checksum', (block) => block.writeUInt32LE(1, baseBlock.checksum)],
    [
      'sequence numbers that differ',
      (block) => sealBaseBlock(block).writeUInt32LE(20, baseBlock.secondarySequence),
    ],
    ['a hive of a type of its own', (block) => block.writeUInt32LE(fileType.primary, baseBlock.fileType)],
    ['an unknown version', (block) => block.writeUInt32LE(9, baseBlock.minorVersion)],
  ])('is not used: %s', (reason, change) => {
    const torn = log(21, 'one');
    const block = torn.subarray(0, baseBlock.copiedSize);
    change(block);
    if (reason !== 'checksum') sealBaseBlock(block);
    expect(outcome(dirty, torn)).toEqual(untouched);
  });
});

describe('a clean hive', () => {
  it('does not even read its logs', () => {
    const unreadable: Device = {
      size: 1 << 20,
      read() {
        throw new Error('read');
      },
    };
    const hive = openHive(bufferDevice(hiveSaying('on disk', [20, 20])), [unreadable]);
    expect([textOf(hive), hive.state.recovery]).toEqual(['on disk', 'not-needed']);
  });
});

describe('a hive that grew', () => {
  const bigger = buildHive({
    root: {
      name: 'ROOT',
      values: [
        { name: 'filler', type: 3, data: Buffer.alloc(9000, 1) },
        { name: 'text', type: 1, data: Buffer.from('on disk'.padEnd(30), 'utf16le') },
        { name: 'more', type: 3, data: Buffer.alloc(16_000, 2) },
      ],
    },
  });
  const size = binsOf(bigger).length;
  const growth = buildNewLog(dirty, 21, [{ sequence: 21, binsSize: size, pages: pagesTo(bigger, dirty) }]);

  it('has what lies beyond the end of its file', () => {
    const hive = open(dirty, growth);
    expect(hive.state.size).toBe(size);
    expect(size).toBeGreaterThan(binsSize);
    expect(hive.root.value('more')?.data()).toEqual(Buffer.alloc(16_000, 2));
  });

  it('takes a part of one page and a part of the next from where each lies', () => {
    const hive = open(dirty, growth);
    expect(hive.root.value('filler')?.data()).toEqual(Buffer.alloc(9000, 1));
  });
});

describe('a hive with a broken base block', () => {
  const broken = Buffer.from(dirty).fill(0xee, baseBlock.primarySequence, 200);
  const erased = Buffer.from(dirty).fill(0, 0, baseBlock.size);

  it.each([
    ['broken', broken],
    ['erased', erased],
  ])('goes by the copy in the log: %s', (_, hive) => {
    expect(outcome(hive, log(21, 'one', 'two')).slice(0, 3)).toEqual(['two', 'logs-applied', 2]);
    expect(open(hive, log(21, 'one')).state).toMatchObject({ dirty: true, minorVersion: 5 });
  });

  it('goes by the newest log alone, as Windows does', () => {
    expect(outcome(broken, log(22, 'two'), log(21, 'one')).slice(0, 3)).toEqual(['two', 'logs-applied', 1]);
  });

  it('uses a copy of the base block even where no entry is whole', () => {
    const opened = open(erased, buildNewLog(dirty, 21, []));
    expect([textOf(opened), opened.state.recovery]).toEqual(['on disk', 'no-usable-logs']);
  });

  it('is used as it is where only the checksum is wrong', () => {
    const hive = Buffer.from(dirty);
    hive.writeUInt32LE(20, baseBlock.primarySequence);
    expect(outcome(hive)).toEqual(['on disk', 'no-usable-logs', 0, 20]);
    expect(open(hive).state.dirty).toBe(true);
  });

  it('is refused without a log', () => {
    expect(() => open(broken)).toThrow('base block is broken and no log replaces it: version');
    expect(() => open(erased)).toThrow(
      'base block is broken and no log replaces it: it does not begin with regf',
    );
  });
});

describe('a log of the old format', () => {
  const older = hiveSaying('on disk', [21, 20], 3);
  const newer = hiveSaying('logged', [21, 20], 3);
  const oldLog = buildOldLog(older, newer, 21);

  it('applies whole', () => {
    expect(outcome(older, oldLog)).toEqual(['logged', 'logs-applied', 1, 21]);
  });

  it('holds fewer sectors than the page has, which the bitmap places', () => {
    expect(oldLog.length).toBe(2 * sectorSize + sectorSize);
  });

  it('applies to a hive with a broken base block', () => {
    const broken = Buffer.from(older).fill(0xee, baseBlock.primarySequence, 40);
    expect(outcome(broken, oldLog).slice(0, 3)).toEqual(['logged', 'logs-applied', 1]);
  });

  it('does not apply where sectors are missing from it', () => {
    expect(outcome(older, oldLog.subarray(0, oldLog.length - 1))).toEqual(untouched);
  });

  it('does not apply to a hive written after it', () => {
    const later = Buffer.from(older);
    later.writeBigUInt64LE(later.readBigUInt64LE(baseBlock.lastWritten) + 1n, baseBlock.lastWritten);
    expect(outcome(sealBaseBlock(later), oldLog)).toEqual(untouched);
  });

  it('gives way to a later one, whatever their order', () => {
    const latest = hiveSaying('later', [21, 20], 3);
    latest.writeBigUInt64LE(latest.readBigUInt64LE(baseBlock.lastWritten) + 1n, baseBlock.lastWritten);
    const laterLog = buildOldLog(older, latest, 21);
    expect(outcome(older, oldLog, laterLog)[0]).toBe('later');
    expect(outcome(older, laterLog, oldLog)[0]).toBe('later');
  });

  it('without its bitmap is nothing', () => {
    expect(outcome(older, logBaseBlock(older, fileType.oldLog, 21))).toEqual(untouched);
    const noDirt = Buffer.from(oldLog).fill(0, 512, 516);
    expect(outcome(older, noDirt)).toEqual(untouched);
  });
});
