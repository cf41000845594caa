import { describe, expect, it } from 'vitest';
import { BytesPending } from '../../../formats/device.ts';
import { inRounds, type OpenedFile } from './index.ts';

/** A file whose bytes are their own offset, and which gets one byte a round. */
function slowFile(options: { readonly failsAt?: number } = {}): OpenedFile & { readonly asked: number[][] } {
  const here = new Set<number>();
  let missing = new Set<number>();
  const asked: number[][] = [];
  const isGone = () => asked.length > (options.failsAt ?? Number.POSITIVE_INFINITY);
  const statistics = { bytesRead: 0, reads: 0, rounds: 0 };
  return {
    name: 'slow',
    statistics,
    asked,
    device: {
      size: 1000,
      read(offset) {
        if (here.has(offset)) return Buffer.from([offset]);
        if (isGone()) throw new Error('gone');
        missing.add(offset);
        throw new BytesPending();
      },
    },
    fetchMissing() {
      if (missing.size === 0) return Promise.resolve(false);
      asked.push([...missing]);
      if (isGone()) return Promise.reject(new Error('gone'));
      for (const offset of missing) here.add(offset);
      missing = new Set();
      return Promise.resolve(true);
    },
    close() {},
  };
}

describe('rounds', () => {
  it('are as many as the deepest task needs, not as there are reads', async () => {
    const file = slowFile();
    const chase = (steps: number) => () => {
      let offset = 0;
      for (let i = 0; i < steps; i++) offset = (file.device.read(offset, 1)[0] ?? 0) + i + 1;
      return offset;
    };
    const outcomes = await inRounds([file], [chase(1), chase(5), chase(3), () => 7]);
    expect(outcomes).toEqual([{ value: 1 }, { value: 15 }, { value: 6 }, { value: 7 }]);
    expect(file.asked).toEqual([[0], [1], [3], [6], [10]]);
  });

  it('fetch from several files at once', async () => {
    const files = [slowFile(), slowFile()] as const;
    await inRounds(
      files,
      files.map((file) => () => file.device.read(9, 1)),
    );
    expect(files.map((file) => file.asked)).toEqual([[[9]], [[9]]]);
  });

  it('keep the value and the error of each task apart', async () => {
    const thrown = new TypeError('a defect');
    const outcomes = await inRounds(
      [],
      [
        () => undefined,
        () => {
          throw thrown;
        },
      ],
    );
    expect(outcomes).toEqual([{ value: undefined }, { error: thrown }]);
    expect(await inRounds([slowFile()], [])).toEqual([]);
  });

  it('go on for the tasks whose file still gives when another fails', async () => {
    const [good, bad] = [slowFile(), slowFile({ failsAt: 0 })];
    const outcomes = await inRounds<Buffer>(
      [good, bad],
      [() => Buffer.concat([good.device.read(1, 1), good.device.read(2, 1)]), () => bad.device.read(200, 1)],
    );
    expect(outcomes[0]).toEqual({ value: Buffer.from([1, 2]) });
    expect(outcomes[1]).toMatchObject({ error: { message: 'gone' } });
  });

  it('reject where a task waits for nothing, or without end', async () => {
    const waitsForNothing = () => {
      throw new BytesPending();
    };
    await expect(inRounds([slowFile()], [waitsForNothing])).rejects.toThrow(/no file is missing/);
    const endless: OpenedFile = { ...slowFile(), fetchMissing: () => Promise.resolve(true) };
    await expect(inRounds([endless], [waitsForNothing])).rejects.toThrow(/2000 rounds/);
    const failing: OpenedFile = { ...slowFile(), fetchMissing: () => Promise.reject(new Error('gone')) };
    expect(await inRounds([failing], [waitsForNothing])).toMatchObject([{ error: { message: 'gone' } }]);
  });
});
