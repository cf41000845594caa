import type { Taken } from '../dialogue.ts';
import { malformed, WireError } from '../errors.ts';
import { hexByte } from './hex.ts';

/** RFC 1006, section 6: offsets and sizes in bytes, the length big-endian and of the whole packet. */
const header = { version: 0, reserved: 1, length: 2, size: 4 } as const;

export const tpktVersion = 0x03;
export const tpktHeaderSize: number = header.size;

/** What the length field can say. */
export const longestTpkt = 0xffff;

/** RFC 1006 takes a packet of less than 7 bytes for an error: no TPDU fits in. */
const shortestTpkt = 7;

/**
 * The TPKT packet at the start of what came, header and all; undefined while it is not whole. Throws `WireError` as
 * soon as it cannot be one, or announces more than `most` bytes. The reserved byte is not judged, as RFC 1006 says.
 */
export function takeTpkt(bytes: Uint8Array, most: number): Taken<Uint8Array> | undefined {
  const [version, , high, low] = bytes;
  if (version === undefined) return undefined;
  if (version !== tpktVersion) {
    throw new WireError('not-recognised', `first byte ${hexByte(version)}, where TPKT has 0x03`);
  }
  if (high === undefined || low === undefined) return undefined;
  const length = high * 0x100 + low;
  if (length < shortestTpkt) throw malformed(`a TPKT packet of ${length} bytes, too short for a TPDU`);
  if (length > most) {
    throw new WireError('too-long', `a TPKT packet of ${length} bytes, where ${most} is the most`);
  }
  return bytes.length < length ? undefined : { value: bytes.subarray(0, length), length };
}

/** The one TPKT packet that these bytes are. Throws `WireError` where they are none, or more than one. */
export function wholeTpkt(bytes: Uint8Array): Uint8Array {
  const taken = takeTpkt(bytes, longestTpkt);
  if (!taken) throw malformed('the TPKT packet is not whole');
  const more = bytes.length - taken.length;
  if (more > 0) throw malformed(`${more} bytes after the end of the TPKT packet`);
  return taken.value;
}

/** A TPKT packet around a TPDU. */
export function makeTpkt(tpdu: Uint8Array): Buffer {
  const packet = Buffer.alloc(header.size + tpdu.length);
  packet.writeUInt8(tpktVersion, header.version);
  packet.writeUInt16BE(packet.length, header.length);
  packet.set(tpdu, header.size);
  return packet;
}
