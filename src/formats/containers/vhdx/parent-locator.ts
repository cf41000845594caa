import { damaged, FormatError } from '../../errors.ts';
import { guidLE } from '../../guid.ts';

/**
 * The parent locator ([MS-VHDX] 2.6.2.6); little-endian. Offsets count from its beginning, texts are UTF-16LE.
 *
 *   offset size header                offset size entry
 *        0   16 locator type               0    4 key offset
 *       16    2 reserved                   4    4 value offset
 *       18    2 key-value count            8    2 key length
 *                                         10    2 value length
 */
const layout = { locatorType: 0, keyValueCount: 18, headerSize: 20 } as const;
const entryLayout = { keyOffset: 0, valueOffset: 4, keyLength: 8, valueLength: 10, size: 12 } as const;

const vhdxLocatorType = 'b04aefb7-d19e-4a81-b789-25b8e9445913';

/** The keys whose values are paths, in the order in which they are to be tried ([MS-VHDX] 2.6.2.6.3). */
const pathKeys = ['relative_path', 'volume_path', 'absolute_win32_path'];
/** The keys whose values are GUIDs; the parent's DataWriteGuid must be one of them. */
const linkageKeys = ['parent_linkage', 'parent_linkage2'];

export interface VhdxParentLocator {
  /** As stored; at least one. */
  readonly paths: readonly string[];
  /** Lower case without braces; at least one. */
  readonly linkages: readonly string[];
}

/** What a differencing VHDX says about its parent. Throws `FormatError` (damaged, unsupported). */
export function parseVhdxParentLocator(bytes: Buffer): VhdxParentLocator {
  const type = guidLE(bytes, layout.locatorType);
  if (type !== vhdxLocatorType) throw new FormatError('unsupported', `a parent locator of type ${type}`);
  const values = keyValues(bytes);
  const valuesOf = (keys: readonly string[]) => keys.flatMap((key) => values.get(key) ?? []);
  const paths = valuesOf(pathKeys).filter((path) => path !== '');
  const linkages = valuesOf(linkageKeys).map((guid) => guid.replace(/[{}]/g, '').toLowerCase());
  if (paths.length === 0) throw damaged('the parent locator has no path');
  if (linkages.length === 0) throw damaged('the parent locator does not say which parent it means');
  return { paths: [...new Set(paths)], linkages };
}

function keyValues(bytes: Buffer): Map<string, string> {
  const count = bytes.readUInt16LE(layout.keyValueCount);
  const end = layout.headerSize + count * entryLayout.size;
  if (end > bytes.length) throw damaged(`a parent locator of ${bytes.length} bytes with ${count} entries`);
  const values = new Map<string, string>();
  for (let at = layout.headerSize; at < end; at += entryLayout.size) {
    const key = text(bytes, at + entryLayout.keyOffset, at + entryLayout.keyLength);
    values.set(key, text(bytes, at + entryLayout.valueOffset, at + entryLayout.valueLength));
  }
  return values;
}

/** The text whose offset and length stand at these places. */
function text(bytes: Buffer, offsetAt: number, lengthAt: number): string {
  const offset = bytes.readUInt32LE(offsetAt);
  const length = bytes.readUInt16LE(lengthAt);
  if (offset + length > bytes.length) throw damaged('an entry of the parent locator lies outside it');
  return bytes.toString('utf16le', offset, offset + length);
}
