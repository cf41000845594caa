import { encodeAttributeDefinitions } from './attribute-definitions.ts';
import { encodeBoot } from './boot-sector.ts';
import {
  ATTRIBUTE,
  BOOT_SIZE,
  FIRST_USER_RECORD,
  MFT_EXTENSION_RECORDS,
  RESERVED_RECORDS,
} from './constants.ts';
import { folderBlocksSize } from './contents.ts';
import { freeFileRecords } from './file-record.ts';
import { bootClusters, clustersWithin, geometryOf, sizeFor } from './geometry.ts';
import { bitmapOfOnes } from './index-tree.ts';
import type { BuiltNtfs, NtfsLiteral, Run } from './literal.ts';
import { encodeLogFile } from './log-file.ts';
import {
  layMasterFileTable,
  type MasterFileTable,
  masterFileTableContents,
  mirroredRecords,
  writeMasterFileTable,
} from './mft.ts';
import { totalLength } from './records.ts';
import { reportOf } from './report.ts';
import { createSecurityStore } from './secure.ts';
import { createSpace, type VolumeWrite } from './space.ts';
import * as system from './system-files.ts';
import { createTree, type FileNode, type FileTree, isFolder } from './tree.ts';
import { upCaseTable } from './up-case.ts';
import {
  giveSecurityIds,
  layFolderContents,
  layNode,
  layStreams,
  packNode,
  reservedRecord,
  roomForContents,
  type Workshop,
} from './workshop.ts';

/** What a volume is called by that is given no number. */
const defaultSerialNumber = 0x5244_504d_454e_4421n;

/** A volume made of writes, and the places of everything on it. */
export interface LaidVolume {
  readonly built: BuiltNtfs;
  readonly writes: readonly VolumeWrite[];
}

/** Makes a volume. Throws `Error` for a literal that no volume can hold. */
export function layVolume(literal: NtfsLiteral): LaidVolume {
  const geometry = geometryOf(literal);
  const limit = geometry.size === null ? null : clustersWithin(geometry.size, geometry);
  const shop: Workshop = {
    geometry,
    space: createSpace(geometry.clusterSize, limit),
    security: createSecurityStore(),
    records: new Map(),
    placed: new Map(),
  };
  const bootRuns = [{ lcn: shop.space.allocate(bootClusters(geometry)), clusters: bootClusters(geometry) }];
  const tree = createTree();
  const files = system.addSystemFiles(tree);
  for (const file of literal.files) tree.addFile(file);
  giveSecurityIds(tree.nodes, shop);
  layUserFiles(tree, shop);
  laySystemFiles(files, tree, bootRuns, literal, shop);
  const mft = layMft(files.MFT, tree, literal, shop);
  const size = layRest(files, mft, shop);
  writeMasterFileTable(mft, shop.records, geometry, shop.space);
  writeMirror(files.MFT_MIRROR, shop);
  writeBoot(bootRuns, mft, runsOf(files.MFT_MIRROR), size, literal, shop);
  return { built: reportOf(tree.nodes, mft, size, shop), writes: shop.space.writes };
}

/** Files first: a folder's entries repeat the sizes of what is in it. */
function layUserFiles(tree: FileTree, shop: Workshop): void {
  const nodes = tree.nodes.filter((node) => node.record >= FIRST_USER_RECORD);
  for (const node of nodes) if (!isFolder(node)) layNode(node, shop);
  for (const node of nodes) if (isFolder(node)) layNode(node, shop);
  for (const node of nodes) packNode(node, shop, () => ({ number: tree.takeRecord(), sequence: 1 }));
}

/** All system files but those that depend on how big the $MFT and the volume are. */
function laySystemFiles(
  files: system.SystemFiles,
  tree: FileTree,
  bootRuns: readonly Run[],
  literal: NtfsLiteral,
  shop: Workshop,
): void {
  const { geometry, space } = shop;
  const { journal = 'empty', journalVersion = '1.1' } = literal;
  const log = { state: journal, version: journalVersion, size: geometry.logFileSize };
  const mirror = Buffer.alloc(mirroredRecords(geometry) * geometry.recordSize);
  files.BOOT.contents = [system.streamAttribute(ATTRIBUTE.DATA, bootRuns, BOOT_SIZE)];
  files.MFT_MIRROR.contents = system.streamContents(mirror, space);
  files.LOG_FILE.contents = system.streamContents(encodeLogFile(log), space);
  files.ATTRIBUTE_DEFINITIONS.contents = system.streamContents(encodeAttributeDefinitions(), space);
  files.UP_CASE.contents = system.streamContents(upCaseTable(), space);
  files.VOLUME.contents = system.volumeContents(literal);
  files.SECURE.contents = system.secureContents(shop.security.contents(), space);
  files.QUOTA.contents = system.quotaContents(files.QUOTA.time, space);
  files.OBJECT_IDS.contents = system.objectIdContents(space);
  files.REPARSE.contents = system.reparseContents(tree.nodes, space);
  layNode(files.EXTEND, shop);
  const { MFT: _mft, ROOT: _root, BITMAP: _bitmap, BAD_CLUSTERS: _badClusters, ...laid } = files;
  for (const node of Object.values(laid)) {
    packNode(node, shop, () => ({ number: tree.takeRecord(), sequence: 1 }));
  }
  for (const number of RESERVED_RECORDS) shop.records.set(number, reservedRecord(number, shop));
}

