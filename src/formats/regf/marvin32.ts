/** Both halves of a 64-bit Marvin32 hash, as unsigned 32-bit integers. */
export interface Marvin32Hash {
  readonly low: number;
  readonly high: number;
}

/** The seed of the registry's logs: bytes 82 EF 4D 88 7A 4E 55 C5, the high word first. */
const seed = { low: 0x7a4e_55c5, high: 0x82ef_4d88 } as const;

/**
 * A running Marvin32 hash with the seed that registry logs use. Feed it pieces whose lengths are
 * multiples of 4, as all hashed parts of a log are; the result does not depend on how they are cut.
 */
export class Marvin32 {
  #low: number = seed.low | 0;
  #high: number = seed.high | 0;

  /** Takes in more bytes; their number must be a multiple of 4. */
  update(bytes: Buffer): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    let low = this.#low;
    let high = this.#high;
    for (let at = 0; at < bytes.length; at += 4) {
      low = (low + view.getInt32(at, true)) | 0;
      high ^= low;
      low = (((low << 20) | (low >>> 12)) + high) | 0;
      high = ((high << 9) | (high >>> 23)) ^ low;
      low = (((low << 27) | (low >>> 5)) + high) | 0;
      high = (high << 19) | (high >>> 13);
    }
    this.#low = low;
    this.#high = high;
  }

  /** The hash of all that was taken in; ends this computation. */
  digest(): Marvin32Hash {
    // Padding of a message whose length is a multiple of 4: 0x80, then a word of zeros to finish.
    this.update(Buffer.from([0x80, 0, 0, 0, 0, 0, 0, 0]));
    return { low: this.#low >>> 0, high: this.#high >>> 0 };
  }
}
