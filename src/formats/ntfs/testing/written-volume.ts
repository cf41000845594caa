import { hash } from 'node:crypto';
import { type GrowableDevice, requireRange, type WritableDevice } from '../../device.ts';
import { type NtfsFile, openNtfs } from '../index.ts';

/** An image in memory as a device that counts the bytes written to it. */
export interface MemoryDevice extends WritableDevice {
  /** Where it was written to, and how much, in order. */
  readonly writes: readonly { readonly offset: number; readonly length: number }[];
}

/** Writes go to `image` itself. */
export function memoryDevice(image: Buffer): MemoryDevice {
  const writes: { offset: number; length: number }[] = [];
  const device: MemoryDevice = {
    size: image.length,
    writes,
    read(offset, length) {
      requireRange(device, offset, length);
      return image.subarray(offset, offset + length);
    },
    write(offset, bytes) {
      requireRange(device, offset, bytes.length);
      image.set(bytes, offset);
      writes.push({ offset, length: bytes.length });
    },
  };
  return device;
}

/** The whole of a device. */
export function bytesOf(device: GrowableDevice): Buffer {
  return Buffer.from(device.read(0, device.size));
}

/** Streams as big as the volume, or in two places by design, which are not compared. */
const LEFT_OUT = new Set(['$Bitmap', '$BadClus', '$MFT', '$MFTMirr', '$Secure', '.']);

/**
 * What a reader sees of every file: streams, descriptor, times, and what its directory repeats; by path. `$Bitmap`, `$MFT`
 * and `$Secure` are left out, since they speak of other files.
 */
export function snapshot(image: Buffer): Map<string, string> {
  const seen = new Map<string, string>();
  const visit = (directory: NtfsFile, prefix: string) => {
    for (const { name, size, isDirectory, recordNumber } of directory.entries()) {
      if (prefix === '' && LEFT_OUT.has(name)) continue;
      const file = directory.entry(name);
      if (file === undefined) throw new Error(`${prefix}${name} is listed but not found`);
      seen.set(`${prefix}${name}`, `${recordNumber} ${size} ${factsOf(file)}`);
      if (isDirectory && file.reparseTag === undefined) visit(file, `${prefix}${name}\\`);
    }
  };
  const volume = openNtfs(memoryDevice(image));
  seen.set('', factsOf(volume.root));
  visit(volume.root, '');
  return seen;
}

function factsOf(file: NtfsFile): string {
  const streams = file.streams().map(({ name, size }) => [name, size, contentIfAny(file, name)]);
  return JSON.stringify([streams, file.securityDescriptor()?.toString('hex'), file.modified]);
}

function contentIfAny(file: NtfsFile, stream: string): string {
  try {
    const device = file.open(stream);
    return hash('sha1', device.read(0, device.size));
  } catch (error) {
    return String(error);
  }
}

/** The paths that one snapshot has otherwise than another. */
export function changedPaths(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((path) => before.get(path) !== after.get(path)).sort();
}

/** A self-relative descriptor of SYSTEM's with one access entry, its rights by `number`; all of one size. */
export function numberedDescriptor(number: number): Buffer {
  const system = '010100000000000512000000';
  const rights = Buffer.alloc(4);
  rights.writeUInt32LE(0x12_0001 + 2 * number);
  const entry = `00001400${rights.toString('hex')}${system}`;
  const header = '01000480300000003c0000000000000014000000';
  return Buffer.from(`${header}02001c0001000000${entry}${system}${system}`, 'hex');
}
