import { malformed } from '../errors.ts';

/** Takes the fields of a TLS structure in turn (big-endian); throws `WireError` where they go beyond its end. */
export class Fields {
  readonly #bytes: Uint8Array;
  readonly #what: string;
  #at = 0;

  /** `what` names the structure in an error: `ServerHello`. */
  constructor(bytes: Uint8Array, what: string) {
    this.#bytes = bytes;
    this.#what = what;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  bytes(length: number): Uint8Array {
    if (length > this.left) throw malformed(`a ${this.#what} that ends in the middle`);
    const taken = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += length;
    return taken;
  }

  /** An unsigned integer of one to four bytes. */
  integer(width: number): number {
    let value = 0;
    for (const byte of this.bytes(width)) value = value * 256 + byte;
    return value;
  }

  /** A vector behind its own length of `width` bytes. */
  vector(width: number): Uint8Array {
    return this.bytes(this.integer(width));
  }

  end(): void {
    if (this.left > 0) throw malformed(`${this.left} bytes behind the end of a ${this.#what}`);
  }
}
