import type { Alert } from './outcome.ts';

/** Puts alerts together: two bytes each, which may come in one record or, up to TLS 1.2, in two. */
export class AlertMessages {
  #bytes: Uint8Array = new Uint8Array(0);

  add(fragment: Uint8Array): void {
    this.#bytes = Buffer.concat([this.#bytes, fragment]);
  }

  next(): Alert | undefined {
    const [level, description] = this.#bytes;
    if (level === undefined || description === undefined) return undefined;
    this.#bytes = this.#bytes.subarray(2);
    return { level, description };
  }
}
