import type { Duplex } from 'node:stream';
import { setTimeout as after } from 'node:timers/promises';

/** What a behaviour is ended by when the other side, or the whole endpoint, goes away: no mistake of anyone's. */
export class Gone extends Error {
  override readonly name = 'Gone';
}

/** What an endpoint counts over all its connections. */
export interface Tally {
  /** Accepted so far. */
  connections: number;
  /** Most that were open at once. */
  concurrent: number;
  /** NTLM AUTHENTICATE messages: each is an attempt to sign in. */
  signIns: number;
}

/** How fast bytes leave: so many at a time, one pause after each. */
export interface Pace {
  readonly bytes: number;
  /** Milliseconds. */
  readonly every: number;
  /** How many bytes leave like that before the rest goes at once; all of them unless told. */
  readonly first?: number;
}

/** What an endpoint does with one connection. When it returns, the connection is closed in an orderly way. */
export type Behaviour = (connection: Connection) => Promise<void>;

/** Writes that are kept on record: an endless one would fill the memory. */
const mostKept = 1000;

/** One accepted connection, or the inside of its TLS: read and write as one talks, end it in either way. */
export class Connection {
  /** Counted from 1. */
  readonly number: number;
  readonly tally: Tally;
  /** Everything that came, as it came. */
  readonly received: Buffer[] = [];
  /** Everything that was sent. */
  readonly sent: Buffer[] = [];
  /** What came inside TLS, in the clear. */
  decrypted: readonly Buffer[] = [];
  pace: Pace | undefined;

  readonly #stream: Duplex;
  readonly #reset: () => void;
  readonly #over = new AbortController();
  #unread = Buffer.alloc(0);
  #ended = false;
  #sentLength = 0;
  #wake: (() => void) | undefined;

  constructor(stream: Duplex, reset: () => void, tally: Tally, number: number) {
    this.#stream = stream;
    this.#reset = reset;
    this.tally = tally;
    this.number = number;
    stream.on('data', (bytes: Buffer) => this.#arrived(bytes));
    stream.on('end', () => this.#finished());
    stream.on('error', () => this.#finished());
    stream.on('close', () => {
      this.#over.abort();
      this.#finished();
    });
  }

  /** The inside of this one: the same counts and the same wire around another stream. */
  inside(stream: Duplex): Connection {
    const inner = new Connection(stream, this.#reset, this.tally, this.number);
    this.decrypted = inner.received;
    return inner;
  }

  /** Whatever has come and was not read, at least one byte. */
  async readSome(): Promise<Buffer> {
    while (this.#unread.length === 0) await this.#more();
    return this.#take(this.#unread.length);
  }

  async read(length: number): Promise<Buffer> {
    while (this.#unread.length < length) await this.#more();
    return this.#take(length);
  }

  /** The same bytes without taking them. */
  async peek(length: number): Promise<Buffer> {
    while (this.#unread.length < length) await this.#more();
    return this.#unread.subarray(0, length);
  }

  async write(bytes: Uint8Array): Promise<void> {
    let rest = bytes;
    while (this.pace && rest.length > 0 && this.#sentLength < (this.pace.first ?? Infinity)) {
      await this.#send(rest.subarray(0, this.pace.bytes));
      rest = rest.subarray(this.pace.bytes);
      await this.pause(this.pace.every);
    }
    if (rest.length > 0) await this.#send(rest);
  }

  /** Writes the same for ever, as fast as it is taken, and lets everything else in this process have its turn. */
  async pour(bytes: Buffer): Promise<never> {
    const times = Math.ceil(16_384 / bytes.length);
    const chunk = Buffer.concat(Array.from({ length: times }, () => bytes));
    for (;;) {
      await this.#send(chunk);
      await this.pause(1);
    }
  }

  async pause(milliseconds: number): Promise<void> {
    try {
      await after(milliseconds, undefined, { signal: this.#over.signal });
    } catch {
      throw new Gone();
    }
  }

  /** Says nothing until the other side goes. */
  async silence(): Promise<never> {
    for (;;) await this.readSome();
  }

  /** Ends in an orderly way, and goes on taking what still comes, so that no reset follows. */
  close(): void {
    this.#stream.end();
  }

  /** Ends by a reset (RST), without a TLS alert where there is TLS. */
  reset(): void {
    this.#reset();
  }

  /** Calls back once nothing more can pass either way. */
  whenOver(callback: () => void): void {
    if (this.#over.signal.aborted) callback();
    else this.#over.signal.addEventListener('abort', callback, { once: true });
  }

  #take(length: number): Buffer {
    const taken = this.#unread.subarray(0, length);
    this.#unread = this.#unread.subarray(length);
    return taken;
  }

  #arrived(bytes: Buffer): void {
    this.received.push(bytes);
    this.#unread = Buffer.concat([this.#unread, bytes]);
    this.#wake?.();
  }

  #finished(): void {
    this.#ended = true;
    this.#wake?.();
  }

  async #more(): Promise<void> {
    if (this.#ended) throw new Gone();
    const had = this.#unread.length;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    if (this.#ended && this.#unread.length === had) throw new Gone();
  }

  #send(bytes: Uint8Array): Promise<void> {
    this.#sentLength += bytes.length;
    if (this.sent.length < mostKept) this.sent.push(Buffer.from(bytes));
    return new Promise((resolve, reject) => {
      if (this.#over.signal.aborted || !this.#stream.writable) return reject(new Gone());
      this.#stream.write(bytes, (error) => (error ? reject(new Gone()) : resolve()));
    });
  }
}
