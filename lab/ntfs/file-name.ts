import { putFields, utf16 } from './fields.ts';

/** Which rules a name follows: case-sensitive, long, 8.3, or long and 8.3 at once. */
export const NAMESPACE = { POSIX: 0, WIN32: 1, DOS: 2, WIN32_AND_DOS: 3 } as const;

const LONGEST_NAME = 255;

/** The value of $FILE_NAME, which is also the key of a directory's entry. */
const FILE_NAME = {
  parent: [0x00, 8],
  created: [0x08, 8],
  modified: [0x10, 8],
  recordChanged: [0x18, 8],
  accessed: [0x20, 8],
  allocatedSize: [0x28, 8],
  dataSize: [0x30, 8],
  attributes: [0x38, 4],
  reparseTag: [0x3c, 4],
  nameLength: [0x40, 1],
  namespace: [0x41, 1],
} as const;
const NAME_OFFSET = 0x42;

export interface FileName {
  readonly parent: bigint;
  readonly name: string;
  readonly namespace: number;
  readonly time: bigint;
  readonly allocatedSize: number;
  readonly dataSize: number;
  readonly attributes: number;
  readonly reparseTag: number;
}

export function encodeFileName(fileName: FileName): Buffer {
  const { parent, name, namespace, time, allocatedSize, dataSize, attributes, reparseTag } = fileName;
  const bytes = Buffer.alloc(fileNameLength(name));
  putFields(bytes, 0, FILE_NAME, {
    parent,
    created: time,
    modified: time,
    recordChanged: time,
    accessed: time,
    allocatedSize,
    dataSize,
    attributes,
    reparseTag,
    nameLength: name.length,
    namespace,
  });
  utf16(name).copy(bytes, NAME_OFFSET);
  return bytes;
}

/** Bytes of the value of $FILE_NAME. */
export function fileNameLength(name: string): number {
  if (name.length === 0 || name.length > LONGEST_NAME) throw new Error(`no file name: '${name}'`);
  return NAME_OFFSET + name.length * 2;
}

/**
 * The namespace of a name that has no 8.3 name beside it. Windows gives a long one no other than POSIX
 * (measured on a volume without 8.3 names), and NTFS-3G deletes a WIN32 name only together with a DOS one.
 */
export function namespaceOf(name: string): number {
  return isShortName(name) ? NAMESPACE.WIN32_AND_DOS : NAMESPACE.POSIX;
}

export function isShortName(name: string): boolean {
  return /^[\w!#$%&'()@^`{}~-]{1,8}(\.[\w!#$%&'()@^`{}~-]{1,3})?$/.test(name);
}
