import type { Device } from '../../device.ts';
import { damaged, FormatError } from '../../errors.ts';
import { zlib } from '../../zlib.ts';
import type { Qcow2Header } from './header.ts';
import { zstdFrameLength } from './zstd-frame.ts';

const sectorSize = 512;
/** A zstd window of 16 MiB: eight times the largest cluster. */
const longestWindowLog = 24;

/** Where the compressed bytes of a cluster lie. */
export interface CompressedPlace {
  readonly offset: number;
  /** At most: whole sectors are counted, and the last one is another cluster's as well. */
  readonly length: number;
}

/**
 * Reads the descriptor of a compressed cluster, an L2 entry with bit 62 set: with x = 70 - cluster bits,
 * bits 0 to x-1 are the offset in the file and bits x to 61 the number of 512-byte sectors beyond the first.
 */
export function compressedPlace(high: number, low: number, clusterBits: number): CompressedPlace {
  const highBits = 70 - clusterBits - 32;
  const offset = (high & (2 ** highBits - 1)) * 2 ** 32 + low;
  const sectors = ((high & 0x3fff_ffff) >>> highBits) + 1;
  return { offset, length: sectors * sectorSize - (offset % sectorSize) };
}

/** The bytes of a compressed cluster. Throws `FormatError` (damaged). */
export function readCompressedCluster(
  file: Device,
  place: CompressedPlace,
  clusterSize: number,
  compression: Qcow2Header['compression'],
): Buffer {
  const { offset } = place;
  if (offset >= file.size) throw damaged(`the compressed cluster at ${offset} lies past the end of the file`);
  // The last sector need not be there whole.
  const packed = file.read(offset, Math.min(place.length, file.size - offset));
  const cluster =
    compression === 'zstd' ? unzstd(packed, clusterSize, offset) : inflate(packed, clusterSize, offset);
  if (cluster.length === clusterSize) return cluster;
  throw damaged(`the compressed cluster at ${offset} unpacks to ${cluster.length} bytes of ${clusterSize}`);
}

function inflate(packed: Buffer, clusterSize: number, offset: number): Buffer {
  return unpacking(offset, () => zlib().inflateRawSync(packed, { maxOutputLength: clusterSize }));
}

/** Frames until the cluster is full: what follows the last one in its sector is not this cluster's. */
function unzstd(packed: Buffer, clusterSize: number, offset: number): Buffer {
  const params = { [zlib().constants.ZSTD_d_windowLogMax]: longestWindowLog };
  const frames: Buffer[] = [];
  let rest = packed;
  for (let missing = clusterSize; missing > 0; ) {
    const length = zstdFrameLength(rest);
    if (length === undefined) throw damaged(`no whole zstd frame in the compressed cluster at ${offset}`);
    const frame = rest.subarray(0, length);
    const bytes = unpacking(offset, () =>
      zlib().zstdDecompressSync(frame, { maxOutputLength: missing, params }),
    );
    frames.push(bytes);
    missing -= bytes.length;
    rest = rest.subarray(length);
  }
  return frames.length === 1 && frames[0] ? frames[0] : Buffer.concat(frames);
}

/** Runs a decompressor, which has its bytes and reads no device; all that it throws is their fault. */
function unpacking(offset: number, unpack: () => Buffer): Buffer {
  try {
    return unpack();
  } catch (cause) {
    throw new FormatError('damaged', `the compressed cluster at ${offset} cannot be unpacked`, { cause });
  }
}
