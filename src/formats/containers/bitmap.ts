import type { Tables } from './tables.ts';

/** A bitmap in a file with one bit a sector of a differencing disk. */
export interface SectorBitmap {
  /** Where it begins in the file. */
  readonly offset: number;
  /** Which bit of a byte is its first sector: a VHD's highest, a VHDX's lowest. */
  readonly firstBit: 'highest' | 'lowest';
  /** For the error where it lies past the end of the file. */
  readonly name: string;
}

/** Sectors with the same bit. */
export interface SectorRun {
  readonly bit: boolean;
  readonly sectors: number;
}

/** One read of a bitmap looks no farther than this; a longer run is found in several. */
const mostBytes = 4096;

/** How many sectors from `first` on have the same bit: at least 1 and at most `most`. */
export function sectorRun(tables: Tables, bitmap: SectorBitmap, first: number, most: number): SectorRun {
  const firstByte = Math.floor(first / 8);
  const skip = first % 8;
  const length = Math.min(mostBytes, Math.ceil((skip + most) / 8));
  const bytes = tables.entry(bitmap.offset + firstByte, length, bitmap.name);
  const end = Math.min(skip + most, length * 8);
  const bit = bitAt(bytes, skip, bitmap.firstBit);
  const same = bit ? 0xff : 0;
  let at = skip + 1;
  while (at < end) {
    if (at % 8 === 0 && bytes[at / 8] === same) at += 8;
    else if (bitAt(bytes, at, bitmap.firstBit) === bit) at++;
    else break;
  }
  return { bit, sectors: Math.min(at, end) - skip };
}

function bitAt(bytes: Buffer, index: number, firstBit: SectorBitmap['firstBit']): boolean {
  const shift = firstBit === 'lowest' ? index % 8 : 7 - (index % 8);
  return (((bytes[index >>> 3] ?? 0) >>> shift) & 1) === 1;
}
