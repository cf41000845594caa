import { describe, expect, it } from 'vitest';
import { type MadeImage, makeImage } from '../../../lab/images/index.ts';
import { writeTrial } from '../../../lab/images/write-trial.ts';
import { bufferDevice } from '../device.ts';
import { openOverlay } from '../overlay-device.ts';
import { openWritableImage } from './index.ts';

const kibibyte = 1024;
const mebibyte = 1024 * 1024;
const identity = '11111111-2222-4333-8444-555555555555';

/** Its first 64 KiB are there, all else is zeros and left away. */
function half(size: number): Buffer {
  return Buffer.alloc(size).fill(7, 0, 64 * kibibyte);
}

/** Where the file differs afterwards, as [offset, bytes], and how long it has become. */
function touched(made: MadeImage, write: readonly [number, number], parent?: Buffer) {
  const { image, overlay } = writeTrial(made.file, parent);
  const [offset, value] = write;
  image.disk.write(offset, Buffer.from([value]));
  const changes = [...overlay.changes()].map(({ offset: at, after }) => [at, after.length]);
  return { changes, growth: overlay.size - made.file.length };
}

describe('one byte that is written where there is room for it touches one byte', () => {
  const disk = half(mebibyte);
  it.each([
    ['raw', makeImage('raw', disk), 700],
    ['a fixed VHD', makeImage('vhd-fixed', disk), 700],
    // Footer, header and table take four sectors, the bitmap one.
    ['a dynamic VHD', makeImage('vhd-dynamic', disk, { blockSize: 65_536 }), 5 * 512 + 700],
    ['a qcow2', makeImage('qcow2', disk), 65_536 + 700],
    ['a qcow2 with subclusters', makeImage('qcow2', disk, { extendedL2: true }), 65_536 + 700],
  ])('%s', (_, made, at) => {
    expect(touched(made, [700, 0xff])).toEqual({ changes: [[at, 1]], growth: 0 });
  });

  it('a VHDX, beside its headers', () => {
    const made = makeImage('vhdx-dynamic', half(2 * mebibyte));
    const { changes, growth } = touched(made, [700, 0xff]);
    // The maker's blocks begin at 4 MiB. A header is 80 bytes long, and the rest of it zeros.
    expect(changes.at(-1)).toEqual([4 * mebibyte + 700, 1]);
    expect(growth).toBe(0);
    for (const [at = 0, length = 0] of changes.slice(0, -1)) {
      const header = at < 0x2_0000 ? 0x1_0000 : 0x2_0000;
      expect(at).toBeGreaterThanOrEqual(header);
      expect(at + length).toBeLessThanOrEqual(header + 80);
    }
  });
});

describe('one byte that is written where there is no room touches only what makes it', () => {
  it('a dynamic VHD: its table, where the footer was, and the new end', () => {
    const made = makeImage('vhd-dynamic', half(mebibyte), { blockSize: 65_536 });
    const end = made.file.length - 512;
    const { changes, growth } = touched(made, [70_000, 0xff]);
    expect(changes[0]).toEqual([1536 + 4, 4]);
    expect(changes.slice(1).every(([at = 0]) => at >= end)).toBe(true);
    expect(growth).toBe(512 + 65_536);
  });

  it('a dynamic VHD: every sector of the new block is its own, and its bitmap is padded with zeros', () => {
    const { file } = makeImage('vhd-dynamic', half(mebibyte), { blockSize: 65_536 });
    const { image, overlay } = writeTrial(file);
    image.disk.write(70_000, Buffer.from([0xff]));
    const start = overlay.read(1536 + 4, 4).readUInt32BE(0) * 512;
    expect(overlay.read(start, 512).equals(Buffer.alloc(512).fill(0xff, 0, 128 / 8))).toBe(true);
    expect(overlay.read(0, 512).equals(overlay.read(overlay.size - 512, 512))).toBe(true);
  });

  it('a differencing VHD: one bit for the sector, whose other bytes are the parent’s', () => {
    const base = half(mebibyte);
    const parent = makeImage('vhd-dynamic', base);
    const named = { disk: base, identity: parent.identity ?? '', relativePath: '.\\p.vhd' };
    const made = makeImage('vhd-differencing', base, { identity, blockSize: 65_536, parent: named });
    const { image, overlay } = writeTrial(made.file, parent.file);
    image.disk.write(512 * 9 + 5, Buffer.from([1, 2, 3]));
    const start = overlay.read(1536, 4).readUInt32BE(0) * 512;
    expect(overlay.read(start, 3)).toEqual(Buffer.from([0, 0b0100_0000, 0]));
    const sector = Buffer.alloc(512, 7);
    sector.set([1, 2, 3], 5);
    expect(overlay.read(start + 512 + 9 * 512, 512).equals(sector)).toBe(true);
    expect(overlay.read(start + 512, 9 * 512).equals(Buffer.alloc(9 * 512))).toBe(true);
  });

  it('a dynamic VHD whose blocks are aligned to 4 KiB keeps them so', () => {
    const { file } = makeImage('vhd-dynamic', Buffer.alloc(mebibyte), { blockSize: 65_536 });
    const { image, overlay } = writeTrial(file);
    image.disk.write(0, Buffer.from([1]));
    image.disk.write(200_000, Buffer.from([1]));
    const starts = [0, 3].map((block) => overlay.read(1536 + block * 4, 4).readUInt32BE(0) * 512);
    expect(starts.map((start) => (start + 512) % 4096)).toEqual([0, 0]);
  });

  it('a qcow2: its entry, its count, and a cluster at the end', () => {
    const made = makeImage('qcow2', half(mebibyte));
    const { changes, growth } = touched(made, [70_000, 0xff]);
    const before = changes.filter(([at = 0]) => at < made.file.length);
    expect(before).toHaveLength(2);
    expect(growth).toBe(65_536);
  });
});

