import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bufferDevice } from '../device.ts';
import { sectorSize } from './layout.ts';
import type { LogEntry } from './log-page.ts';
import { overlayBins } from './overlay.ts';

const logSectors = 24;
const binsSectors = 16;

/** Bytes of which each tells its own place, other in the log than in the hive. */
function patterned(sectors: number, salt: number): Buffer {
  return Buffer.from(
    Array.from({ length: sectors * sectorSize }, (_, i) => (i * 31 + (i >> 9) * 7 + salt) & 0xff),
  );
}

const log = bufferDevice(patterned(logSectors, 100));
const pages = fc.record({
  length: fc.integer({ min: 1, max: 4 }),
  to: fc.nat(20),
  from: fc.nat(logSectors - 4),
});
const entries = fc.array(fc.array(pages, { maxLength: 4 }), { minLength: 1, maxLength: 4 });

function toEntry(list: readonly { length: number; to: number; from: number }[], sequence: number): LogEntry {
  const logPages = list.map(({ length, to, from }) => ({
    binsOffset: to * sectorSize,
    length: length * sectorSize,
    log,
    logOffset: from * sectorSize,
  }));
  return { sequence, binsSize: 24 * sectorSize, pages: logPages };
}

/** The same by copying: what the hive would be if its logs were written into it. */
function written(bins: Buffer, steps: readonly LogEntry[]): Buffer {
  const all = steps.flatMap((step) => step.pages);
  const end = Math.max(bins.length, ...all.map(({ binsOffset, length }) => binsOffset + length));
  const result = Buffer.alloc(end);
  bins.copy(result);
  for (const page of all) log.read(page.logOffset, page.length).copy(result, page.binsOffset);
  return result;
}

describe('overlayBins', () => {
  it('reads as if the logs had been written into the hive, wherever one looks', () => {
    const bins = patterned(binsSectors, 0);
    fc.assert(
      fc.property(entries, fc.nat(), fc.nat(), (lists, at, span) => {
        const steps = lists.map(toEntry);
        const overlay = overlayBins(bufferDevice(bins), steps, 24 * sectorSize);
        const expected = written(bins, steps);
        expect(overlay.size).toBe(expected.length);
        const offset = at % expected.length;
        const length = span % (expected.length - offset + 1);
        expect(overlay.read(offset, length).equals(expected.subarray(offset, offset + length))).toBe(true);
        expect(overlay.read(0, expected.length).equals(expected)).toBe(true);
      }),
    );
  });

  it('ends where the bins end, if a page once reached further', () => {
    const page = toEntry([{ length: 4, to: 14, from: 0 }], 1);
    expect(overlayBins(bufferDevice(patterned(binsSectors, 0)), [page], 16 * sectorSize).size).toBe(
      16 * sectorSize,
    );
  });
});
