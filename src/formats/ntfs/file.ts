import type { Device } from '../device.ts';
import { damaged, FormatError } from '../errors.ts';
import {
  type Attribute,
  COMPRESSION_MASK,
  DATA,
  ENCRYPTED,
  FILE_NAME,
  INDEX_ALLOCATION,
  INDEX_ROOT,
  REPARSE_POINT,
  SECURITY_DESCRIPTOR,
  SPARSE,
  STANDARD_INFORMATION,
} from './attribute.ts';
import type { AttributeListEntry } from './attribute-list.ts';
import { nameIn, parseFileName } from './file-name.ts';
import { type FileRecord, readReference } from './file-record.ts';
import { type IndexTree, indexTree } from './index-tree.ts';
import type { Mft } from './mft.ts';
import { MAX_DESCRIPTOR_SIZE } from './sds.ts';
import type { SecurityStore } from './security-store.ts';
import { parseStandardInformation, type StandardInformation } from './standard-information.ts';
import { attributeDevice, attributeList } from './stream.ts';
import type { NtfsEntry, NtfsFile, NtfsStream } from './types.ts';
import type { CompareNames } from './upcase.ts';

export const ROOT_RECORD = 5;
const NAME_INDEX = '$I30';

/** Filters that keep a file's data elsewhere than in its unnamed stream. */
const FILTERED_DATA = new Map([
  [0x8000_0017, 'WOF (system compression)'],
  [0x8000_0013, 'deduplication'],
]);

/** What a file needs of its volume. */
export interface FileContext {
  readonly mft: Mft;
  readonly compareNames: CompareNames;
  readonly security: SecurityStore;
}

/** A file by its own record; `foundAs` is the name that led to it. */
export class MftFile implements NtfsFile {
  readonly #context: FileContext;
  readonly #record: FileRecord;
  readonly #foundAs: string | undefined;
  readonly #extensions = new Map<number, FileRecord>();
  #list: readonly AttributeListEntry[] | 'none' | undefined;

  constructor(context: FileContext, record: FileRecord, foundAs?: string) {
    if (record.base !== undefined) {
      throw damaged(`file record ${record.number} only extends file record ${record.base.recordNumber}`);
    }
    this.#context = context;
    this.#record = record;
    this.#foundAs = foundAs;
  }

  get recordNumber(): number {
    return this.#record.number;
  }

  get isDirectory(): boolean {
    return this.#record.isDirectory;
  }

