import { INDEX_BLOCK_SIZE } from './constants.ts';
import { putFields, roundUp } from './fields.ts';
import { applyFixups, fixupCount } from './fixups.ts';

/** The value of $INDEX_ROOT before its index header. */
const INDEX_ROOT = {
  attributeType: [0x00, 4],
  collation: [0x04, 4],
  blockSize: [0x08, 4],
  unitsPerBlock: [0x0c, 1],
} as const;
const ROOT_SIZE = 0x10;

/** An INDX block before its index header. */
const INDEX_BLOCK = {
  magic: [0x00, 4],
  fixupOffset: [0x04, 2],
  fixupCount: [0x06, 2],
  logSequenceNumber: [0x08, 8],
  vcn: [0x10, 8],
} as const;
const BLOCK_HEADER_SIZE = 0x18;
/** 'INDX' */
const MAGIC = 0x5844_4e49;
const FIXUP_OFFSET = 0x28;

/** Begins the entries of a root or a block; offsets count from its own start. */
const INDEX_HEADER = {
  entriesOffset: [0x00, 4],
  lengthInUse: [0x04, 4],
  lengthAllocated: [0x08, 4],
  flags: [0x0c, 1],
} as const;
const INDEX_HEADER_SIZE = 0x10;
const HAS_CHILDREN = 1;

/** What every index entry has after its first eight bytes. */
const INDEX_ENTRY = { length: [0x08, 2], keyLength: [0x0a, 2], flags: [0x0c, 2] } as const;
const ENTRY_HEADER_SIZE = 0x10;
const ENTRY_FLAG = { HAS_CHILD: 1, LAST: 2 } as const;
const CHILD_SIZE = 8;

/** Where the entries of a block begin, and how many bytes there are for them. */
const blockEntriesAt = roundUp(FIXUP_OFFSET + fixupCount(INDEX_BLOCK_SIZE) * 2, 8);
const blockRoom = INDEX_BLOCK_SIZE - blockEntriesAt;

export interface IndexShape {
  /** The attribute whose values are the keys; 0 for a view. */
  readonly attributeType: number;
  readonly collation: number;
  readonly clusterSize: number;
  /** Bytes that the value of $INDEX_ROOT may have. */
  readonly rootRoom: number;
}

export interface Index {
  /** The value of $INDEX_ROOT. */
  readonly root: Buffer;
  /** The blocks of $INDEX_ALLOCATION, or null where all entries fit into the root. */
  readonly blocks: Buffer | null;
  /** The value of $BITMAP for the blocks. */
  readonly bitmap: Buffer;
}

interface Item {
  /** A leaf's entry. */
  readonly entry: Buffer;
  /** Number of the block with the entries that come before this one. */
  readonly child: number | null;
}

interface Level {
  readonly items: readonly Item[];
  /** Number of the block with the entries that come after all items. */
  readonly lastChild: number | null;
}

/** An entry from its first eight bytes, its key and, in a view, the data after the key. */
export function indexEntry(head: Buffer, key: Buffer, data: Buffer = Buffer.alloc(0)): Buffer {
  const length = roundUp(ENTRY_HEADER_SIZE + key.length + data.length, 8);
  const bytes = Buffer.alloc(length);
  head.copy(bytes);
  putFields(bytes, 0, INDEX_ENTRY, { length, keyLength: key.length });
  key.copy(bytes, ENTRY_HEADER_SIZE);
  data.copy(bytes, ENTRY_HEADER_SIZE + key.length);
  return bytes;
}

/** What an entry of a view has where a directory's entry has the file reference. */
const VIEW_HEAD = { dataOffset: [0x00, 2], dataLength: [0x02, 2] } as const;

/** An entry of an index whose keys have data of their own. */
export function viewEntry(data: Buffer, key: Buffer, filler: Buffer): Buffer {
  const head = putFields(Buffer.alloc(8), 0, VIEW_HEAD, {
    dataOffset: ENTRY_HEADER_SIZE + key.length,
    dataLength: data.length,
  });
  return indexEntry(head, key, Buffer.concat([data, filler]));
}

/** A B-tree of entries that are already in order. */
export function buildIndex(entries: readonly Buffer[], shape: IndexShape): Index {
  const blocks: Level[] = [];
  let level: Level = { items: entries.map((entry) => ({ entry, child: null })), lastChild: null };
  while (ROOT_SIZE + INDEX_HEADER_SIZE + levelLength(level) > shape.rootRoom && level.items.length > 0) {
    level = splitLevel(level, blocks);
  }
  const encoded = blocks.map((block, number) => encodeBlock(block, number, shape.clusterSize));
  return {
    root: encodeRoot(level, shape),
    blocks: encoded.length === 0 ? null : Buffer.concat(encoded),
    bitmap: bitmapOfOnes(encoded.length),
  };
}