function layMft(node: FileNode, tree: FileTree, literal: NtfsLiteral, shop: Workshop): MasterFileTable {
  const taken = Math.max(tree.recordCount(), literal.mftRecords ?? 0);
  const fragments = literal.mftFragments ?? 1;
  const mft = layMasterFileTable(shop.geometry, shop.space, { taken, fragments });
  node.contents = masterFileTableContents(mft, shop.geometry);
  const spare = [...MFT_EXTENSION_RECORDS];
  packNode(node, shop, () => {
    const number = spare.shift();
    if (number === undefined) throw new Error(`the $MFT cannot lie in ${fragments} pieces`);
    return { number, sequence: number };
  });
  return mft;
}

/** $Bitmap, $BadClus and the root folder; the size of the volume, which they depend on or decide. */
function layRest(files: system.SystemFiles, mft: MasterFileTable, shop: Workshop): number {
  const { geometry, space } = shop;
  const streams = layStreams(files.ROOT, shop);
  const rootRoom = roomForContents(files.ROOT, shop) - totalLength(streams);
  const rootBlocks = folderBlocksSize(files.ROOT, rootRoom, geometry.clusterSize);
  const size =
    geometry.size ?? sizeFor(space.used() + Math.ceil(rootBlocks / geometry.clusterSize), geometry);
  const clusters = clustersWithin(size, geometry);
  files.BITMAP.contents = system.streamContents(Buffer.alloc(bitmapSize(clusters)), space);
  files.BAD_CLUSTERS.contents = system.badClustersContents(clusters, geometry.clusterSize);
  files.ROOT.contents = layFolderContents(files.ROOT, streams, shop);
  for (const node of [files.BITMAP, files.BAD_CLUSTERS, files.ROOT]) packNode(node, shop, takeNone);
  space.write(runsOf(files.BITMAP), clusterBitmap(space.used(), clusters));
  if (mft.records < shop.records.size) throw new Error('the $MFT is full');
  return size;
}

function takeNone(): never {
  throw new Error('the root folder needs more than one record');
}

/** In whole eight bytes. */
function bitmapSize(clusters: number): number {
  return bitmapOfOnes(clusters).length;
}

/** Bits set for what is given away, which lies at the front, and for what is no cluster any more. */
function clusterBitmap(used: number, clusters: number): Buffer {
  const bytes = Buffer.alloc(bitmapSize(clusters));
  bitmapOfOnes(used).copy(bytes);
  for (let bit = clusters; bit < bytes.length * 8; bit++) {
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (1 << (bit & 7));
  }
  return bytes;
}

function runsOf(node: FileNode): readonly Run[] {
  return node.contents.flatMap((attribute) => ('runs' in attribute ? attribute.runs : []));
}

function writeMirror(node: FileNode, shop: Workshop): void {
  const { geometry, records, space } = shop;
  const numbers = Array.from({ length: mirroredRecords(geometry) }, (_, number) => number);
  const freeRecord = freeFileRecords(geometry.recordSize);
  const bytes = numbers.map((number) => records.get(number) ?? freeRecord(number));
  space.write(runsOf(node), Buffer.concat(bytes));
}

function writeBoot(
  bootRuns: readonly Run[],
  mft: MasterFileTable,
  mirrorRuns: readonly Run[],
  size: number,
  literal: NtfsLiteral,
  shop: Workshop,
): void {
  const { sectorSize } = shop.geometry;
  const boot = encodeBoot({
    ...shop.geometry,
    totalSectors: size / sectorSize - 1,
    mftLcn: mft.runs[0]?.lcn ?? 0,
    mftMirrorLcn: mirrorRuns[0]?.lcn ?? 0,
    serialNumber: literal.serialNumber ?? defaultSerialNumber,
  });
  shop.space.write(bootRuns, boot);
  shop.space.writes.push({ offset: size - sectorSize, bytes: boot.subarray(0, sectorSize) });
}
