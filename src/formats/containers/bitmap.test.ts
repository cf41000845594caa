import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bufferDevice } from '../device.ts';
import { sectorRun } from './bitmap.ts';
import { tablesOf } from './tables.ts';

describe('sectorRun', () => {
  it.each(['lowest', 'highest'] as const)(
    'finds the run that a plain walk finds, %s bit first',
    (firstBit) => {
      const bytesOfRuns = fc
        .array(fc.tuple(fc.constantFrom(0, 0xff, 0x0f, 0x80, 0x01), fc.integer({ min: 1, max: 9 })), {
          minLength: 1,
        })
        .map((runs) => Buffer.concat(runs.map(([byte, count]) => Buffer.alloc(count, byte))));
      fc.assert(
        fc.property(bytesOfRuns, fc.nat(), fc.nat(), (bytes, first, most) => {
          const bits = [...bytes].flatMap((byte) => bitsOf(byte, firstBit));
          const from = first % bits.length;
          const limit = 1 + (most % (bits.length - from));
          const end = bits.findIndex((bit, i) => i > from && bit !== bits[from]);
          const expected = Math.min(limit, (end < 0 ? bits.length : end) - from);
          const bitmap = { offset: 3, firstBit, name: 'bitmap' };
          const tables = tablesOf(bufferDevice(Buffer.concat([Buffer.alloc(3, 0x55), bytes])));
          expect(sectorRun(tables, bitmap, from, limit)).toEqual({ bit: bits[from], sectors: expected });
        }),
      );
    },
  );

  it('looks no farther than a page at a time', () => {
    const tables = tablesOf(bufferDevice(Buffer.alloc(10_000)));
    const bitmap = { offset: 0, firstBit: 'lowest', name: 'bitmap' } as const;
    expect(sectorRun(tables, bitmap, 5, 80_000 - 5)).toEqual({ bit: false, sectors: 4096 * 8 - 5 });
  });

  function bitsOf(byte: number, firstBit: string): boolean[] {
    const lowestFirst = Array.from({ length: 8 }, (_, i) => ((byte >> i) & 1) === 1);
    return firstBit === 'lowest' ? lowestFirst : lowestFirst.reverse();
  }
});
