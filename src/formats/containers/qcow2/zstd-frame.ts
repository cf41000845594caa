/**
 * Sizes in a Zstandard frame (RFC 8878, 3.1.1); little-endian. The frame: magic (4 bytes), descriptor (1),
 * window descriptor (0 or 1), dictionary id (0 to 4), content size (0 to 8), blocks, checksum (0 or 4). Each
 * block has a header of 3 bytes: bit 0 last, bits 1 to 2 type, bits 3 to 23 size.
 */
const magic = 0xfd2fb528;
const descriptorAt = 4;
const dictionaryIdSizes = [0, 1, 2, 4];
const contentSizes = [0, 2, 4, 8];
const runLengthBlock = 1;
const reservedBlock = 3;

/** The length in bytes of the frame at the beginning; undefined where no whole frame is there. */
export function zstdFrameLength(bytes: Buffer): number | undefined {
  if (bytes.length < descriptorAt + 1 || bytes.readUInt32LE(0) !== magic) return undefined;
  const descriptor = bytes.readUInt8(descriptorAt);
  const checksumSize = descriptor & 4 ? 4 : 0;
  let at = descriptorAt + 1 + fieldsLength(descriptor);
  while (at + 3 <= bytes.length) {
    const block = bytes.readUIntLE(at, 3);
    const type = (block >>> 1) & 3;
    if (type === reservedBlock) return undefined;
    at += 3 + (type === runLengthBlock ? 1 : block >>> 3);
    if (block & 1) return at + checksumSize <= bytes.length ? at + checksumSize : undefined;
  }
  return undefined;
}

function fieldsLength(descriptor: number): number {
  const singleSegment = (descriptor & 0x20) !== 0;
  const contentFlag = descriptor >>> 6;
  const contentSize = contentFlag === 0 && singleSegment ? 1 : (contentSizes[contentFlag] ?? 0);
  return (singleSegment ? 0 : 1) + (dictionaryIdSizes[descriptor & 3] ?? 0) + contentSize;
}
