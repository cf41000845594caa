import { describe, expect, it } from 'vitest';
import { makeImage } from '../../../lab/images/index.ts';
import { resealedVhd, resealedVhdx } from '../../../lab/images/reseal.ts';
import { sampleDisk } from '../../../lab/images/sample.ts';
import { type WriteTrial, writeTrial } from '../../../lab/images/write-trial.ts';

const mebibyte = 1024 * 1024;
const disk = sampleDisk(512 * 1024, 31)
  .fill(9, 0, 8192)
  .fill(9, 508 * 1024);
const fixed = makeImage('vhd-fixed', disk).file;
const dynamic = makeImage('vhd-dynamic', disk, { blockSize: 65_536 }).file;
const vhdx = makeImage(
  'vhdx-dynamic',
  sampleDisk(2 * mebibyte, 32)
    .fill(9, 0, 512)
    .fill(9, mebibyte, mebibyte + 512),
).file;
const pending = makeImage('vhdx-dynamic', disk, { log: 'pending' }).file;
const qcow2 = makeImage('qcow2', disk).file;
const compressed = makeImage('qcow2', disk, { compression: 'deflate' }).file;

function edited(file: Buffer, edit: (bytes: Buffer) => void): Buffer {
  const bytes = Buffer.from(file);
  edit(bytes);
  return bytes;
}

/** A VHD with both footers changed alike. */
function footers(edit: (footer: Buffer) => void): Buffer {
  return resealedVhd(
    edited(dynamic, (bytes) => {
      edit(bytes.subarray(0, 512));
      edit(bytes.subarray(bytes.length - 512));
    }),
  );
}

/** Where the L2 table of a qcow2 with one of them lies: what its first L1 entry names. */
function l2TableOf(file: Buffer): number {
  return file.readUInt32BE(Number(file.readBigUInt64BE(40)) + 4);
}

function refcountBlockOf(file: Buffer): number {
  return file.readUInt32BE(Number(file.readBigUInt64BE(48)) + 4);
}

describe('an image that is read and not written to', () => {
  it.each([
    ['a raw file of no whole sectors', disk.subarray(0, 5000), 'not a multiple of 512 bytes'],
    [
      'a fixed VHD without its end',
      edited(fixed, (bytes) => bytes.writeUInt8(1, disk.length + 300)),
      'bad checksum',
    ],
    ['a dynamic VHD cut short', dynamic.subarray(0, dynamic.length - 512), 'footer at the end is missing'],
    [
      'a dynamic VHD with a damaged footer',
      edited(dynamic, (bytes) => bytes.writeUInt8(1, dynamic.length - 200)),
      'footer at the end is damaged',
    ],
    [
      'a dynamic VHD with a damaged copy',
      edited(dynamic, (bytes) => bytes.writeUInt8(1, 300)),
      'its two footers differ',
    ],
    ['a VHD with a saved state', footers((footer) => footer.writeUInt8(1, 84)), 'saved as it ran'],
    [
      'a VHDX with a damaged region table',
      edited(vhdx, (bytes) => bytes.writeUInt8(1, 0x3_0100)),
      'first VHDX region table is damaged',
    ],
    [
      'a VHDX with an empty log in use',
      edited(pending, (bytes) => bytes.fill(0, mebibyte, 2 * mebibyte)),
      'holds no valid entry',
    ],
    ['a VHDX that is shorter than its log says', pending.subarray(0, 3 * mebibyte + 4096), 'log tells of'],
    ['a qcow2 in use', edited(qcow2, (bytes) => bytes.writeUInt8(1, 79)), 'dirty flag is set'],
    ['a qcow2 known to be corrupt', edited(qcow2, (bytes) => bytes.writeUInt8(2, 79)), 'corrupt flag is set'],
    [
      'a qcow2 with snapshots',
      edited(qcow2, (bytes) => bytes.writeUInt32BE(2, 60)),
      'internal snapshots (2)',
    ],
  ])('%s', (_, file, reason) => {
    expect(() => writeTrial(file)).toThrow(
      expect.objectContaining({ kind: 'unsupported', message: expect.stringContaining(reason) }),
    );
  });

  it('a raw one into which a container’s mark is written', () => {
    const { image, overlay } = writeTrial(disk);
    for (const [offset, mark] of [
      [0, 'vhdxfile'],
      [0, 'QFI\xfb\0\0\0\x02'],
      [disk.length - 512, 'conectix'],
      [0, 'KDMV'],
    ] as const) {
      expect(() => image.disk.write(offset, Buffer.from(mark, 'latin1'))).toThrow(
        expect.objectContaining({ kind: 'unsupported', message: expect.stringContaining('container') }),
      );
    }
    expect([...overlay.changes()]).toEqual([]);
  });
});