  get name(): string {
    if (this.#foundAs !== undefined) return this.#foundAs;
    const names = this.#all(FILE_NAME).map((attribute) => parseFileName(this.#value(attribute), this.#what));
    return (names.find(({ isShort }) => !isShort) ?? names[0])?.name ?? '';
  }

  get size(): number {
    const [data] = this.#extents(DATA, '');
    return data === undefined ? 0 : sizeOf(data);
  }

  get modified(): Date {
    return this.#standardInformation.modified;
  }

  get isCompressed(): boolean {
    return this.isDirectory
      ? this.#standardInformation.isCompressed
      : (this.#dataFlags & COMPRESSION_MASK) !== 0;
  }

  get isEncrypted(): boolean {
    return this.isDirectory ? this.#standardInformation.isEncrypted : (this.#dataFlags & ENCRYPTED) !== 0;
  }

  get isSparse(): boolean {
    return (this.#dataFlags & SPARSE) !== 0;
  }

  get reparseTag(): number | undefined {
    const [attribute] = this.#extents(REPARSE_POINT, '');
    if (attribute === undefined) return undefined;
    const value = attributeDevice(this.#context.mft, [attribute], this.#what);
    if (value.size < 4) throw damaged(`${this.#what} has a reparse point that is cut short`);
    return value.read(0, 4).readUInt32LE(0);
  }

  entries(): NtfsEntry[] {
    return this.#entriesWhere(() => 0);
  }

  entriesFrom(prefix: string): NtfsEntry[] {
    const { compareNames } = this.#context;
    return this.#entriesWhere((key) => compareNames(prefix, nameIn(key, this.#what).slice(0, prefix.length)));
  }

  #entriesWhere(compare: (key: Buffer) => number): NtfsEntry[] {
    const entries: NtfsEntry[] = [];
    for (const { bytes, key } of this.#names().range(compare)) {
      const { name, isShort, isDirectory, size } = parseFileName(key, this.#what);
      if (isShort) continue;
      entries.push({ name, recordNumber: readReference(bytes, 0).recordNumber, isDirectory, size });
    }
    return entries;
  }

  entry(name: string): MftFile | undefined {
    const { compareNames, mft } = this.#context;
    const found = this.#names().find((key) => compareNames(name, nameIn(key, this.#what)));
    if (found === undefined) return undefined;
    const fileName = parseFileName(found.key, this.#what);
    const record = mft.recordAt(readReference(found.bytes, 0));
    const file = new MftFile(this.#context, record, fileName.isShort ? undefined : fileName.name);
    if (file.isDirectory !== fileName.isDirectory) {
      throw damaged(`${file.#what} is a directory by its record or by its name, and not by the other`);
    }
    return file;
  }

  open(stream = ''): Device {
    if (stream === '') this.#requireOwnData();
    const { compareNames, mft } = this.#context;
    const name = this.#streamNames().find((other) => compareNames(other, stream) === 0);
    if (name === undefined) throw damaged(`${this.#what} has no stream named ${JSON.stringify(stream)}`);
    return attributeDevice(mft, this.#extents(DATA, name), this.#what);
  }

  streams(): NtfsStream[] {
    return this.#streamNames().map((name) => {
      const [first] = this.#extents(DATA, name);
      return { name, size: first === undefined ? 0 : sizeOf(first) };
    });
  }

  securityDescriptor(): Buffer | undefined {
    const { securityId } = this.#standardInformation;
    if (securityId !== 0) return this.#context.security.descriptor(securityId);
    const extents = this.#extents(SECURITY_DESCRIPTOR, '');
    if (extents.length === 0) return undefined;
    const value = attributeDevice(this.#context.mft, extents, this.#what);
    if (value.size > MAX_DESCRIPTOR_SIZE) {
      throw damaged(`${this.#what} has a security descriptor of ${value.size} bytes`);
    }
    return Buffer.from(value.read(0, value.size));
  }

  /** An index of the file by its name: a directory's `$I30`, `$SII` of $Secure. */
  index(name: string, compareKeys: (a: Buffer, b: Buffer) => number): IndexTree {
    const { mft } = this.#context;
    const [root] = this.#extents(INDEX_ROOT, name);
    if (root === undefined) throw damaged(`${this.#what} has no index ${name}`);
    const openAllocation = () => attributeDevice(mft, this.#extents(INDEX_ALLOCATION, name), this.#what);
    const { clusterSize } = mft.boot;
    return indexTree({ root: this.#value(root), openAllocation, clusterSize, compareKeys, what: this.#what });
  }

  /** Throws `FormatError` (damaged) where this is a directory in all but its record's flag, or the root is none. */
  requireNoDirectory(): void {
    const isRoot = this.recordNumber === ROOT_RECORD;
    if (isRoot || this.#attributeNames(INDEX_ROOT).includes(NAME_INDEX)) {
      throw damaged(`${this.#what} has lost the mark of a directory`);
    }
  }

  /** The value of a resident attribute; `undefined` where the file has none of the type. */
  residentValue(type: number): Buffer | undefined {
    const [attribute] = this.#extents(type, '');
    return attribute === undefined ? undefined : this.#value(attribute);
  }

  get #what(): string {
    const { number } = this.#record;
    return this.#foundAs === undefined ? `file record ${number}` : `${this.#foundAs} (file record ${number})`;
  }

  get #standardInformation(): StandardInformation {
    const value = this.residentValue(STANDARD_INFORMATION);
    if (value === undefined) throw damaged(`${this.#what} has no standard information`);
    return parseStandardInformation(value, this.#what);
  }

  get #dataFlags(): number {
    return this.#extents(DATA, '')[0]?.flags ?? 0;
  }

  #names(): IndexTree {
    if (!this.isDirectory) throw new FormatError('unsupported', `${this.#what} is not a directory`);
    const { compareNames } = this.#context;
    return this.index(NAME_INDEX, (a, b) => compareNames(nameIn(a, this.#what), nameIn(b, this.#what)));
  }

  #requireOwnData(): void {
    if (this.isDirectory) throw new FormatError('unsupported', `${this.#what} is a directory`);
    const filter = FILTERED_DATA.get(this.reparseTag ?? 0);
    if (filter !== undefined) {
      throw new FormatError(
        'unsupported',
        `${this.#what} keeps its data by ${filter}, which is not read here`,
      );
    }
  }

  #streamNames(): string[] {
    return this.#attributeNames(DATA);
  }

  #attributeNames(wanted: number): string[] {
    const all: readonly { readonly type: number; readonly name: string }[] =
      this.#listed() ?? this.#record.attributes;
    return [...new Set(all.filter(({ type }) => type === wanted).map(({ name }) => name))];
  }

  #value(attribute: Attribute): Buffer {
    if (!attribute.resident) {
      throw damaged(`${this.#what} keeps attribute ${attribute.type} outside its record`);
    }
    return attribute.value;
  }

  #all(type: number): Attribute[] {
    return this.#select((other) => other.type === type);
  }

  /** The extents of one attribute, in the order of their clusters. */
  #extents(type: number, name: string): Attribute[] {
    const extents = this.#select((other) => other.type === type && other.name === name);
    return extents.sort((a, b) => firstVcnOf(a) - firstVcnOf(b));
  }

  /** The attributes that are wanted, from the file's own record and, by its attribute list, from others. */
  #select(isWanted: (attribute: { readonly type: number; readonly name: string }) => boolean): Attribute[] {
    const list = this.#listed();
    if (list === undefined) return this.#record.attributes.filter(isWanted);
    return list.filter(isWanted).map((entry) => this.#listedAttribute(entry));
  }

  #listed(): readonly AttributeListEntry[] | undefined {
    this.#list ??= attributeList(this.#context.mft, this.#record) ?? 'none';
    return this.#list === 'none' ? undefined : this.#list;
  }

  #listedAttribute(entry: AttributeListEntry): Attribute {
    const record = this.#recordOf(entry);
    const found = record.attributes.find(
      (attribute) =>
        attribute.type === entry.type && attribute.id === entry.id && attribute.name === entry.name,
    );
    if (found === undefined) {
      throw damaged(
        `${this.#what}: attribute ${entry.type} is not in file record ${record.number}, as its list says`,
      );
    }
    return found;
  }

  #recordOf({ record: reference }: AttributeListEntry): FileRecord {
    const { recordNumber } = reference;
    if (recordNumber === this.#record.number) return this.#record;
    const record = this.#extensions.get(recordNumber) ?? this.#context.mft.recordAt(reference);
    if (record.base?.recordNumber !== this.#record.number) {
      throw damaged(`${this.#what}: file record ${recordNumber} does not extend it, as its list says`);
    }
    this.#extensions.set(recordNumber, record);
    return record;
  }
}

function firstVcnOf(attribute: Attribute): number {
  return attribute.resident ? 0 : attribute.firstVcn;
}

function sizeOf(attribute: Attribute): number {
  return attribute.resident ? attribute.value.length : attribute.dataSize;
}
