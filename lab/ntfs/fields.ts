/** A structure on the disk: each field's offset and size, in bytes; all little-endian. */
export type FieldTable = Readonly<Record<string, readonly [offset: number, size: 1 | 2 | 4 | 8]>>;

/** Values of some of a table's fields; those left out stay as the target has them. */
export type FieldValues<T extends FieldTable> = { readonly [F in keyof T]?: number | bigint };

/** Writes fields of the structure that begins at `at`. Negative numbers are stored as two's complement. */
export function putFields<T extends FieldTable>(
  target: Buffer,
  at: number,
  table: T,
  values: FieldValues<T>,
): Buffer {
  for (const name in values) {
    const field = table[name];
    const value = values[name];
    if (field === undefined || value === undefined) continue;
    putInteger(target, at + field[0], field[1], value);
  }
  return target;
}

function putInteger(target: Buffer, at: number, size: 1 | 2 | 4 | 8, value: number | bigint): void {
  if (size === 8) target.writeBigUInt64LE(BigInt.asUintN(64, BigInt(value)), at);
  else if (size === 4) target.writeInt32LE(Number(value) | 0, at);
  else target.writeUIntLE(Number(value) & (2 ** (size * 8) - 1), at, size);
}

/** The next multiple of `unit`, a power of two or not. */
export function roundUp(value: number, unit: number): number {
  return Math.ceil(value / unit) * unit;
}

/** A copy, with zeros after it up to a multiple of `unit`. */
export function padded(bytes: Buffer, unit: number): Buffer {
  return Buffer.concat([bytes], roundUp(bytes.length, unit));
}

/** A name as NTFS stores it. */
export function utf16(name: string): Buffer {
  return Buffer.from(name, 'utf16le');
}

/** 100-nanosecond intervals since 1601, as Windows counts time. */
export function fileTime(date: Date): bigint {
  return BigInt(date.getTime()) * 10_000n + 116_444_736_000_000_000n;
}
