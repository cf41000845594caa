/** One descriptor of a `$SDS` stream, with the hash that NTFS noted for it. */
export interface SdsEntry {
  readonly hash: number;
  readonly descriptor: Buffer;
}

const entryHeader = 20;
const blockSize = 0x4_0000;

/** The descriptors of a whole `$SDS` stream; every second block of 256 KiB is a mirror. */
export function sdsEntries(stream: Buffer): SdsEntry[] {
  const entries: SdsEntry[] = [];
  for (let block = 0; block < stream.length; block += 2 * blockSize) {
    let at = block;
    while (at + entryHeader <= Math.min(stream.length, block + blockSize)) {
      const size = stream.readUInt32LE(at + 16);
      if (size < entryHeader || stream.readBigUInt64LE(at + 8) !== BigInt(at)) break;
      entries.push({
        hash: stream.readUInt32LE(at),
        descriptor: stream.subarray(at + entryHeader, at + size),
      });
      at += (size + 15) & ~15;
    }
  }
  return entries;
}

/** NTFS' hash of a descriptor: over its 32-bit words, rotate left by three and add. */
export function sdsHash(descriptor: Buffer): number {
  let hash = 0;
  for (let at = 0; at + 4 <= descriptor.length; at += 4) {
    hash = (descriptor.readUInt32LE(at) + ((hash << 3) | (hash >>> 29))) >>> 0;
  }
  return hash;
}
