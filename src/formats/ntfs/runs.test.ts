import { expect, it } from 'vitest';
import { FormatError } from '../errors.ts';
import { decodeRuns } from './runs.ts';

function decode(hex: string, totalClusters = 0x10_0000): unknown {
  return decodeRuns(Buffer.from(hex.replaceAll(' ', ''), 'hex'), 0, totalClusters, 'file');
}

it.each([
  ['one run', '21183456 00', [{ vcn: 0, lcn: 0x5634, clusters: 0x18 }]],
  [
    'a step back',
    '21183456 1104f0 00',
    [
      { vcn: 0, lcn: 0x5634, clusters: 0x18 },
      { vcn: 0x18, lcn: 0x5624, clusters: 4 },
    ],
  ],
  [
    'a hole, after which the step counts from the run before it',
    '110410 0108 110220 00',
    [
      { vcn: 0, lcn: 0x10, clusters: 4 },
      { vcn: 4, lcn: undefined, clusters: 8 },
      { vcn: 12, lcn: 0x30, clusters: 2 },
    ],
  ],
  ['runs that touch, as one', '110410 110404 00', [{ vcn: 0, lcn: 0x10, clusters: 8 }]],
  ['widths of eight bytes', '88 0200000000000000 1000000000000000 00', [{ vcn: 0, lcn: 0x10, clusters: 2 }]],
  ['pairs that end with the attribute', '110410', [{ vcn: 0, lcn: 0x10, clusters: 4 }]],
  ['nothing', '00', []],
])('reads %s', (_, hex, runs) => {
  expect(decode(hex)).toEqual(runs);
});

it.each([
  ['a run past the volume’s end', '110410 00', 0x13],
  ['a run before the volume', '1104f0 00', 0x1000],
  ['a step that leads before the volume', '110410 1104e0 00', 0x1000],
  ['a run of no clusters', '110010 00', 0x1000],
  ['a negative length', '11ff10 00', 0x1000],
  ['a length without bytes', '1010 00', 0x1000],
  ['widths above eight', '91 00', 0x1000],
  ['a run that is cut short', '440102', 0x1000],
  ['a length beyond safe integers', '08 ffffffffffffff7f 00', 0x1000],
])('refuses %s', (_, hex, totalClusters) => {
  expect(() => decode(hex, totalClusters)).toThrow(FormatError);
});
