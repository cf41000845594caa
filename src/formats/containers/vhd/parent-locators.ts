import type { Device } from '../../device.ts';

/**
 * One of the eight parent locators (specification 1.0, "Parent Locator Entries"); big-endian.
 *
 *   offset size name
 *        0    4 platform code
 *        4    4 platform data space
 *        8    4 platform data length, in bytes
 *       12    4 reserved
 *       16    8 platform data offset, in the file
 */
const layout = { platformCode: 0, dataLength: 8, dataOffset: 16 } as const;

export const locatorSize = 24;
export const locatorCount = 8;

/** More than any path has that Windows accepts (32,767 UTF-16 units). */
const longestPath = 65_536;

/** The platform codes whose data is a path, and how it is written; the most useful first. */
const platforms: readonly { readonly code: string; readonly encoding: BufferEncoding }[] = [
  { code: 'W2ru', encoding: 'utf16le' },
  { code: 'W2ku', encoding: 'utf16le' },
  { code: 'Wi2r', encoding: 'latin1' },
  { code: 'Wi2k', encoding: 'latin1' },
  { code: 'MacX', encoding: 'utf8' },
];

/**
 * The parent's paths as stored: relative, absolute, a Macintosh's file URL, and last the "parent unicode
 * name" of the header, which is UTF-16BE. A locator that points out of the file says nothing.
 */
export function parentPaths(file: Device, locators: Buffer, parentName: Buffer): string[] {
  const entries = Array.from({ length: locatorCount }, (_, i) =>
    locators.subarray(i * locatorSize, (i + 1) * locatorSize),
  );
  const paths = platforms.flatMap(({ code, encoding }) =>
    entries
      .filter((entry) => entry.toString('latin1', layout.platformCode, layout.platformCode + 4) === code)
      .map((entry) => locatorData(file, entry).toString(encoding)),
  );
  paths.push(Buffer.from(parentName).swap16().toString('utf16le'));
  return [...new Set(paths.map(untilNul).filter((path) => path !== ''))];
}

function locatorData(file: Device, entry: Buffer): Buffer {
  const length = Math.min(entry.readUInt32BE(layout.dataLength), longestPath);
  const offset = entry.readBigUInt64BE(layout.dataOffset);
  if (offset + BigInt(length) > BigInt(file.size)) return Buffer.alloc(0);
  return file.read(Number(offset), length);
}

function untilNul(text: string): string {
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}
