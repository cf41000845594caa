/** LZNT1 compresses each 4096 bytes apart ([MS-XCA] 2.5). */
const CHUNK_SIZE = 4096;
/** A chunk's header: bit 15 says compressed, bits 12 to 14 are 3, the rest is the stored size less 3. */
const SIGNATURE = 0x3000;
const COMPRESSED = 0x8000;
const SHORTEST_MATCH = 3;

/** Compresses greedily; every chunk that would not shrink is stored. Has no end marker. */
export function compressLznt1(bytes: Buffer): Buffer {
  const chunks: Buffer[] = [];
  for (let start = 0; start < bytes.length; start += CHUNK_SIZE) {
    chunks.push(compressChunk(bytes.subarray(start, start + CHUNK_SIZE)));
  }
  return Buffer.concat(chunks);
}

function compressChunk(chunk: Buffer): Buffer {
  const tokens = compressTokens(chunk);
  const shrinks = tokens.length < chunk.length;
  // A stored chunk is always whole; what a last short one lacks is zeros.
  const body = shrinks ? tokens : Buffer.concat([chunk], CHUNK_SIZE);
  const header = Buffer.alloc(2);
  header.writeUInt16LE((shrinks ? COMPRESSED : 0) | SIGNATURE | (body.length - 1));
  return Buffer.concat([header, body]);
}

/** Groups of eight tokens, each under a byte that says which are matches. */
function compressTokens(chunk: Buffer): Buffer {
  const out: number[] = [];
  const positions = new Map<number, number>();
  let flagsAt = 0;
  let tokens = 0;
  for (let at = 0; at < chunk.length; tokens++) {
    if (tokens % 8 === 0) flagsAt = out.push(0) - 1;
    const match = longestMatch(chunk, at, positions);
    const length = match?.length ?? 1;
    if (match === null) out.push(chunk[at] ?? 0);
    else {
      const token = ((match.distance - 1) << lengthBits(at)) | (length - SHORTEST_MATCH);
      out.push(token & 0xff, token >> 8);
      out[flagsAt] = (out[flagsAt] ?? 0) | (1 << (tokens % 8));
    }
    for (const end = at + length; at < end; at++) positions.set(threeBytes(chunk, at), at);
  }
  return Buffer.from(out);
}

/** The latest earlier place with the same three bytes, as far as it goes on the same. */
function longestMatch(
  chunk: Buffer,
  at: number,
  positions: ReadonlyMap<number, number>,
): { distance: number; length: number } | null {
  const earlier = at + SHORTEST_MATCH <= chunk.length ? positions.get(threeBytes(chunk, at)) : undefined;
  if (earlier === undefined) return null;
  const longest = Math.min(chunk.length - at, (1 << lengthBits(at)) - 1 + SHORTEST_MATCH);
  let length = 0;
  while (length < longest && chunk[earlier + length] === chunk[at + length]) length++;
  return length < SHORTEST_MATCH ? null : { distance: at - earlier, length };
}

/** Of a token's 16 bits, those for the length: 12 at a chunk's start, fewer the farther back one can look. */
function lengthBits(at: number): number {
  const distanceBits = Math.max(4, 32 - Math.clz32(at - 1));
  return 16 - Math.min(12, distanceBits);
}

function threeBytes(chunk: Buffer, at: number): number {
  return ((chunk[at] ?? 0) << 16) | ((chunk[at + 1] ?? 0) << 8) | (chunk[at + 2] ?? 0);
}
