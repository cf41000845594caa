/** One captured frame: its bytes as far as they were kept, and when it passed, in milliseconds since 1970. */
export interface Frame {
  readonly bytes: Buffer;
  readonly at: number;
}

/** The frames of a capture, and what they begin with: LINKTYPE_ETHERNET is 1. */
export interface Capture {
  readonly linkType: number;
  readonly frames: readonly Frame[];
}

/** Fractions of a second in a millisecond, by the file's magic number as a reader of its own byte order sees it. */
const fractions: Readonly<Record<number, number>> = { 2712847316: 1e3, 2712812621: 1e6 };

/** MAXIMUM_SNAPLEN of libpcap: no frame that it wrote is longer. */
const longestFrame = 262_144;

const fileHeader = { magic: 0, linkType: 20, length: 24 };
const recordHeader = { seconds: 0, fraction: 4, captured: 8, length: 16 };

/**
 * Reads a classic pcap file of either byte order, with microseconds or nanoseconds. A last record that is cut short
 * ends it, as a capture that was broken off does. Throws `Error` for any other file. Source: pcap-savefile(5).
 */
export function readPcap(file: Buffer): Capture {
  if (file.length < fileHeader.length) throw new Error('not a pcap file: too short');
  const littleEndian = file.readUInt32LE(fileHeader.magic) in fractions;
  const read = (offset: number) => (littleEndian ? file.readUInt32LE(offset) : file.readUInt32BE(offset));
  const perMillisecond = fractions[read(fileHeader.magic)];
  if (perMillisecond === undefined) throw new Error('not a pcap file: bad magic number');

  const frames: Frame[] = [];
  for (let offset = fileHeader.length; offset + recordHeader.length <= file.length; ) {
    const captured = read(offset + recordHeader.captured);
    if (captured > longestFrame) throw new Error(`a frame of ${captured} bytes at offset ${offset}`);
    const start = offset + recordHeader.length;
    if (start + captured > file.length) break;
    const at =
      read(offset + recordHeader.seconds) * 1000 + read(offset + recordHeader.fraction) / perMillisecond;
    frames.push({ bytes: file.subarray(start, start + captured), at });
    offset = start + captured;
  }
  // The upper bits of the field hold the length of a frame check sequence.
  return { linkType: read(fileHeader.linkType) & 0xffff, frames };
}
