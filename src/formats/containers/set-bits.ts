import type { WritableDevice } from '../device.ts';
import type { SectorBitmap } from './bitmap.ts';

/** Sets the bits of sectors to 1, or to 0, and writes nothing where they are so already. */
export function setSectorBits(
  file: WritableDevice,
  bitmap: Omit<SectorBitmap, 'name'>,
  first: number,
  count: number,
  value: 0 | 1 = 1,
): void {
  const firstByte = Math.floor(first / 8);
  const skip = first % 8;
  const before = file.read(bitmap.offset + firstByte, Math.ceil((skip + count) / 8));
  const after = Buffer.from(before);
  for (let bit = skip; bit < skip + count; bit++) {
    const mask = bitmap.firstBit === 'lowest' ? 1 << (bit & 7) : 0x80 >>> (bit & 7);
    const byte = after[bit >>> 3] ?? 0;
    after[bit >>> 3] = value === 1 ? byte | mask : byte & ~mask;
  }
  if (!after.equals(before)) file.write(bitmap.offset + firstByte, after);
}
