import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeRuns } from '../../src/formats/ntfs/runs.ts';
import { encodeRunList, joinRuns, runsThatFit } from './run-list.ts';

describe('a run list', () => {
  it.each([
    ['one run', [{ lcn: 0x5634, clusters: 0x18 }], '2118345600'],
    [
      'a hole',
      [
        { lcn: 0x60, clusters: 0x30 },
        { lcn: null, clusters: 0x10 },
      ],
      '11306001' + '1000',
    ],
    [
      'backwards',
      [
        { lcn: 0x60, clusters: 1 },
        { lcn: 0x50, clusters: 1 },
      ],
      '110160' + '1101f000',
    ],
    ['a sign bit', [{ lcn: 0x80, clusters: 0x80 }], '228000800000'],
    ['nothing', [], '00'],
    [
      'many',
      [
        { lcn: 0x342573, clusters: 0x38 },
        { lcn: 0x342573 + 0x211e5, clusters: 0x114 },
        { lcn: 0x342573 + 0x211e5 + 0x300aa, clusters: 0x42 },
      ],
      '3138732534' + '321401e51102' + '3142aa0003' + '00',
    ],
  ])('%s', (_, runs, hex) => {
    expect(encodeRunList(runs).toString('hex')).toBe(hex);
  });

  const run = fc.record({
    lcn: fc.option(fc.integer({ min: 0, max: 2 ** 40 })),
    clusters: fc.integer({ min: 1, max: 2 ** 30 }),
  });

  it('is read back as it was', () => {
    fc.assert(
      fc.property(fc.array(run, { maxLength: 20 }), (runs) => {
        const read = decodeRuns(encodeRunList(runs), 0, 2 ** 41, 'it');
        expect(joinRuns(read.map(({ lcn = null, clusters }) => ({ lcn, clusters })))).toEqual(joinRuns(runs));
      }),
    );
  });

  it('fits exactly where it says', () => {
    fc.assert(
      fc.property(fc.array(run, { maxLength: 20 }), fc.integer({ min: 1, max: 200 }), (runs, room) => {
        const count = runsThatFit(runs, room);
        expect(encodeRunList(runs.slice(0, count)).length).toBeLessThanOrEqual(room);
        if (count < runs.length) expect(encodeRunList(runs.slice(0, count + 1)).length).toBeGreaterThan(room);
      }),
    );
  });

  it('joins what continues', () => {
    const runs = [
      { lcn: 4, clusters: 2 },
      { lcn: 6, clusters: 1 },
      { lcn: null, clusters: 1 },
      { lcn: null, clusters: 2 },
      { lcn: 7, clusters: 1 },
    ];
    expect(joinRuns(runs)).toEqual([
      { lcn: 4, clusters: 3 },
      { lcn: null, clusters: 3 },
      { lcn: 7, clusters: 1 },
    ]);
  });
});
