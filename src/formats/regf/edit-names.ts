import { FormatError } from '../errors.ts';
import { quoteName, upperCaseName } from './names.ts';

/** In characters (Windows, "Registry element size limits"). */
const longestKeyName = 255;
const longestValueName = 16_383;

/** A name as a cell holds it. */
export interface StoredName {
  readonly bytes: Buffer;
  /** One byte a character instead of two; no flag of a name without characters. */
  readonly isCompressed: boolean;
}

/** As Windows stores it: one byte a character where all of them are Latin-1, else UTF-16LE. */
export function storeName(name: string): StoredName {
  const isLatin1 = /^[\0-\xff]*$/.test(name);
  return { bytes: Buffer.from(name, isLatin1 ? 'latin1' : 'utf16le'), isCompressed: isLatin1 && name !== '' };
}

/** In bytes of UTF-16, as key nodes count their largest names whatever the names are stored in. */
export function nameSize(name: string): number {
  return name.length * 2;
}

/** Throws `FormatError` (unsupported) for a name that Windows lets no key have. */
export function requireKeyName(name: string): void {
  if (name.length > longestKeyName) throw tooLong(`key name ${quoteName(name)}`, name.length, longestKeyName);
}

/** Throws `FormatError` (unsupported) for a name that Windows lets no value have. */
export function requireValueName(name: string): void {
  if (name.length > longestValueName) {
    throw tooLong(`value name ${quoteName(name)}`, name.length, longestValueName);
  }
}

function tooLong(what: string, length: number, limit: number): FormatError {
  return new FormatError('unsupported', `${what} has ${length} characters where ${limit} are allowed`);
}

/** Below zero where `a` comes before `b` in a list of subkeys: by the codes of the upper-cased characters. */
export function compareNames(a: string, b: string): number {
  const upperA = upperCaseName(a);
  const upperB = upperCaseName(b);
  if (upperA === upperB) return 0;
  return upperA < upperB ? -1 : 1;
}
