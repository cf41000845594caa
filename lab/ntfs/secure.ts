import { COLLATION } from './constants.ts';
import { putFields, roundUp } from './fields.ts';
import { viewEntry } from './index-tree.ts';

/** The first id that Windows gives. */
const FIRST_SECURITY_ID = 0x100;

/** Primary blocks of $SDS, each with a copy right behind it; no entry crosses the end of one. */
const SDS_BLOCK_SIZE = 0x4_0000;
const SDS_ALIGNMENT = 16;

/** What precedes each descriptor in $SDS, and is the data of both indexes. */
const SDS_HEADER = { hash: [0x00, 4], securityId: [0x04, 4], offset: [0x08, 8], size: [0x10, 4] } as const;
const SDS_HEADER_SIZE = 0x14;

/** Every entry of $SDH ends in this, as padding. */
const SDH_FILLER = Buffer.from('II', 'utf16le');

interface Descriptor {
  readonly securityId: number;
  readonly hash: number;
  readonly bytes: Buffer;
}

/** The security descriptors of a volume, each once. */
export interface SecurityStore {
  /** The id of a descriptor, the same for the same bytes. */
  idOf(descriptor: Buffer): number;
  /** The named parts of $Secure for all descriptors so far. */
  contents(): SecureContents;
}

export interface SecureContents {
  /** The $SDS stream, copies included. */
  readonly sds: Buffer;
  /** Entries of the index by hash and of the one by id, in order. */
  readonly sdh: readonly Buffer[];
  readonly sii: readonly Buffer[];
}

export const SECURE_STREAM = '$SDS';
export const SECURE_INDEXES = {
  $SDH: { attributeType: 0, collation: COLLATION.SECURITY_HASH },
  $SII: { attributeType: 0, collation: COLLATION.ULONG },
} as const;

export function createSecurityStore(): SecurityStore {
  const descriptors = new Map<string, Descriptor>();
  return {
    idOf(bytes) {
      const key = bytes.toString('latin1');
      const known = descriptors.get(key);
      if (known !== undefined) return known.securityId;
      const securityId = FIRST_SECURITY_ID + descriptors.size;
      descriptors.set(key, { securityId, hash: securityHash(bytes), bytes });
      return securityId;
    },
    contents: () => encodeContents([...descriptors.values()]),
  };
}

/** Each 32-bit word added to the sum so far, rotated left by three bits. */
export function securityHash(descriptor: Buffer): number {
  let hash = 0;
  for (let at = 0; at + 4 <= descriptor.length; at += 4) {
    hash = (descriptor.readUInt32LE(at) + ((hash << 3) | (hash >>> 29))) >>> 0;
  }
  return hash;
}

function encodeContents(descriptors: readonly Descriptor[]): SecureContents {
  const entries: { descriptor: Descriptor; offset: number; header: Buffer }[] = [];
  let offset = 0;
  for (const descriptor of descriptors) {
    const size = SDS_HEADER_SIZE + descriptor.bytes.length;
    if (size > SDS_BLOCK_SIZE) throw new Error('a security descriptor does not fit into $SDS');
    if ((offset % SDS_BLOCK_SIZE) + size > SDS_BLOCK_SIZE) offset = nextPrimaryBlock(offset);
    entries.push({ descriptor, offset, header: encodeHeader(descriptor, offset, size) });
    offset += roundUp(size, SDS_ALIGNMENT);
    // An entry may end exactly where the copy of its block begins.
    if (offset % SDS_BLOCK_SIZE === 0) offset += SDS_BLOCK_SIZE;
  }
  const byHash = [...entries].sort(
    (left, right) =>
      left.descriptor.hash - right.descriptor.hash ||
      left.descriptor.securityId - right.descriptor.securityId,
  );
  return {
    sds: encodeSds(entries),
    sdh: byHash.map(({ header }) => viewEntry(header, header.subarray(0, 8), SDH_FILLER)),
    sii: entries.map(({ header }) => viewEntry(header, header.subarray(4, 8), Buffer.alloc(0))),
  };
}

function nextPrimaryBlock(offset: number): number {
  return roundUp(offset, SDS_BLOCK_SIZE) + SDS_BLOCK_SIZE;
}

function encodeHeader(descriptor: Descriptor, offset: number, size: number): Buffer {
  const { hash, securityId } = descriptor;
  return putFields(Buffer.alloc(SDS_HEADER_SIZE), 0, SDS_HEADER, { hash, securityId, offset, size });
}

function encodeSds(entries: readonly { descriptor: Descriptor; offset: number; header: Buffer }[]): Buffer {
  const last = entries.at(-1);
  const end = last === undefined ? 0 : last.offset + SDS_HEADER_SIZE + last.descriptor.bytes.length;
  // The size says where Windows writes the next one, so nothing may follow the last.
  const sds = Buffer.alloc(end + SDS_BLOCK_SIZE);
  for (const { descriptor, offset, header } of entries) {
    for (const copy of [offset, offset + SDS_BLOCK_SIZE]) {
      header.copy(sds, copy);
      descriptor.bytes.copy(sds, copy + SDS_HEADER_SIZE);
    }
  }
  return sds;
}
