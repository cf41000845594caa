import { crc32cWithout } from '../../src/formats/containers/crc32c.ts';

const logSector = 4096;

/**
 * A copy of a VHDX in which every checksum is right again: headers, region tables and, wherever in the
 * second MiB they may begin, log entries. A changed file then gets past the checksums.
 */
export function resealedVhdx(file: Buffer): Buffer {
  const sealed = Buffer.from(file);
  const structures = [
    [0x1_0000, 4096],
    [0x2_0000, 4096],
    [0x3_0000, 0x1_0000],
    [0x4_0000, 0x1_0000],
  ] as const;
  for (const [offset, length] of structures) seal(sealed, offset, length);
  const end = Math.min(sealed.length, 0x20_0000);
  for (let at = 0x10_0000; at + logSector <= end; at += logSector) {
    if (sealed.toString('latin1', at, at + 4) !== 'loge') continue;
    const length = sealed.readUInt32LE(at + 8);
    if (length >= logSector && length <= 0x10_0000 && at + length <= end) seal(sealed, at, length);
  }
  return sealed;
}

function seal(file: Buffer, offset: number, length: number): void {
  if (offset + length > file.length) return;
  file.writeUInt32LE(crc32cWithout(file.subarray(offset, offset + length), 4), offset + 4);
}

/** A copy of a VHD with right checksums in its footer, the copy of that, and the dynamic header behind it. */
export function resealedVhd(file: Buffer): Buffer {
  const sealed = Buffer.from(file);
  sealFooter(sealed, sealed.length - 512, 512, 64);
  if (sealed.toString('latin1', 0, 8) === 'conectix') {
    sealFooter(sealed, 0, 512, 64);
    sealFooter(sealed, 512, 1024, 36);
  }
  return sealed;
}

function sealFooter(file: Buffer, offset: number, length: number, field: number): void {
  if (offset < 0 || offset + length > file.length) return;
  const bytes = file.subarray(offset, offset + length);
  bytes.writeUInt32BE(0, field);
  bytes.writeUInt32BE(~bytes.reduce((sum, byte) => sum + byte, 0) >>> 0, field);
}
