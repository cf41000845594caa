import { damaged } from './errors.ts';

/**
 * Bytes with random access: an image file, the virtual disk inside it, a partition, a file on a volume.
 *
 * Reading is synchronous. A device whose bytes lie far away throws `BytesPending` for bytes that have
 * not arrived; its owner fetches them and asks again from the start, so a parser over a device must be
 * restartable and cheap to repeat, and must let every error but `FormatError` pass.
 */
export interface Device {
  /** In bytes; a safe integer. */
  readonly size: number;
  /**
   * Exactly `length` bytes from `offset`, never fewer. The buffer may be a view of a cache: it is
   * not to be written to. Throws `FormatError` (damaged) where the range leaves the device.
   */
  read(offset: number, length: number): Buffer;
}

/**
 * A device that can be written to. What was written is read back at once. A format's writer writes to one of these and to
 * nothing else: what carries the bytes to where they stay, and keeps those that were there, is its owner's.
 */
export interface WritableDevice extends Device {
  /** Throws `FormatError` (damaged) where the range leaves the device. */
  write(offset: number, bytes: Uint8Array): void;
}

/** One that can also become longer: an image file that allocates blocks at its end. The new bytes are zeros. */
export interface GrowableDevice extends WritableDevice {
  /** To at least this size, in bytes; nothing for one that has it. Throws `FormatError` (unsupported) where it may not. */
  grow(size: number): void;
}

/** A range of bytes of a device, in bytes. */
export interface ByteRange {
  readonly offset: number;
  readonly length: number;
}

/** Thrown by a remote device for bytes that have not been fetched yet. No error of the format. */
export class BytesPending extends Error {
  override readonly name = 'BytesPending';
  constructor() {
    super('bytes are not here yet');
  }
}

/** The check that every `Device.read` begins with. Throws `FormatError` (damaged). */
export function requireRange(device: { readonly size: number }, offset: number, length: number): void {
  if (
    !Number.isSafeInteger(offset) ||
    !Number.isSafeInteger(length) ||
    offset < 0 ||
    length < 0 ||
    offset + length > device.size
  ) {
    throw damaged(`${length} bytes at ${offset} lie outside the ${device.size} bytes there are`);
  }
}

/** Bytes in memory as a device. */
export function bufferDevice(bytes: Uint8Array): Device {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const device: Device = {
    size: buffer.length,
    read(offset, length) {
      requireRange(device, offset, length);
      return buffer.subarray(offset, offset + length);
    },
  };
  return device;
}

/** A part of a device as a device of its own. Throws `FormatError` (damaged) where it leaves the parent. */
export function sliceDevice(parent: Device, start: number, size: number): Device {
  requireRange(parent, start, size);
  const device: Device = {
    size,
    read(offset, length) {
      requireRange(device, offset, length);
      return parent.read(start + offset, length);
    },
  };
  return device;
}

/**
 * An unsigned 64-bit little-endian integer that must fit JavaScript's safe integers, as every true size
 * and offset does. Throws `FormatError` (damaged), naming `what`.
 */
export function readSafeUInt64LE(bytes: Buffer, at: number, what: string): number {
  const high = bytes.readUInt32LE(at + 4);
  if (high > 0x1f_ffff) throw damaged(`${what} is ${bytes.readBigUInt64LE(at)}, which no device can hold`);
  return high * 0x1_0000_0000 + bytes.readUInt32LE(at);
}

/** The big-endian sibling of `readSafeUInt64LE`. */
export function readSafeUInt64BE(bytes: Buffer, at: number, what: string): number {
  const high = bytes.readUInt32BE(at);
  if (high > 0x1f_ffff) throw damaged(`${what} is ${bytes.readBigUInt64BE(at)}, which no device can hold`);
  return high * 0x1_0000_0000 + bytes.readUInt32BE(at + 4);
}
