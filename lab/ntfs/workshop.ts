import { type Attribute, encodeResident, type ResidentAttribute, residentLength } from './attributes.ts';
import { ATTRIBUTE, FILE_ATTRIBUTE, RECORD_FLAG } from './constants.ts';
import { fileNameValue, layContents, layFolder, settle, smallestFolderRoom } from './contents.ts';
import { plainDescriptor, systemDescriptor } from './descriptor.ts';
import { fileNameLength } from './file-name.ts';
import { encodeFileRecord, recordCapacity } from './file-record.ts';
import type { Geometry } from './geometry.ts';
import { type PlacedAttribute, packRecords, totalLength } from './records.ts';
import type { SecurityStore } from './secure.ts';
import type { Space } from './space.ts';
import { encodeStandardInformation, standardInformationLength } from './standard-information.ts';
import { defaultTime, type FileNode, isFolder } from './tree.ts';

/** What a volume is made with and what there is of it so far. */
export interface Workshop {
  readonly geometry: Geometry;
  readonly space: Space;
  readonly security: SecurityStore;
  /** The $MFT, record by record. */
  readonly records: Map<number, Buffer>;
  readonly placed: Map<FileNode, readonly PlacedAttribute[]>;
}

/** Lays a file's or folder's literal: streams, then, in a folder, the index of what is in it. */
export function layNode(node: FileNode, shop: Workshop): void {
  const streams = layStreams(node, shop);
  node.contents = isFolder(node) ? layFolderContents(node, streams, shop) : streams;
}

/** The streams of a node's literal, beside which a folder's record still has room for its index. */
export function layStreams(node: FileNode, shop: Workshop): readonly Attribute[] {
  const streams = node.literal === null ? [] : layContents(node.literal, shop.space);
  return settle(streams, roomForContents(node, shop) - (isFolder(node) ? smallestFolderRoom : 0), shop.space);
}

/** A folder's index beside streams that are laid already. */
export function layFolderContents(
  node: FileNode,
  streams: readonly Attribute[],
  shop: Workshop,
): readonly Attribute[] {
  const room = roomForContents(node, shop);
  const index = layFolder(node, room - totalLength(streams), shop.space);
  return settle([...streams, ...index], room, shop.space);
}

/** Bytes of a node's base record for all but what every file has. */
export function roomForContents(node: FileNode, shop: Workshop): number {
  const { descriptor, isOwn } = securityOf(node);
  const values = [
    standardInformationLength(!isOwn),
    ...node.names.map(({ name }) => fileNameLength(name)),
    ...(isOwn ? [descriptor.length] : []),
  ];
  const taken = values.reduce((sum, value) => sum + residentLength('', value), 0);
  return recordCapacity(shop.geometry.recordSize) - taken;
}

/** Encodes a node's records; its contents, and those of nothing in it, may not change afterwards. */
export function packNode(
  node: FileNode,
  shop: Workshop,
  takeRecord: () => { number: number; sequence: number },
): void {
  const { records, placed } = packRecords(
    {
      number: node.record,
      sequence: node.sequence,
      flags: node.recordFlags,
      links: node.names.length,
      attributes: [...commonAttributes(node, shop), ...node.contents],
    },
    { recordSize: shop.geometry.recordSize, space: shop.space, takeRecord },
  );
  for (const { number, bytes } of records) shop.records.set(number, bytes);
  shop.placed.set(node, placed);
}

/** A record in use without a name, as numbers 12 to 15 are. */
export function reservedRecord(number: number, shop: Workshop): Buffer {
  const fileAttributes = FILE_ATTRIBUTE.HIDDEN | FILE_ATTRIBUTE.SYSTEM;
  const information = encodeStandardInformation(defaultTime, fileAttributes, null);
  const attributes = [
    { type: ATTRIBUTE.STANDARD_INFORMATION, name: '', value: information },
    { type: ATTRIBUTE.SECURITY_DESCRIPTOR, name: '', value: systemDescriptor },
    { type: ATTRIBUTE.DATA, name: '', value: Buffer.alloc(0) },
  ].map(encodeResident);
  const record = { number, sequence: number, flags: RECORD_FLAG.IN_USE, links: 0, base: 0n, attributes };
  return encodeFileRecord(record, shop.geometry.recordSize);
}

/**
 * Gives all descriptors their ids, the shorter ones first: ntfssecaudit reads on into what it read before
 * where the last entry of $SDS is shorter than an earlier one.
 */
export function giveSecurityIds(nodes: readonly FileNode[], shop: Workshop): void {
  const shared = nodes.map(securityOf).filter(({ isOwn }) => !isOwn);
  const descriptors = [systemDescriptor, ...shared.map(({ descriptor }) => descriptor)];
  descriptors.sort((left, right) => left.length - right.length);
  for (const descriptor of descriptors) shop.security.idOf(descriptor);
}

function securityOf(node: FileNode): NonNullable<FileNode['security']> {
  return node.security ?? { descriptor: plainDescriptor, isOwn: false };
}

/** $STANDARD_INFORMATION, every $FILE_NAME, and the descriptor where it lies in the file itself. */
function commonAttributes(node: FileNode, shop: Workshop): ResidentAttribute[] {
  const { descriptor, isOwn } = securityOf(node);
  const securityId = isOwn ? null : shop.security.idOf(descriptor);
  const information = encodeStandardInformation(node.time, node.fileAttributes, securityId);
  return [
    { type: ATTRIBUTE.STANDARD_INFORMATION, name: '', value: information },
    ...node.names.map((entry) => ({
      type: ATTRIBUTE.FILE_NAME,
      name: '',
      value: fileNameValue(entry, shop.geometry.clusterSize),
      indexed: true,
    })),
    ...(isOwn ? [{ type: ATTRIBUTE.SECURITY_DESCRIPTOR, name: '', value: descriptor }] : []),
  ];
}
