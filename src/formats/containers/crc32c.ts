/** The Castagnoli polynomial, bits reversed (RFC 3720, section 12.1). */
const polynomial = 0x82f63b78;

/** Eight tables of 256 words, one behind the other: table n is the effect of a byte n bytes back. */
const table = makeTable();

function makeTable(): Int32Array {
  const words = new Int32Array(8 * 256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = timesX(crc);
    words[byte] = crc;
  }
  for (let i = 256; i < words.length; i++) {
    const before = words[i - 256] ?? 0;
    words[i] = (words[before & 0xff] ?? 0) ^ (before >>> 8);
  }
  return words;
}

/** Most of what VHDX sums up is zeros: a chunk of them is found natively and passed in one multiplication. */
const zeroChunk = Buffer.alloc(1024);
/** x to the power of the chunk's 8192 bits: x squared 13 times. */
const overZeroChunk = Array.from({ length: 13 }).reduce<number>((power) => times(power, power), 1 << 30);

/**
 * The CRC-32C of bytes as an unsigned number. `crc` is the sum of what went before, for bytes that come
 * in several pieces.
 */
export function crc32c(bytes: Uint8Array, crc = 0): number {
  let sum = ~crc;
  for (let at = 0; at < bytes.length; at += zeroChunk.length) {
    const chunk = bytes.subarray(at, at + zeroChunk.length);
    sum = zeroChunk.equals(chunk) ? times(sum, overZeroChunk) : over(chunk, sum);
  }
  return ~sum >>> 0;
}

/** The CRC-32C of a structure whose own 4-byte checksum, at `field`, counts as zeros. */
export function crc32cWithout(bytes: Uint8Array, field: number): number {
  const head = crc32c(bytes.subarray(0, field));
  return crc32c(bytes.subarray(field + 4), crc32c(new Uint8Array(4), head));
}

/** The register after bytes, eight at a time. */
function over(bytes: Uint8Array, register: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wordsEnd = bytes.length - (bytes.length % 8);
  let sum = register;
  // Written out: with a function for each look-up it takes five times as long (measured).
  for (let i = 0; i < wordsEnd; i += 8) {
    const low = sum ^ view.getInt32(i, true);
    const high = view.getInt32(i + 4, true);
    sum =
      (table[1792 + (low & 0xff)] as number) ^
      (table[1536 + ((low >>> 8) & 0xff)] as number) ^
      (table[1280 + ((low >>> 16) & 0xff)] as number) ^
      (table[1024 + (low >>> 24)] as number) ^
      (table[768 + (high & 0xff)] as number) ^
      (table[512 + ((high >>> 8) & 0xff)] as number) ^
      (table[256 + ((high >>> 16) & 0xff)] as number) ^
      (table[high >>> 24] as number);
  }
  for (let i = wordsEnd; i < bytes.length; i++) {
    sum = (table[(sum ^ view.getUint8(i)) & 0xff] as number) ^ (sum >>> 8);
  }
  return sum;
}

/** The product of two polynomials, the highest bit the lowest power, modulo the polynomial. */
function times(a: number, b: number): number {
  let product = 0;
  let shifted = b;
  for (let bit = 31; bit >= 0; bit--) {
    if ((a >>> bit) & 1) product ^= shifted;
    shifted = timesX(shifted);
  }
  return product;
}

function timesX(a: number): number {
  return a & 1 ? (a >>> 1) ^ polynomial : a >>> 1;
}
