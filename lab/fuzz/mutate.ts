/** A small repeatable random generator (mulberry32): the same seed gives the same inputs again. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

const edges32 = [
  0, 1, 2, 7, 8, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xfffffff8, 0xffffffff,
];

interface Range {
  readonly offset: number;
  readonly length: number;
}

/** A copy of the input with a few bytes, words or runs changed, or its tail cut. */
export function mutate(input: Buffer, random: () => number, hot?: readonly Range[]): Buffer {
  const below = (n: number) => Math.floor(random() * n);
  if (random() < 0.03) return Buffer.from(input.subarray(0, below(input.length + 1)));
  const output = Buffer.from(input);
  if (output.length < 8) return output;
  const place = (width: number) => {
    const range = hot && hot.length > 0 && random() < 0.9 ? hot[below(hot.length)] : undefined;
    const at = range ? range.offset + below(range.length) : below(output.length);
    return Math.max(0, Math.min(at, output.length - width));
  };
  for (let edits = 1 + below(random() < 0.5 ? 1 : 8); edits > 0; edits--) {
    switch (below(6)) {
      case 0:
        output[place(1)] = below(256);
        break;
      case 1: {
        const at = place(1);
        output[at] = (output[at] ?? 0) ^ (1 << below(8));
        break;
      }
      case 2:
        output.writeUInt32LE(edges32[below(edges32.length)] ?? 0, place(4) & ~3);
        break;
      case 3: {
        const at = place(4) & ~3;
        output.writeUInt32LE((output.readUInt32LE(at) + below(65) - 32) >>> 0, at);
        break;
      }
      case 4: {
        const length = 1 + below(Math.min(64, output.length));
        output.copy(output, place(length), place(length));
        break;
      }
      default: {
        const length = 1 + below(Math.min(64, output.length));
        const at = place(length);
        output.fill(random() < 0.5 ? 0 : 0xff, at, at + length);
      }
    }
  }
  return output;
}
