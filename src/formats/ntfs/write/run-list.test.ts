import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { append, decodeRuns, type Run } from '../runs.ts';
import { encodeRuns } from './run-list.ts';

const TOTAL_CLUSTERS = 2 ** 40;

const runLists = fc
  .array(
    fc.record({
      lcn: fc.option(
        fc.maxSafeNat().map((n) => n % 2 ** 39),
        { nil: undefined },
      ),
      clusters: fc.integer({ min: 1, max: 2 ** 33 }),
    }),
    { maxLength: 30 },
  )
  .map((parts) => {
    const runs: Run[] = [];
    let vcn = 0;
    for (const { lcn, clusters } of parts) {
      append(runs, { vcn, lcn, clusters });
      vcn += clusters;
    }
    return runs;
  });

describe('encodeRuns', () => {
  it('gives what decodeRuns takes', () => {
    fc.assert(
      fc.property(runLists, (runs) => {
        expect(decodeRuns(encodeRuns(runs), 0, TOTAL_CLUSTERS, 'it')).toEqual(runs);
      }),
    );
  });

  it.each([
    [[], '00'],
    [[{ vcn: 0, lcn: 0x5555, clusters: 0x18 }], '21185555' + '00'],
    [[{ vcn: 0, lcn: 0x80, clusters: 0x80 }], '2280008000' + '00'],
    [
      [
        { vcn: 0, lcn: 100, clusters: 1 },
        { vcn: 1, lcn: 99, clusters: 127 },
      ],
      '110164' + '117fff' + '00',
    ],
    [[{ vcn: 0, lcn: undefined, clusters: 16 }], '0110' + '00'],
  ] satisfies [Run[], string][])('writes each number as short as its sign allows: %j', (runs, hex) => {
    expect(encodeRuns(runs).toString('hex')).toBe(hex);
  });
});
