import { FormatError } from '../../src/formats/errors.ts';
import { WireError } from '../../src/wire/errors.ts';
import { mutate, randomFrom } from './mutate.ts';
import type { FuzzTarget } from './target.ts';

/** How a run of mutated inputs went. */
export interface FuzzReport {
  readonly inputs: number;
  /** Inputs that the parser read to the end in spite of the change. */
  readonly read: number;
  /** Inputs that ended in a typed error. */
  readonly refused: number;
  readonly slowestMilliseconds: number;
}

/**
 * Feeds `count` mutated inputs to a target. Throws at the first that ends in anything but an answer, a
 * `FormatError` or a `WireError`, or that takes longer than the target's budget; the message has the seed that makes
 * it again.
 */
export function fuzz(target: FuzzTarget, count: number, seed: number): FuzzReport {
  const seeds = target.seeds();
  if (seeds.length === 0) throw new Error(`${target.name}: no seed inputs`);
  let read = 0;
  let refused = 0;
  let slowest = 0;
  for (let i = 0; i < count; i++) {
    const random = randomFrom(seed + i);
    const original = seeds[Math.floor(random() * seeds.length)] as Buffer;
    const input = mutate(original, random, target.hotRanges?.(original));
    const start = performance.now();
    try {
      target.run(input);
      read++;
    } catch (error) {
      if (!(error instanceof FormatError || error instanceof WireError)) {
        throw new Error(`${target.name}: seed ${seed + i} ended in an untyped error`, { cause: error });
      }
      refused++;
    }
    const took = performance.now() - start;
    slowest = Math.max(slowest, took);
    if (took > (target.budget ?? 1000)) {
      throw new Error(`${target.name}: seed ${seed + i} took ${Math.round(took)} ms`);
    }
  }
  return { inputs: count, read, refused, slowestMilliseconds: slowest };
}
