import { damaged } from './errors.ts';

/**
 * A GUID as Microsoft stores it (three little-endian fields, then eight bytes) in its lower-case form
 * without braces.
 */
export function guidLE(bytes: Buffer, at: number): string {
  const swapped = Buffer.from(bytes.subarray(at, at + 16));
  swapped.subarray(0, 4).reverse();
  swapped.subarray(4, 6).reverse();
  swapped.subarray(6, 8).reverse();
  return uuidBE(swapped, 0);
}

/** A UUID stored in the order in which it is printed (RFC 9562), in lower case. */
export function uuidBE(bytes: Buffer, at: number): string {
  const hex = bytes.toString('hex', at, at + 16);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

export const zeroGuid = '00000000-0000-0000-0000-000000000000';

/** The bytes of a GUID given as text. Throws `FormatError` (damaged) where the text is none. */
export function encodeGuid(guid: string): Buffer {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(guid))
    throw damaged(`'${guid.slice(0, 80)}' is no GUID`);
  const bytes = Buffer.from(guid.replaceAll('-', ''), 'hex');
  bytes.subarray(0, 4).reverse();
  bytes.subarray(4, 6).reverse();
  bytes.subarray(6, 8).reverse();
  return bytes;
}
