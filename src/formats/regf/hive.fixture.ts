import { baseBlockChecksum } from './base-block.ts';
import { baseBlock, bigData, bin, cellSignature, keyNode, keySecurity, keyValue } from './layout.ts';
import { nameHash, upperCaseName } from './names.ts';

/** A key of a hive made for a test. */
export interface KeySpec {
  readonly name: string;
  readonly subkeys?: readonly KeySpec[];
  readonly values?: readonly ValueSpec[];
  /** How its subkeys are listed; 'ri' makes leaves of two hash leaf elements each. */
  readonly list?: 'li' | 'lf' | 'lh' | 'ri';
  readonly flags?: number;
  readonly className?: string;
  readonly descriptor?: Buffer;
}

export interface ValueSpec {
  readonly name: string;
  readonly type: number;
  readonly data: Buffer;
}

export interface HiveSpec {
  readonly root: KeySpec;
  readonly minorVersion?: number;
  readonly sequences?: readonly [number, number];
}

/** A whole primary file. Bins of 4096 bytes, larger only for larger cells. */
export function buildHive(spec: HiveSpec): Buffer {
  const bins = new BinBuilder();
  const rootCell = writeKey(bins, spec.root, 0xffff_ffff);
  const bytes = Buffer.concat([Buffer.alloc(baseBlock.size), bins.finish()]);
  bytes.write('regf', 0, 'latin1');
  const [primary, secondary] = spec.sequences ?? [7, 7];
  bytes.writeUInt32LE(primary, baseBlock.primarySequence);
  bytes.writeUInt32LE(secondary, baseBlock.secondarySequence);
  bytes.writeBigUInt64LE(fixtureTime, baseBlock.lastWritten);
  bytes.writeUInt32LE(1, baseBlock.majorVersion);
  bytes.writeUInt32LE(spec.minorVersion ?? 5, baseBlock.minorVersion);
  bytes.writeUInt32LE(1, baseBlock.fileFormat);
  bytes.writeUInt32LE(rootCell, baseBlock.rootCell);
  bytes.writeUInt32LE(bytes.length - baseBlock.size, baseBlock.binsSize);
  return sealBaseBlock(bytes);
}

/** 2021-08-05T16:16:12.790Z as a FILETIME. */
export const fixtureTime = 132_726_537_727_900_000n;

/** Writes the right checksum into a base block, in place. */
export function sealBaseBlock(bytes: Buffer): Buffer {
  bytes.writeUInt32LE(baseBlockChecksum(bytes), baseBlock.checksum);
  return bytes;
}

class BinBuilder {
  readonly #bins: Buffer[] = [];
  #size = 0;
  #used = 0;

