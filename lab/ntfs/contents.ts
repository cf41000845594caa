import { type Attribute, allocatedSize, dataSize, isResident } from './attributes.ts';
import { ATTRIBUTE, COLLATION, FILE_ATTRIBUTE, INDEX_BLOCK_SIZE } from './constants.ts';
import { encodeFileName } from './file-name.ts';
import { fileReference } from './file-record.ts';
import { buildIndex, type Index, indexEntry } from './index-tree.ts';
import type { FileLiteral } from './literal.ts';
import { totalLength } from './records.ts';
import type { Space } from './space.ts';
import { layStream, type MovableAttribute, movable, moveOut } from './streams.ts';
import { type DirectoryEntry, type FileNode, isFolder } from './tree.ts';
import { sortByFileName } from './up-case.ts';

/** The name of everything that belongs to a folder's index. */
const DIRECTORY_INDEX = '$I30';

/** Bytes around the value of a resident attribute with an index's name, which has up to four characters. */
const ROOT_OVERHEAD = 0x20;
/** Bytes for $INDEX_ALLOCATION in one run and a $BITMAP for 64 blocks. */
const BLOCKS_OVERHEAD = 0x60 + 0x28;
/** The smallest $INDEX_ROOT: nothing in it but where the rest is. */
const SMALLEST_ROOT = 0x38;

/** What every index is given beyond its entries. */
export interface IndexKind {
  readonly attributeType: number;
  readonly collation: number;
}

/** A file's streams as its literal has them; those that can may still move out of the record. */
export function layContents(literal: FileLiteral, space: Space): Attribute[] {
  const { data, layout = 'auto', streams = {}, reparse } = literal;
  return [
    ...(data === undefined ? [] : [layStream(data, layout, literal.initialized, space)]),
    ...Object.entries(streams).map(([name, value]) => movable(ATTRIBUTE.DATA, name, value)),
    ...(reparse === undefined ? [] : [movable(ATTRIBUTE.REPARSE_POINT, '', reparse)]),
  ];
}

/** Moves the biggest attributes that can move to clusters until the rest fits into `room` bytes, or none can. */
export function settle(attributes: readonly Attribute[], room: number, space: Space): Attribute[] {
  const settled = [...attributes];
  while (totalLength(settled) > room) {
    const biggest = settled.filter(canMove).sort((left, right) => right.value.length - left.value.length)[0];
    if (biggest === undefined) break;
    settled[settled.indexOf(biggest)] = moveOut(biggest, space);
  }
  return settled;
}

function canMove(attribute: Attribute): attribute is MovableAttribute {
  return isResident(attribute) && 'movable' in attribute && attribute.value.length > 0;
}

/** The attributes of a folder's index, of which `room` bytes at most should lie in its record. */
export function layFolder(node: FileNode, room: number, space: Space): Attribute[] {
  const layout = node.literal?.layout;
  const fragments = typeof layout === 'object' ? layout.fragments : 1;
  const kind = { attributeType: ATTRIBUTE.FILE_NAME, collation: COLLATION.FILE_NAME };
  return layIndex(DIRECTORY_INDEX, folderEntries(node, space.clusterSize), kind, room, space, fragments);
}

/** Bytes that `layFolder` will want in clusters. */
export function folderBlocksSize(node: FileNode, room: number, clusterSize: number): number {
  const kind = { attributeType: ATTRIBUTE.FILE_NAME, collation: COLLATION.FILE_NAME };
  return indexWithin(folderEntries(node, clusterSize), kind, room, clusterSize).blocks?.length ?? 0;
}

/** An index's attributes under its name; `entries` are in order. */
export function layIndex(
  name: string,
  entries: readonly Buffer[],
  kind: IndexKind,
  room: number,
  space: Space,
  fragments = 1,
): Attribute[] {
  const index = indexWithin(entries, kind, room, space.clusterSize);
  const root = { type: ATTRIBUTE.INDEX_ROOT, name, value: index.root };
  if (index.blocks === null) return [root];
  const blocks = { type: ATTRIBUTE.INDEX_ALLOCATION, name, value: index.blocks };
  const unit = Math.max(1, INDEX_BLOCK_SIZE / space.clusterSize);
  const bitmap = movable(ATTRIBUTE.BITMAP, name, index.bitmap);
  return [root, moveOut(blocks, space, fragments, unit), bitmap];
}

function indexWithin(entries: readonly Buffer[], kind: IndexKind, room: number, clusterSize: number): Index {
  const small = buildIndex(entries, { ...kind, clusterSize, rootRoom: room - ROOT_OVERHEAD });
  if (small.blocks === null) return small;
  const rootRoom = Math.max(SMALLEST_ROOT, room - ROOT_OVERHEAD - BLOCKS_OVERHEAD);
  return buildIndex(entries, { ...kind, clusterSize, rootRoom });
}

/** Bytes that a folder's record must have for an index of any size. */
export const smallestFolderRoom: number = ROOT_OVERHEAD + BLOCKS_OVERHEAD + SMALLEST_ROOT;

function folderEntries(node: FileNode, clusterSize: number): Buffer[] {
  return sortByFileName(node.entries).map((entry) => {
    const head = Buffer.alloc(8);
    head.writeBigUInt64LE(fileReference(entry.node.record, entry.node.sequence));
    return indexEntry(head, fileNameValue(entry, clusterSize));
  });
}

/** The value of $FILE_NAME for one of a node's names; sizes are those of the contents so far. */
export function fileNameValue(entry: DirectoryEntry, clusterSize: number): Buffer {
  const { node, parent, name, namespace } = entry;
  const data = node.contents.find((attribute) => attribute.type === ATTRIBUTE.DATA && attribute.name === '');
  return encodeFileName({
    parent: fileReference(parent.record, parent.sequence),
    name,
    namespace,
    time: node.time,
    allocatedSize: allocatedSize(data, clusterSize),
    dataSize: dataSize(data),
    attributes: node.fileAttributes | (isFolder(node) ? FILE_ATTRIBUTE.HAS_NAME_INDEX : 0),
    reparseTag: node.literal?.reparse?.readUInt32LE(0) ?? 0,
  });
}
