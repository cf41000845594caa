import { readSafeUInt64LE } from '../../device.ts';
import { damaged, FormatError } from '../../errors.ts';
import { DATA } from '../attribute.ts';
import type { NodeEntry } from '../index-node.ts';
import { descriptorHash, MAX_DESCRIPTOR_SIZE, readDescriptor, type SdsReference } from '../sds.ts';
import { fileEdit, type VolumeEdit } from './file-edit.ts';
import { type IndexEdit, indexEdit } from './index-edit.ts';
import { refused } from './refused.ts';
import { type StreamEdit, streamEdit } from './stream-edit.ts';

/*
 * What precedes a descriptor in $SDS, and is the data of its entries in $SII (key: the id) and $SDH (key: hash, id):
 *
 *   offset size
 *   0x00      4  hash of the descriptor
 *   0x04      4  security id
 *   0x08      8  offset of this entry in $SDS
 *   0x10      4  length of the entry
 */
const HASH = 0x00;
const ID = 0x04;
const OFFSET = 0x08;
const LENGTH = 0x10;
const HEADER_SIZE = 0x14;

/*
 * An entry of either index: 0x00 2 offset of the data, 0x02 2 its length, 0x08 2 length of the entry, 0x0A 2 length of
 * the key, 0x10 key, then the data.
 */
const DATA_OFFSET = 0x00;
const DATA_LENGTH = 0x02;
const ENTRY_LENGTH = 0x08;
const KEY_LENGTH = 0x0a;
const KEY = 0x10;
/** Entries of $SDH end in this; Windows mostly writes it, and reads nothing from it (NTFS-3G, security.c). */
const SDH_FILLER = Buffer.from('II', 'utf16le');

const SECURE_RECORD = 9;
const SDS_BLOCK = 256 * 1024;
const SDS_ALIGNMENT = 16;
const FIRST_ID = 0x100;
const GREATEST_ID = 0xffff_fffe;

/** A self-relative descriptor: 0x00 1 revision, 0x02 2 control, then four offsets of 4 bytes. */
const REVISION = 1;
const CONTROL = 0x02;
const SELF_RELATIVE = 0x8000;
const DESCRIPTOR_HEADER_SIZE = 0x14;
const DESCRIPTOR_OFFSETS = [0x04, 0x08, 0x0c, 0x10];

/**
 * The id of a descriptor in $Secure: that of an equal one, else a new one, behind the last, with its entry in $SDS, the
 * copy of it 256 KiB further, and its entries in $SII and $SDH. Throws `FormatError`: unsupported for what is no
 * self-relative descriptor, damaged where $Secure is not sound.
 */
export function securityIdFor(volume: VolumeEdit, descriptor: Buffer): number {
  requireDescriptor(descriptor);
  const secure = fileEdit(volume, { recordNumber: SECURE_RECORD, sequenceNumber: 0 });
  const stream = streamEdit(volume, secure, { type: DATA, name: '$SDS' });
  const byHash = indexEdit(
    volume,
    secure,
    '$SDH',
    (a, b) => wordAt(a, 0) - wordAt(b, 0) || wordAt(a, 4) - wordAt(b, 4),
  );
  const known = idOfEqual(byHash, stream, descriptor);
  if (known !== undefined) return known;
  const byId = indexEdit(volume, secure, '$SII', (a, b) => wordAt(a, 0) - wordAt(b, 0));
  const header = headerBehind(endOf(byId), stream.size, descriptor);
  append(stream, header, descriptor);
  byId.insert(viewEntry(header.subarray(ID, ID + 4), header, Buffer.alloc(0)));
  byId.save();
  byHash.insert(viewEntry(header.subarray(HASH, HASH + 8), header, SDH_FILLER));
  byHash.save();
  return header.readUInt32LE(ID);
}

function requireDescriptor(descriptor: Buffer): void {
  const { length } = descriptor;
  const isWhole =
    length > DESCRIPTOR_HEADER_SIZE &&
    length <= MAX_DESCRIPTOR_SIZE &&
    length % 4 === 0 &&
    descriptor.readUInt8(0) === REVISION &&
    (descriptor.readUInt16LE(CONTROL) & SELF_RELATIVE) !== 0 &&
    DESCRIPTOR_OFFSETS.every((at) => isOffset(descriptor.readUInt32LE(at), length));
  if (!isWhole)
    throw new FormatError('unsupported', 'this is no self-relative security descriptor that a volume takes');
}

