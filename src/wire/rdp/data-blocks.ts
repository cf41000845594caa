import { malformed } from '../errors.ts';
import { ByteReader } from './byte-reader.ts';

/** MS-RDPBCGR 2.2.1.3.1: the types of blocks, client's and server's. */
export const blockType = {
  clientCore: 0xc001,
  clientSecurity: 0xc002,
  clientNetwork: 0xc003,
  clientCluster: 0xc004,
  serverCore: 0x0c01,
  serverSecurity: 0x0c02,
  serverNetwork: 0x0c03,
} as const;

/** TS_UD_HEADER, little-endian; the length is of the whole block. */
const header = { type: 0, length: 2, size: 4 } as const;

/**
 * The contents of the blocks by their type; of a type that comes twice, the first. Unknown types are passed over.
 * Throws `WireError` where a length is wrong.
 */
export function readDataBlocks(bytes: Uint8Array): ReadonlyMap<number, Buffer> {
  const reader = new ByteReader(bytes, 'the GCC user data');
  const blocks = new Map<number, Buffer>();
  while (reader.left > 0) {
    const type = reader.uint16le('a block header');
    const length = reader.uint16le('a block header');
    const name = `block 0x${type.toString(16).padStart(4, '0')}`;
    if (length < header.size) throw malformed(`${name} says that it has ${length} bytes`);
    const contents = reader.take(length - header.size, name);
    if (!blocks.has(type)) blocks.set(type, contents);
  }
  return blocks;
}

export function makeDataBlock(type: number, contents: Uint8Array): Buffer {
  const block = Buffer.alloc(header.size + contents.length);
  block.writeUInt16LE(type, header.type);
  block.writeUInt16LE(block.length, header.length);
  block.set(contents, header.size);
  return block;
}
