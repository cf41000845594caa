import { malformed } from '../errors.ts';
import type { ByteReader } from './byte-reader.ts';

/**
 * A length determinant of aligned PER (X.691, section 11.9): one byte, or two that begin with the bits 10. Throws
 * `WireError` for fragments.
 */
export function takePerLength(reader: ByteReader, field: string): number {
  const first = reader.uint8(field);
  if ((first & 0x80) === 0) return first;
  if ((first & 0x40) !== 0) throw malformed(`${field} comes in fragments`);
  return (first & 0x3f) * 0x100 + reader.uint8(field);
}

/** Below 16 KiB only. */
export function makePerLength(length: number): Buffer {
  return length < 0x80 ? Buffer.of(length) : Buffer.of(0x80 | (length >> 8), length & 0xff);
}
