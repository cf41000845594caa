/** A name as a hive stores it: one byte a character where Latin-1 holds it, else UTF-16. */
export interface StoredName {
  readonly bytes: Buffer;
  readonly compressed: boolean;
}

const latin1 = /^[\0-\xff]*$/;

/** How a key's or a value's name is stored. */
export function storedName(name: string): StoredName {
  const compressed = latin1.test(name);
  return { bytes: Buffer.from(name, compressed ? 'latin1' : 'utf16le'), compressed };
}

/** Characters that Windows leaves as they are, though Unicode gives them an upper case of one unit. */
const withoutUpperCase = new Set('\u00b5\u0131\u017f');

/**
 * A name in upper case as Windows compares it: unit by unit, never changing the length. Agrees with the
 * `$UpCase` table of real Windows volumes for Latin, Greek and Cyrillic letters, not for all newer scripts.
 */
export function upperCased(name: string): string {
  if (plain.test(name)) return name.toUpperCase();
  return Array.from({ length: name.length }, (_, at) => upperUnit(name.charAt(at))).join('');
}

const plain = /^[ -~]*$/;

/** The order of subkeys: by the 16-bit units of their upper-cased names. */
export function compareNames(a: string, b: string): number {
  const left = upperCased(a);
  const right = upperCased(b);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The hash in an `lh` entry: each unit of the upper-cased name added to 37 times what was before. */
export function nameHash(name: string): number {
  const upper = upperCased(name);
  let hash = 0;
  for (let at = 0; at < upper.length; at++) hash = (Math.imul(hash, 37) + upper.charCodeAt(at)) >>> 0;
  return hash;
}

function upperUnit(unit: string): string {
  if (withoutUpperCase.has(unit)) return unit;
  const upper = unit.toUpperCase();
  return upper.length === 1 ? upper : unit;
}