  /** A cell in use with room for `length` bytes; returns its offset and its content. */
  allocate(length: number): { offset: number; content: Buffer } {
    const size = Math.ceil((length + 4) / 8) * 8;
    let current = this.#bins.at(-1);
    if (!current || this.#used + size > current.length) current = this.#addBin(size);
    const at = this.#used;
    this.#used += size;
    current.writeInt32LE(-size, at);
    return {
      offset: this.#size - current.length + at,
      content: current.subarray(at + 4, at + size),
    };
  }

  finish(): Buffer {
    this.#closeBin();
    return Buffer.concat(this.#bins);
  }

  #addBin(cellSize: number): Buffer {
    this.#closeBin();
    const bytes = Buffer.alloc(Math.ceil((bin.headerSize + cellSize) / bin.alignment) * bin.alignment);
    bytes.write('hbin', 0, 'latin1');
    bytes.writeUInt32LE(this.#size, bin.offset);
    bytes.writeUInt32LE(bytes.length, bin.size);
    bytes.writeBigUInt64LE(this.#size === 0 ? fixtureTime : 0n, bin.timestamp);
    this.#bins.push(bytes);
    this.#size += bytes.length;
    this.#used = bin.headerSize;
    return bytes;
  }

  #closeBin(): void {
    const last = this.#bins.at(-1);
    if (last && this.#used < last.length) last.writeInt32LE(last.length - this.#used, this.#used);
  }
}

function store(bins: BinBuilder, bytes: Buffer): number {
  const { offset, content } = bins.allocate(bytes.length);
  bytes.copy(content);
  return offset;
}

function offsetList(offsets: readonly number[]): Buffer {
  const bytes = Buffer.alloc(offsets.length * 4);
  offsets.forEach((offset, i) => {
    bytes.writeUInt32LE(offset, i * 4);
  });
  return bytes;
}

/** Names within Latin-1 are stored "compressed", as Windows does. */
function encodeName(name: string): { bytes: Buffer; isCompressed: boolean } {
  const isCompressed = /^[\0-\xff]*$/.test(name);
  return { bytes: Buffer.from(name, isCompressed ? 'latin1' : 'utf16le'), isCompressed };
}

function writeKey(bins: BinBuilder, key: KeySpec, parent: number): number {
  const name = encodeName(key.name);
  const { offset, content } = bins.allocate(keyNode.name + name.bytes.length);
  const none = 0xffff_ffff;
  const values = (key.values ?? []).map((value) => writeValue(bins, value));
  const valueList = values.length > 0 ? store(bins, offsetList(values)) : none;
  const children = (key.subkeys ?? []).map((child) => ({
    name: child.name,
    offset: writeKey(bins, child, offset),
  }));
  const className = Buffer.from(key.className ?? '', 'utf16le');
  content.writeUInt16LE(cellSignature.nk, keyNode.signature);
  content.writeUInt16LE((key.flags ?? 0) | (name.isCompressed ? 0x20 : 0), keyNode.flags);
  content.writeBigUInt64LE(fixtureTime, keyNode.lastWritten);
  content.writeUInt32LE(parent, keyNode.parent);
  content.writeUInt32LE(children.length, keyNode.subkeyCount);
  content.writeUInt32LE(
    children.length > 0 ? writeList(bins, children, key.list ?? 'lh') : none,
    keyNode.subkeyList,
  );
  content.writeUInt32LE(values.length, keyNode.valueCount);
  content.writeUInt32LE(valueList, keyNode.valueList);
  content.writeUInt32LE(key.descriptor ? writeSecurity(bins, key.descriptor) : none, keyNode.security);
  content.writeUInt32LE(className.length > 0 ? store(bins, className) : none, keyNode.className);
  content.writeUInt16LE(name.bytes.length, keyNode.nameLength);
  content.writeUInt16LE(className.length, keyNode.classNameLength);
  name.bytes.copy(content, keyNode.name);
  return offset;
}

function writeSecurity(bins: BinBuilder, descriptor: Buffer): number {
  const { offset, content } = bins.allocate(keySecurity.descriptor + descriptor.length);
  content.writeUInt16LE(cellSignature.sk, keySecurity.signature);
  content.writeUInt32LE(descriptor.length, keySecurity.descriptorSize);
  descriptor.copy(content, keySecurity.descriptor);
  return offset;
}

interface Child {
  readonly name: string;
  readonly offset: number;
}

function writeList(bins: BinBuilder, children: readonly Child[], kind: 'li' | 'lf' | 'lh' | 'ri'): number {
  const sorted = [...children].sort((a, b) => (upperCaseName(a.name) < upperCaseName(b.name) ? -1 : 1));
  if (kind !== 'ri') return store(bins, leaf(sorted, kind));
  const leaves: number[] = [];
  for (let i = 0; i < sorted.length; i += 2) leaves.push(store(bins, leaf(sorted.slice(i, i + 2), 'lh')));
  return store(bins, Buffer.concat([listHeader('ri', leaves.length), offsetList(leaves)]));
}

function listHeader(signature: string, count: number): Buffer {
  const header = Buffer.from(`${signature}\0\0`, 'latin1');
  header.writeUInt16LE(count, 2);
  return header;
}

function leaf(children: readonly Child[], kind: 'li' | 'lf' | 'lh'): Buffer {
  const elements = children.map(({ name, offset }) => {
    const hint = Buffer.alloc(kind === 'li' ? 0 : 4);
    if (kind === 'lf') hint.write(name.slice(0, 4), 'latin1');
    if (kind === 'lh') hint.writeUInt32LE(nameHash(upperCaseName(name)));
    return Buffer.concat([offsetList([offset]), hint]);
  });
  return Buffer.concat([listHeader(kind, children.length), ...elements]);
}

function writeValue(bins: BinBuilder, value: ValueSpec): number {
  const name = encodeName(value.name);
  const { offset, content } = bins.allocate(keyValue.name + name.bytes.length);
  content.writeUInt16LE(cellSignature.vk, keyValue.signature);
  content.writeUInt16LE(name.bytes.length, keyValue.nameLength);
  content.writeUInt32LE(value.type, keyValue.type);
  content.writeUInt16LE(name.isCompressed ? 1 : 0, keyValue.flags);
  name.bytes.copy(content, keyValue.name);
  if (value.data.length <= 4) {
    content.writeUInt32LE((value.data.length | 0x8000_0000) >>> 0, keyValue.dataSize);
    value.data.copy(content, keyValue.data);
  } else {
    content.writeUInt32LE(value.data.length, keyValue.dataSize);
    content.writeUInt32LE(writeData(bins, value.data), keyValue.data);
  }
  return offset;
}

function writeData(bins: BinBuilder, data: Buffer): number {
  if (data.length <= bigData.segmentSize) return store(bins, data);
  const segments: number[] = [];
  for (let at = 0; at < data.length; at += bigData.segmentSize) {
    segments.push(store(bins, data.subarray(at, at + bigData.segmentSize)));
  }
  const header = listHeader('db', segments.length);
  return store(bins, Buffer.concat([header, offsetList([store(bins, offsetList(segments))])]));
}
