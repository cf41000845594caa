import { describe, expect, it } from 'vitest';
import { mutate, randomFrom } from '../../../../lab/fuzz/mutate.ts';
import { makeNtfs } from '../../../../lab/ntfs/index.ts';
import { descriptorOf, noise } from '../../../../lab/ntfs/testing/index.ts';
import { FormatError } from '../../errors.ts';
import { featureVolume } from '../testing/packed-volume.ts';
import { memoryDevice, numberedDescriptor } from '../testing/written-volume.ts';
import { type NtfsWriter, openNtfsWriter } from './volume-writer.ts';

const INPUTS = 15;
const SYSTEM = 'Windows\\System32\\config\\SYSTEM';

const made = makeNtfs({
  clusterSize: 512,
  mftFragments: 4,
  size: 2 * 1024 * 1024,
  files: [
    { path: SYSTEM, data: noise(100_000), layout: { fragments: 150 }, links: ['link'] },
    { path: 'resident.txt', data: noise(300) },
    ...Array.from({ length: 60 }, (_, i) => ({ path: `many\\${i}`, security: descriptorOf(1 + i) })),
  ],
});

/** Boot sector, file records, index blocks. */
function structures(image: Buffer): { offset: number; length: number }[] {
  const ranges = [{ offset: 0, length: 512 }];
  for (let offset = 0; offset + 1024 <= image.length; offset += 512) {
    if (['FILE', 'INDX'].includes(image.toString('latin1', offset, offset + 4)))
      ranges.push({ offset, length: 420 });
  }
  return ranges;
}

const acts: readonly ((writer: NtfsWriter) => void)[] = [
  (writer) => writer.fileDevice(SYSTEM).write(50_000 - 1, Buffer.from('other')),
  (writer) => writer.fileDevice(SYSTEM).grow(250_000),
  (writer) => writer.fileDevice('resident.txt').grow(600),
  (writer) => writer.fileDevice('resident.txt').grow(6000),
  (writer) => writer.setSecurity(SYSTEM, numberedDescriptor(7)),
  (writer) => writer.setSecurity('resident.txt', descriptorOf(300)),
];

describe.each([
  ['mkntfs', featureVolume()],
  ['the lab', made],
])('a damaged volume of %s', (_, sound) => {
  it('is written to in full, or not at all and with a typed error', () => {
    const random = randomFrom(1);
    const hot = structures(sound);
    for (let input = 0; input < INPUTS; input++) {
      const image = mutate(sound, random, hot);
      for (const [act, change] of acts.entries())
        expectWholeOrNothing(image, change, `input ${input}, act ${act}`);
    }
  });
});

function expectWholeOrNothing(image: Buffer, change: (writer: NtfsWriter) => void, what: string): void {
  const before = Buffer.from(image);
  try {
    change(openNtfsWriter(memoryDevice(image), { now: new Date(1_700_000_000_000) }));
  } catch (error) {
    expect(error, `${what}: ${error instanceof Error ? error.stack : ''}`).toBeInstanceOf(FormatError);
    expect(image.equals(before), what).toBe(true);
  }
}
