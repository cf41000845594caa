import { malformed } from '../errors.ts';

/**
 * Reads fields off the start of a message, one after the other. Each read says which field it is for: where the bytes
 * end before it, it throws `WireError`, `<message> ends within <field>`.
 */
export class ByteReader {
  readonly #bytes: Buffer;
  readonly #message: string;
  #offset = 0;

  constructor(bytes: Uint8Array, message: string) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#message = message;
  }

  get left(): number {
    return this.#bytes.length - this.#offset;
  }

  take(length: number, field: string): Buffer {
    if (length > this.left) throw malformed(`${this.#message} ends within ${field}`);
    this.#offset += length;
    return this.#bytes.subarray(this.#offset - length, this.#offset);
  }

  rest(): Buffer {
    return this.take(this.left, 'the rest');
  }

  uint8(field: string): number {
    return this.take(1, field).readUInt8();
  }

  uint16be(field: string): number {
    return this.take(2, field).readUInt16BE();
  }

  uint16le(field: string): number {
    return this.take(2, field).readUInt16LE();
  }

  uint32le(field: string): number {
    return this.take(4, field).readUInt32LE();
  }
}
