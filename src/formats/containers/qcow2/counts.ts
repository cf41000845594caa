import { damaged } from '../../errors.ts';

/**
 * Reference counts as they stand in a refcount block (QEMU, docs/interop/qcow2, "Refcount blocks"): 1, 2 or 4 bits wide,
 * from a byte's lowest bit on, or 8 to 64 bits, big-endian.
 */

/** The count at an index of a block. Throws `FormatError` (damaged) for one that cannot be. */
export function readCount(block: Buffer, index: number, bits: number): number {
  const at = (index * bits) / 8;
  if (bits < 8) return (block.readUInt8(Math.floor(at)) >>> ((index * bits) % 8)) & (2 ** bits - 1);
  if (bits < 64) return block.readUIntBE(at, bits / 8);
  const count = block.readBigUInt64BE(at);
  if (count > BigInt(Number.MAX_SAFE_INTEGER)) throw damaged(`a cluster with ${count} uses`);
  return Number(count);
}

/** Sets the count at an index of a block to one that its width can hold. */
export function writeCount(block: Buffer, index: number, bits: number, count: number): void {
  const at = (index * bits) / 8;
  if (bits < 8) {
    const shift = (index * bits) % 8;
    const others = block.readUInt8(Math.floor(at)) & ~((2 ** bits - 1) << shift);
    block.writeUInt8(others | (count << shift), Math.floor(at));
  } else if (bits < 64) block.writeUIntBE(count, at, bits / 8);
  else block.writeBigUInt64BE(BigInt(count), at);
}
