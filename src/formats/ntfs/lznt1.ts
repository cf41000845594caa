import { damaged } from '../errors.ts';

/*
 * LZNT1 ([MS-XCA] 2.5): chunks of 4096 bytes of output. Each begins with a 16-bit header: the length of
 * the chunk's data less one in the low 12 bits, and the top bit for compressed data; 0 ends them. Compressed
 * data is groups of a flag byte and eight literals or 16-bit tokens, lowest flag first. The farther into
 * the chunk, the more of a token's high bits are displacement and the fewer are length.
 */
const CHUNK_SIZE = 4096;
const LENGTH_MASK = 0x0fff;
const COMPRESSED = 0x8000;
const SHORTEST_MATCH = 3;
const MAX_OUTPUT = 1 << 30;

/**
 * Decompresses LZNT1 data to exactly `outputSize` bytes: what the input does not fill is zeros, what it
 * holds beyond is left. Throws `FormatError` (damaged) for input that contradicts itself.
 */
export function decompressLznt1(input: Buffer, outputSize: number): Buffer {
  if (!Number.isSafeInteger(outputSize) || outputSize < 0 || outputSize > MAX_OUTPUT) {
    throw damaged(`compressed data of ${outputSize} bytes`);
  }
  const output = Buffer.alloc(outputSize);
  let at = 0;
  for (let start = 0; start < outputSize && at + 2 <= input.length; start += CHUNK_SIZE) {
    const header = input.readUInt16LE(at);
    if (header === 0) break;
    const end = at + 2 + (header & LENGTH_MASK) + 1;
    if (end > input.length) throw damaged(`compressed chunk at ${at} is cut short`);
    const chunk = input.subarray(at + 2, end);
    const room = output.subarray(start, Math.min(start + CHUNK_SIZE, outputSize));
    if ((header & COMPRESSED) === 0) chunk.copy(room);
    else decompressChunk(chunk, room, at);
    at = end;
  }
  return output;
}

function decompressChunk(input: Buffer, output: Buffer, chunkAt: number): void {
  let at = 0;
  let filled = 0;
  while (at < input.length && filled < output.length) {
    let flags = input[at++] as number;
    for (let i = 0; i < 8 && at < input.length && filled < output.length; i++, flags >>= 1) {
      if ((flags & 1) === 0) {
        output[filled++] = input[at++] as number;
        continue;
      }
      if (at + 2 > input.length) throw damaged(`compressed chunk at ${chunkAt} ends in half a token`);
      filled = copyMatch(output, filled, (input[at] as number) | ((input[at + 1] as number) << 8), chunkAt);
      at += 2;
    }
  }
}

/** Copies what a token refers to; answers how far the output is filled then. */
function copyMatch(output: Buffer, filled: number, token: number, chunkAt: number): number {
  const lengthBits = filled <= 16 ? 12 : Math.clz32(filled - 1) - 16;
  const displacement = (token >> lengthBits) + 1;
  if (displacement > filled) throw damaged(`compressed chunk at ${chunkAt} refers to before its start`);
  const length = (token & ((1 << lengthBits) - 1)) + SHORTEST_MATCH;
  const end = Math.min(filled + length, output.length);
  for (let to = filled; to < end; to++) output[to] = output[to - displacement] as number;
  return end;
}
