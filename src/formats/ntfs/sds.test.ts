import { describe, expect, it } from 'vitest';
import { corpusFile, describeWithCorpus } from '../../../lab/corpus.ts';
import { bufferDevice } from '../device.ts';
import { FormatError } from '../errors.ts';
import { descriptorHash, sdsEntries } from './index.ts';
import { readDescriptor } from './sds.ts';

const COPY = 256 * 1024;

/** A stream with these descriptors from id 256 on, and their copies. */
function makeSds(descriptors: readonly Buffer[]): Buffer {
  const stream = Buffer.alloc(COPY + 1024);
  let at = 0;
  for (const [i, descriptor] of descriptors.entries()) {
    for (const start of [at, at + COPY]) {
      stream.writeUInt32LE(descriptorHash(descriptor), start);
      stream.writeUInt32LE(256 + i, start + 4);
      stream.writeUInt32LE(at, start + 8);
      stream.writeUInt32LE(20 + descriptor.length, start + 16);
      descriptor.copy(stream, start + 20);
    }
    at += Math.ceil((20 + descriptor.length) / 16) * 16;
  }
  return stream;
}

const descriptors = [Buffer.alloc(76, 'first'), Buffer.alloc(80, 'second'), Buffer.alloc(100, 'third')];

function walk(stream: Buffer): [number, string][] {
  return [...sdsEntries(bufferDevice(stream))].map(({ id, descriptor }) => [id, descriptor.toString()]);
}

describe('descriptorHash', () => {
  it('rotates left by three and adds, over 32-bit words', () => {
    expect(descriptorHash(Buffer.from('00000000', 'hex'))).toBe(0);
    expect(descriptorHash(Buffer.from('0100000002000000', 'hex'))).toBe(10);
    expect(descriptorHash(Buffer.from('000000e000000000', 'hex'))).toBe(7);
    expect(descriptorHash(Buffer.from('ffffffffffffffff', 'hex'))).toBe(0xfffffffe);
  });
});

describe('sdsEntries', () => {
  const all = descriptors.map((descriptor, i) => [256 + i, descriptor.toString()]);

  it('walks a stream', () => {
    expect(walk(makeSds(descriptors))).toEqual(all);
  });

  it('takes the copy of a descriptor that does not keep its hash, or that is wiped', () => {
    const stream = makeSds(descriptors);
    stream.fill(0, 20, 30);
    stream.fill(0, 96, 96 + 20);
    expect(walk(stream)).toEqual(all);
  });

  it('leaves out what is bad in both places, and goes on behind it', () => {
    const stream = makeSds(descriptors);
    stream.fill(0, 20, 30);
    stream.fill(0, COPY + 20, COPY + 30);
    expect(walk(stream)).toEqual(all.slice(1));
  });
});

describe('readDescriptor', () => {
  const first = descriptors[0] as Buffer;
  const reference = { id: 256, hash: descriptorHash(first), offset: 0, length: 20 + first.length };

  it('falls back to the copy', () => {
    const stream = makeSds(descriptors);
    expect(readDescriptor(bufferDevice(stream), reference)).toEqual(first);
    stream[40] = 0;
    expect(readDescriptor(bufferDevice(stream), reference)).toEqual(first);
  });

  it('refuses one that is bad in both places, has another id, or an absurd length', () => {
    const stream = makeSds(descriptors);
    expect(() => readDescriptor(bufferDevice(stream), { ...reference, id: 257 })).toThrow(FormatError);
    expect(() => readDescriptor(bufferDevice(stream), { ...reference, length: 0x7fff_ffff })).toThrow(
      FormatError,
    );
    stream[40] = 0;
    stream[COPY + 40] = 0;
    expect(() => readDescriptor(bufferDevice(stream), reference)).toThrow(/bad in \$SDS/);
  });
});

describeWithCorpus('the $SDS streams of two machines', () => {
  it.each([
    ['sds/win10-a.SDS', 2313],
    ['sds/win10-b.SDS', 1541],
  ])('%s: every descriptor keeps its hash', (name, count) => {
    const stream = corpusFile(name);
    const entries = [...sdsEntries(bufferDevice(stream))];
    expect(entries.length).toBe(count);
    for (const { offset, id, hash, descriptor } of entries) {
      expect(descriptorHash(descriptor)).toBe(hash);
      expect(stream.readUInt32LE(offset + 4)).toBe(id);
    }
    expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
  });
});
