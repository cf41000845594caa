import { putFields, roundUp, utf16 } from './fields.ts';
import { compareFileNames } from './up-case.ts';

/** Says in which record an attribute, or a part of its run list, lies. */
export interface ListEntry {
  readonly type: number;
  readonly name: string;
  readonly lowestVcn: number;
  readonly reference: bigint;
  readonly instance: number;
}

/** An entry of $ATTRIBUTE_LIST. */
const LIST_ENTRY = {
  type: [0x00, 4],
  length: [0x04, 2],
  nameLength: [0x06, 1],
  nameOffset: [0x07, 1],
  lowestVcn: [0x08, 8],
  reference: [0x10, 8],
  instance: [0x18, 2],
} as const;
const NAME_OFFSET = 0x1a;

/** The value of $ATTRIBUTE_LIST, sorted as it must be. */
export function encodeAttributeList(entries: readonly ListEntry[]): Buffer {
  return Buffer.concat([...entries].sort(compareEntries).map(encodeEntry));
}

function encodeEntry(entry: ListEntry): Buffer {
  const { type, name, lowestVcn, reference, instance } = entry;
  const length = roundUp(NAME_OFFSET + name.length * 2, 8);
  const bytes = Buffer.alloc(length);
  putFields(bytes, 0, LIST_ENTRY, {
    type,
    length,
    nameLength: name.length,
    nameOffset: NAME_OFFSET,
    lowestVcn,
    reference,
    instance,
  });
  utf16(name).copy(bytes, NAME_OFFSET);
  return bytes;
}

function compareEntries(left: ListEntry, right: ListEntry): number {
  return (
    left.type - right.type || compareFileNames(left.name, right.name) || left.lowestVcn - right.lowestVcn
  );
}