/** Fills blocks one after the other; the entries between them make the level above. */
function splitLevel(level: Level, blocks: Level[]): Level {
  const above: Item[] = [];
  for (let start = 0; ; ) {
    const end = start + itemsThatFit(level, start);
    const items = level.items.slice(start, end);
    const separator = level.items[end];
    const lastChild = separator === undefined ? level.lastChild : separator.child;
    const block = blocks.push({ items, lastChild }) - 1;
    if (separator === undefined) return { items: above, lastChild: block };
    above.push({ entry: separator.entry, child: block });
    start = end + 1;
  }
}

/** How many items from `start` go into one block, such that no block after it is left empty. */
function itemsThatFit(level: Level, start: number): number {
  const count = level.items.length - start;
  let room = blockRoom - lastEntryLength(level.lastChild !== null);
  for (let index = 0; index < count; index++) {
    const item = level.items[start + index];
    room -= item === undefined ? 0 : itemLength(item);
    if (room < 0) return index === count - 1 ? index - 1 : index;
  }
  return count;
}

function itemLength(item: Item): number {
  return item.entry.length + (item.child === null ? 0 : CHILD_SIZE);
}

function lastEntryLength(hasChild: boolean): number {
  return ENTRY_HEADER_SIZE + (hasChild ? CHILD_SIZE : 0);
}

function levelLength(level: Level): number {
  return level.items.reduce((sum, item) => sum + itemLength(item), lastEntryLength(level.lastChild !== null));
}

/** VCNs of blocks count clusters, or 512 bytes each where a cluster is bigger than a block. */
function unitsPerBlock(clusterSize: number): number {
  return INDEX_BLOCK_SIZE / (clusterSize > INDEX_BLOCK_SIZE ? 512 : clusterSize);
}

function encodeRoot(level: Level, shape: IndexShape): Buffer {
  const entries = encodeEntries(level, shape.clusterSize);
  const bytes = Buffer.alloc(ROOT_SIZE + INDEX_HEADER_SIZE + entries.length);
  putFields(bytes, 0, INDEX_ROOT, {
    attributeType: shape.attributeType,
    collation: shape.collation,
    blockSize: INDEX_BLOCK_SIZE,
    unitsPerBlock: unitsPerBlock(shape.clusterSize),
  });
  putFields(bytes, ROOT_SIZE, INDEX_HEADER, {
    entriesOffset: INDEX_HEADER_SIZE,
    lengthInUse: INDEX_HEADER_SIZE + entries.length,
    lengthAllocated: INDEX_HEADER_SIZE + entries.length,
    flags: level.lastChild === null ? 0 : HAS_CHILDREN,
  });
  entries.copy(bytes, ROOT_SIZE + INDEX_HEADER_SIZE);
  return bytes;
}

function encodeBlock(level: Level, number: number, clusterSize: number): Buffer {
  const entries = encodeEntries(level, clusterSize);
  const bytes = Buffer.alloc(INDEX_BLOCK_SIZE);
  const entriesOffset = blockEntriesAt - BLOCK_HEADER_SIZE;
  putFields(bytes, 0, INDEX_BLOCK, {
    magic: MAGIC,
    fixupOffset: FIXUP_OFFSET,
    fixupCount: fixupCount(INDEX_BLOCK_SIZE),
    vcn: number * unitsPerBlock(clusterSize),
  });
  putFields(bytes, BLOCK_HEADER_SIZE, INDEX_HEADER, {
    entriesOffset,
    lengthInUse: entriesOffset + entries.length,
    lengthAllocated: INDEX_BLOCK_SIZE - BLOCK_HEADER_SIZE,
    flags: level.lastChild === null ? 0 : HAS_CHILDREN,
  });
  entries.copy(bytes, blockEntriesAt);
  return applyFixups(bytes, FIXUP_OFFSET, 1);
}

function encodeEntries(level: Level, clusterSize: number): Buffer {
  const units = unitsPerBlock(clusterSize);
  const last = Buffer.alloc(ENTRY_HEADER_SIZE);
  putFields(last, 0, INDEX_ENTRY, { length: last.length, flags: ENTRY_FLAG.LAST });
  const entries = [...level.items, { entry: last, child: level.lastChild }];
  return Buffer.concat(
    entries.map(({ entry, child }) => (child === null ? entry : withChild(entry, child * units))),
  );
}

function withChild(entry: Buffer, vcn: number): Buffer {
  const bytes = Buffer.concat([entry], entry.length + CHILD_SIZE);
  const flags = entry.readUInt16LE(INDEX_ENTRY.flags[0]) | ENTRY_FLAG.HAS_CHILD;
  putFields(bytes, 0, INDEX_ENTRY, { length: bytes.length, flags });
  bytes.writeBigUInt64LE(BigInt(vcn), entry.length);
  return bytes;
}

/** A bitmap with the first `count` bits set, in whole eight bytes. */
export function bitmapOfOnes(count: number): Buffer {
  const bytes = Buffer.alloc(Math.max(8, roundUp(Math.ceil(count / 8), 8)));
  bytes.fill(0xff, 0, count >> 3);
  if (count % 8 !== 0) bytes[count >> 3] = (1 << (count % 8)) - 1;
  return bytes;
}
