import { describe, expect, it } from 'vitest';
import { BytesPending, bufferDevice, type Device } from '../device.ts';
import { type Extent, extentDevice, zeros } from './extents.ts';

describe('extentDevice', () => {
  const file = Buffer.from('abcdefghijklmnopqrstuvwxyz');

  /** Four bytes a block: where each lies in the file, or undefined for zeros. */
  function blocks(device: Device, ...places: (number | undefined)[]): Device {
    return extentDevice(places.length * 4, (offset, length): Extent => {
      const place = places[Math.floor(offset / 4)];
      const run = Math.min(length, 4 - (offset % 4));
      return place === undefined ? zeros(run) : { device, offset: place + (offset % 4), length: run };
    });
  }

  function counting(): { device: Device; reads: number[][] } {
    const reads: number[][] = [];
    const inner = bufferDevice(file);
    return {
      reads,
      device: {
        size: inner.size,
        read(offset, length) {
          reads.push([offset, length]);
          return inner.read(offset, length);
        },
      },
    };
  }

  it('answers a read within one block with a view, without a copy', () => {
    const view = blocks(bufferDevice(file), 8, 0).read(1, 3);
    expect(view.toString()).toBe('jkl');
    expect(view.buffer).toBe(file.buffer);
  });

  it('puts blocks and zeros together', () => {
    expect(blocks(bufferDevice(file), 8, undefined, 0).read(2, 9).toString('latin1')).toBe('kl\0\0\0\0abc');
  });

  it('asks once for blocks that are neighbours in the file as well', () => {
    const { device, reads } = counting();
    expect(blocks(device, 4, 8, 12, 0).read(1, 13).toString()).toBe('fghijklmnopab');
    expect(reads).toEqual([
      [5, 11],
      [0, 2],
    ]);
  });

  it('gives fresh zeros each time', () => {
    const disk = blocks(bufferDevice(file), undefined, undefined);
    disk.read(0, 8).fill(1);
    expect(disk.read(0, 8)).toEqual(Buffer.alloc(8));
  });

  it('asks for every missing block before it says that bytes are missing', () => {
    const asked: number[] = [];
    const remote: Device = {
      size: 26,
      read(offset) {
        asked.push(offset);
        throw new BytesPending();
      },
    };
    expect(() => blocks(remote, 8, undefined, 0, 16).read(0, 16)).toThrow(BytesPending);
    expect(asked).toEqual([8, 0, 16]);
  });

  it('refuses to leave the disk, and to allocate what no structure needs', () => {
    const disk = extentDevice(2 ** 45, (_, length) => zeros(length));
    expect(() => disk.read(2 ** 45 - 4, 8)).toThrow('lie outside');
    expect(() => disk.read(-1, 8)).toThrow('lie outside');
    expect(() => disk.read(0, 2 ** 40)).toThrow('more than one read takes');
    expect(disk.read(2 ** 45, 0).length).toBe(0);
  });
});