describe('an image whose account of itself is wrong', () => {
  const l2 = l2TableOf(qcow2);
  const counts = refcountBlockOf(qcow2);
  const host = qcow2.readUInt32BE(l2 + 4);
  it.each([
    [
      'two blocks of a VHD in one place',
      edited(dynamic, (bytes) => bytes.copy(bytes, 1540, 1536, 1540)),
      'over each other',
    ],
    [
      'a block of a VHD over its table',
      edited(dynamic, (bytes) => bytes.writeUInt32BE(2, 1536)),
      'over each other',
    ],
    [
      'a block of a VHD past the footer',
      edited(dynamic, (bytes) => bytes.writeUInt32BE(bytes.readUInt32BE(1564) + 1, 1564)),
      'past the end',
    ],
    [
      'two blocks of a VHDX in one place',
      edited(vhdx, (bytes) => bytes.copy(bytes, 3 * mebibyte + 8, 3 * mebibyte, 3 * mebibyte + 8)),
      'over each other',
    ],
    [
      'a block of a VHDX over its log',
      edited(vhdx, (bytes) => bytes.writeUInt32LE(0x10_0006, 3 * mebibyte)),
      'over each other',
    ],
    [
      'a block of a VHDX over its table',
      edited(vhdx, (bytes) => bytes.writeUInt32LE(0x30_0006, 3 * mebibyte)),
      'over each other',
    ],
    [
      'a block of a VHDX past the end',
      edited(vhdx, (bytes) => bytes.writeUInt32LE(0x7ff0_0006, 3 * mebibyte)),
      'past the end',
    ],
    [
      'a block of a VHDX in a state of differencing ones',
      edited(vhdx, (bytes) => bytes.writeUInt8(7, 3 * mebibyte)),
      'state 7',
    ],
    [
      'a cluster of a qcow2 without a count',
      edited(qcow2, (bytes) => bytes.writeUInt16BE(0, counts + (host / 65_536) * 2)),
      'used oftener',
    ],
    [
      'two entries of a qcow2 for one cluster',
      edited(qcow2, (bytes) => bytes.copy(bytes, l2 + 8, l2, l2 + 8)),
      'used oftener',
    ],
    [
      'a cluster of a qcow2 over its own table',
      edited(qcow2, (bytes) => bytes.writeUInt32BE(l2, l2 + 4)),
      'used oftener',
    ],
    [
      'a cluster of a qcow2 past the end',
      edited(qcow2, (bytes) => bytes.writeUInt32BE(0x7fff_0000, l2 + 4)),
      'past its end',
    ],
    [
      'the refcount table of a qcow2 over its header',
      edited(qcow2, (bytes) => bytes.writeBigUInt64BE(0n, 48)),
      'over another table',
    ],
    [
      'no refcount table in a qcow2',
      edited(qcow2, (bytes) => bytes.writeUInt32BE(0, 56)),
      'refcount table of 0 bytes',
    ],
    ['counts of a qcow2 that are too wide', edited(qcow2, (bytes) => bytes.writeUInt32BE(7, 96)), '2^7 bits'],
  ])('%s', (_, file, reason) => {
    expect(() => writeTrial(file)).toThrow(
      expect.objectContaining({ kind: 'damaged', message: expect.stringContaining(reason) }),
    );
  });
});

describe('what is odd and no reason to refuse', () => {
  const write = ({ image, readBack }: WriteTrial): boolean => {
    const model = Buffer.from(image.disk.read(0, image.disk.size));
    const bytes = Buffer.alloc(70_000, 0x5a);
    image.disk.write(60_001, bytes);
    bytes.copy(model, 60_001);
    return readBack().equals(model);
  };

  it.each([
    ['a VHDX with one damaged header', edited(vhdx, (bytes) => bytes.writeUInt8(1, 0x1_0100))],
    ['a VHDX with the other one damaged', edited(vhdx, (bytes) => bytes.writeUInt8(1, 0x2_0100))],
    [
      'a VHDX block that is zeros, with a place kept',
      resealedVhdx(edited(vhdx, (bytes) => bytes.writeUInt8(2, 3 * mebibyte))),
    ],
    [
      'a qcow2 cluster that is counted too often',
      edited(compressed, (bytes) => bytes.writeUInt16BE(9, refcountBlockOf(bytes) + 2)),
    ],
    [
      'clusters past the end of a qcow2 that are counted',
      edited(qcow2, (bytes) => bytes.writeUInt16BE(1, refcountBlockOf(bytes) + (bytes.length / 65_536) * 2)),
    ],
    [
      'a zero cluster of a qcow2 with a place kept',
      edited(qcow2, (bytes) => bytes.writeUInt8(1, l2TableOf(bytes) + 7)),
    ],
    [
      'a cluster of a qcow2 whose copied flag is clear',
      edited(qcow2, (bytes) => bytes.writeUInt8(0, l2TableOf(bytes))),
    ],
    ['autoclear features of a qcow2', edited(qcow2, (bytes) => bytes.writeUInt8(3, 95))],
  ])('%s', (_, file) => {
    expect(write(writeTrial(file))).toBe(true);
  });

  it('two entries of a qcow2 that share a cluster, which is counted twice, part when one is written to', () => {
    const shared = edited(qcow2, (bytes) => {
      const l2 = l2TableOf(bytes);
      const host = bytes.readUInt32BE(l2 + 4);
      for (const at of [l2, l2 + 8]) bytes.writeBigUInt64BE(BigInt(host), at);
      bytes.writeUInt16BE(2, refcountBlockOf(bytes) + (host / 65_536) * 2);
    });
    const trial = writeTrial(shared);
    trial.image.disk.write(10, Buffer.from([1]));
    const after = trial.readBack();
    expect(after[10]).toBe(1);
    expect(after.subarray(65_536, 131_072).equals(disk.subarray(0, 65_536))).toBe(true);
    const file = trial.file();
    expect(
      file.readUInt16BE(refcountBlockOf(file) + (file.readUInt32BE(l2TableOf(file) + 12) / 65_536) * 2),
    ).toBe(1);
  });

  it('autoclear features are cleared by the first write, and not before', () => {
    const file = edited(qcow2, (bytes) => bytes.writeUInt8(3, 95));
    const { image, overlay } = writeTrial(file);
    image.disk.write(0, disk.subarray(0, 10));
    expect(overlay.read(88, 8).equals(Buffer.from([0, 0, 0, 0, 0, 0, 0, 3]))).toBe(true);
    image.disk.write(0, Buffer.from([1]));
    expect(overlay.read(88, 8).equals(Buffer.alloc(8))).toBe(true);
  });
});
