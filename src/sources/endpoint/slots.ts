/**
 * Lets at most so many work at a time. A server's backlog may be as short as two: more connections at once than it
 * takes cost a lost SYN, which looks like the very fault that is looked for.
 */
export class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /** Does the work when its turn comes. */
  async use<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return this.#run(work);
  }

  /** Does it now, or not at all: whoever holds one of the places and waited for another might wait for itself. */
  async useIfFree<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (this.#free === 0) return undefined;
    this.#free--;
    return this.#run(work);
  }

  async #run<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } finally {
      // Handed on to whoever waits the longest, without being free in between.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free++;
    }
  }
}