function isOffset(offset: number, length: number): boolean {
  return offset === 0 || (offset >= DESCRIPTOR_HEADER_SIZE && offset % 4 === 0 && offset + 8 <= length);
}

function wordAt(key: Buffer, at: number): number {
  if (key.length < at + 4) throw damaged('$Secure has a key that is cut short');
  return key.readUInt32LE(at);
}

function idOfEqual(byHash: IndexEdit, stream: StreamEdit, descriptor: Buffer): number | undefined {
  const hash = descriptorHash(descriptor);
  for (const entry of byHash.range((key) => hash - wordAt(key, 0))) {
    const reference = referenceIn(entry);
    if (reference.length !== HEADER_SIZE + descriptor.length) continue;
    if (readDescriptor(stream, reference).equals(descriptor)) return reference.id;
  }
  return undefined;
}

function referenceIn({ bytes }: NodeEntry): SdsReference {
  const at = bytes.readUInt16LE(DATA_OFFSET);
  if (bytes.readUInt16LE(DATA_LENGTH) < HEADER_SIZE || at + HEADER_SIZE > bytes.length) {
    throw damaged('$Secure has an index entry that is cut short');
  }
  return {
    hash: bytes.readUInt32LE(at + HASH),
    id: bytes.readUInt32LE(at + ID),
    offset: readSafeUInt64LE(bytes, at + OFFSET, 'offset in $SDS'),
    length: bytes.readUInt32LE(at + LENGTH),
  };
}

interface StoreEnd {
  readonly nextId: number;
  /** Behind the entry that lies furthest in $SDS. */
  readonly end: number;
}

function endOf(byId: IndexEdit): StoreEnd {
  let nextId = FIRST_ID;
  let end = 0;
  for (const entry of byId.range(() => 0)) {
    const { id, offset, length } = referenceIn(entry);
    nextId = Math.max(nextId, id + 1);
    end = Math.max(end, offset + length);
  }
  if (nextId > GREATEST_ID) throw refused('$Secure has no security id left; no remedy is known');
  return { nextId, end };
}

/**
 * The header of a descriptor behind all others. The stream ends with the copy of the last entry, by which Windows knows
 * where the next one goes (NTFS-3G, security.c; both streams of Windows 10 in the tests end so); where chkdsk took the last
 * entries away, it may be longer than the indexes say. An entry never reaches into the block of copies.
 */
function headerBehind({ nextId, end }: StoreEnd, streamSize: number, descriptor: Buffer): Buffer {
  const length = HEADER_SIZE + descriptor.length;
  const last = Math.max(end, streamSize - SDS_BLOCK);
  let offset = Math.ceil(last / SDS_ALIGNMENT) * SDS_ALIGNMENT;
  const isCopies = (at: number) => Math.floor(at / SDS_BLOCK) % 2 === 1;
  if (isCopies(offset) || isCopies(offset + length - 1)) {
    offset = Math.ceil((offset + length) / (2 * SDS_BLOCK)) * 2 * SDS_BLOCK;
  }
  const header = Buffer.alloc(HEADER_SIZE);
  header.writeUInt32LE(descriptorHash(descriptor), HASH);
  header.writeUInt32LE(nextId, ID);
  header.writeBigUInt64LE(BigInt(offset), OFFSET);
  header.writeUInt32LE(length, LENGTH);
  return header;
}

function append(stream: StreamEdit, header: Buffer, descriptor: Buffer): void {
  const offset = header.readUIntLE(OFFSET, 6);
  stream.requireInUse();
  stream.grow(offset + SDS_BLOCK + header.length + descriptor.length);
  for (const at of [offset, offset + SDS_BLOCK]) stream.write(at, Buffer.concat([header, descriptor]));
}

function viewEntry(key: Buffer, data: Buffer, filler: Buffer): Buffer {
  const dataAt = KEY + key.length;
  const entry = Buffer.alloc(dataAt + data.length + filler.length);
  entry.writeUInt16LE(dataAt, DATA_OFFSET);
  entry.writeUInt16LE(data.length, DATA_LENGTH);
  entry.writeUInt16LE(entry.length, ENTRY_LENGTH);
  entry.writeUInt16LE(key.length, KEY_LENGTH);
  key.copy(entry, KEY);
  data.copy(entry, dataAt);
  filler.copy(entry, dataAt + data.length);
  return entry;
}
