/** An unsigned big-endian integer of `width` bytes. */
export function integer(width: number, value: number): Uint8Array {
  const bytes = Buffer.alloc(width);
  bytes.writeUIntBE(value, 0, width);
  return bytes;
}

/** 16-bit integers in a row. */
export function integers16(values: readonly number[]): Uint8Array {
  return Buffer.concat(values.map((value) => integer(2, value)));
}

/** A vector behind its own length of `width` bytes. */
export function vector(width: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = Buffer.concat(parts);
  return Buffer.concat([integer(width, content.length), content]);
}
