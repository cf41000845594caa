import { damaged } from '../errors.ts';
import { decodeUtf16, quoteName } from './names.ts';
import { registryType } from './registry-type.ts';
import type { Value } from './value.ts';

/** In bytes: far beyond real text, and far below what a string of JavaScript can hold. */
const mostText = 16 * 2 ** 20;
const mostStrings = 100_000;

/**
 * The number that a REG_DWORD, REG_DWORD_BIG_ENDIAN (unsigned) or REG_QWORD (a bigint) holds.
 * `undefined` for other types and for data of another length than the type's: Windows' own typed
 * queries refuse those too. Throws `FormatError` where the data cannot be read.
 */
export function decodeNumber(value: Value): number | bigint | undefined {
  switch (value.type) {
    case registryType.dword:
      return value.size === 4 ? value.data().readUInt32LE(0) : undefined;
    case registryType.dwordBigEndian:
      return value.size === 4 ? value.data().readUInt32BE(0) : undefined;
    case registryType.qword:
      return value.size === 8 ? value.data().readBigUInt64LE(0) : undefined;
    default:
      return undefined;
  }
}

/**
 * The text of a REG_SZ, REG_EXPAND_SZ (variables not expanded) or REG_LINK up to its first NUL;
 * a missing NUL and an odd last byte are tolerated. `undefined` for other types.
 * Throws `FormatError` where the data cannot be read.
 */
export function decodeString(value: Value): string | undefined {
  const { type } = value;
  if (type !== registryType.sz && type !== registryType.expandSz && type !== registryType.link) {
    return undefined;
  }
  const text = decodeText(value);
  const end = text.indexOf('\0');
  return end === -1 ? text : text.slice(0, end);
}

/**
 * The strings of a REG_MULTI_SZ up to the first empty one, which is its end; missing NULs at the end
 * are tolerated. `undefined` for other types. Throws `FormatError` where the data cannot be read.
 */
export function decodeStrings(value: Value): string[] | undefined {
  if (value.type !== registryType.multiSz) return undefined;
  const strings = decodeText(value).split('\0', mostStrings + 1);
  const end = strings.indexOf('');
  if (end === -1 && strings.length > mostStrings)
    throw damaged(`value ${quoteName(value.name)} has more than ${mostStrings} strings`);
  return end === -1 ? strings : strings.slice(0, end);
}

function decodeText(value: Value): string {
  if (value.size > mostText)
    throw damaged(
      `text of value ${quoteName(value.name)} is said to be ${value.size} bytes, more than any real one`,
    );
  return decodeUtf16(value.data());
}
