/** UTF-16LE text of any length; an odd last byte is left out. */
export function decodeUtf16(bytes: Buffer): string {
  return bytes.toString('utf16le', 0, bytes.length & ~1);
}

/**
 * A name as a cell stores it from `start` to `end`: "compressed" is one byte a character, the low half of
 * each UTF-16 unit (Latin-1); else it is UTF-16LE.
 */
export function decodeName(bytes: Buffer, start: number, end: number, compressed: boolean): string {
  return compressed ? bytes.toString('latin1', start, end) : decodeUtf16(bytes.subarray(start, end));
}

/** Windows maps a unit only to one that maps back: not final sigma, micro sign, dotless i or sharp s. */
function upperUnit(unit: string): string {
  const upper = unit.toUpperCase();
  return upper.length === 1 && upper.toLowerCase() === unit ? upper : unit;
}

const nonAscii = /[^\0-\x7f]/;

/**
 * A name as the registry compares it: every UTF-16 unit upper-cased by itself. Held against the table
 * that mkntfs writes (Windows Vista's), 225 of 65,536 units differ: letters whose capitals are newer than
 * it, and Greek ones with iota subscript.
 */
export function upperCaseName(name: string): string {
  if (!nonAscii.test(name)) return name.toUpperCase();
  let upper = '';
  for (let i = 0; i < name.length; i++) upper += upperUnit(name.charAt(i));
  return upper;
}

/** The hash of an upper-cased name in a hash leaf: h = 37 h + unit, in 32 unsigned bits. */
export function nameHash(upperName: string): number {
  let hash = 0;
  for (let i = 0; i < upperName.length; i++) hash = (Math.imul(hash, 37) + upperName.charCodeAt(i)) >>> 0;
  return hash;
}

/** A name for an error message: short, and without characters that a terminal would obey. */
export function quoteName(name: string): string {
  const shown = name.length > 60 ? `${name.slice(0, 60)}...` : name;
  return `'${shown.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '?')}'`;
}
