/** Whether bytes are all zeros. */
export function isZero(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0);
}

/** The bytes of a disk from `offset` on; beyond its end zeros, as a child sees a shorter parent. */
export function padded(disk: Buffer, offset: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  disk.copy(bytes, 0, Math.min(offset, disk.length), Math.min(offset + length, disk.length));
  return bytes;
}

/** For each sector of a block whether it differs from the parent's (without a parent: is not zeros). */
export function changedSectors(block: Buffer, parentBlock: Buffer, sectorSize: number): boolean[] {
  const changed: boolean[] = [];
  for (let at = 0; at < block.length; at += sectorSize) {
    const end = at + sectorSize;
    changed.push(!block.subarray(at, end).equals(parentBlock.subarray(at, end)));
  }
  return changed;
}