describe('the headers of a VHDX after the first write', () => {
  const file = makeImage('vhdx-dynamic', half(2 * mebibyte), { log: 'pending' }).file;
  const guids = ['aaaaaaaa-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000002'];

  function headersAfter(...writes: number[]): Buffer[] {
    const overlay = openOverlay(bufferDevice(file));
    const fresh = [...guids];
    const { disk } = openWritableImage({ device: overlay, newGuid: () => fresh.shift() ?? 'one too many' });
    for (const at of writes) disk.write(at, Buffer.from([0xff]));
    return [0x1_0000, 0x2_0000].map((offset) => overlay.read(offset, 80));
  }

  it('are both new, carry both GUIDs and no log', () => {
    const [first, second] = headersAfter(5) as [Buffer, Buffer];
    expect([first, second].map((header) => header.readBigUInt64LE(8))).toEqual([11n, 10n]);
    for (const header of [first, second]) {
      expect(header.readUInt32LE(16)).toBe(0xaaaaaaaa);
      expect([header.readUInt8(31), header.readUInt8(47)]).toEqual([1, 2]);
      expect(header.subarray(48, 64).equals(Buffer.alloc(16))).toBe(true);
    }
    expect(first.subarray(16).equals(second.subarray(16))).toBe(true);
  });

  it('are written once, however much is written', () => {
    expect(headersAfter(5, 6, 1_500_000)).toEqual(headersAfter(5));
  });

  it('stay as they are without a write', () => {
    expect(headersAfter()).toEqual([0x1_0000, 0x2_0000].map((offset) => file.subarray(offset, offset + 80)));
  });
});

it('the zero bits of blocks that were not there are not believed', () => {
  const base = half(2 * mebibyte);
  const parent = makeImage('vhdx-dynamic', base);
  const named = { disk: base, identity: parent.identity ?? '', relativePath: '.\\p.vhdx' };
  const changed = Buffer.from(base).fill(9, 600, 1200);
  const { file } = makeImage('vhdx-differencing', changed, { identity, parent: named });
  // The bitmap of the first chunk says of the second block, which is not there, that all is its own.
  const bitmapAt = file.indexOf(Buffer.from([0b0000_0110]), 5 * mebibyte);
  file.fill(0xff, bitmapAt + 256, bitmapAt + 512);
  const trial = writeTrial(file, parent.file);
  trial.image.disk.write(mebibyte + 5, Buffer.from([1]));
  changed[mebibyte + 5] = 1;
  expect(trial.readBack().equals(changed)).toBe(true);
  expect(trial.overlay.read(bitmapAt + 256, 256)).toEqual(Buffer.alloc(256).fill(1, 0, 1));
});
