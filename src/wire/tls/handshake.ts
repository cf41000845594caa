import { WireError } from '../errors.ts';

/** One whole handshake message. */
export interface HandshakeMessage {
  readonly type: number;
  readonly body: Uint8Array;
}

const headerSize = 4;

/**
 * Puts handshake messages together, which fill records as they like: several in one, or one over several (RFC 8446,
 * section 5.1). Fragments are joined once a message is whole, and not before.
 */
export class HandshakeMessages {
  readonly #longest: number;
  #fragments: Uint8Array[] = [];
  #length = 0;
  /** How many bytes must be there before it is worth joining them. */
  #needed = headerSize;

  /** `longest`: bytes of a message that are still believed. */
  constructor(longest: number) {
    this.#longest = longest;
  }

  add(fragment: Uint8Array): void {
    this.#fragments.push(fragment);
    this.#length += fragment.length;
  }

  /** The next message; undefined until it is whole. Throws `WireError` for one that is longer than believed. */
  next(): HandshakeMessage | undefined {
    while (this.#length >= this.#needed) {
      const joined = this.#joined();
      const type = joined[0] ?? 0;
      const end = headerSize + joined.readUIntBE(1, 3);
      if (end > this.#longest) throw new WireError('too-long', `a handshake message of ${end} bytes`);
      if (joined.length < end) {
        this.#needed = end;
        continue;
      }
      this.#fragments = [joined.subarray(end)];
      this.#length -= end;
      this.#needed = headerSize;
      return { type, body: joined.subarray(headerSize, end) };
    }
    return undefined;
  }

  #joined(): Buffer {
    const joined = Buffer.concat(this.#fragments);
    this.#fragments = [joined];
    return joined;
  }
}
