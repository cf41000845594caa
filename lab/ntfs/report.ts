import type { Attribute } from './attributes.ts';
import { isResident } from './attributes.ts';
import { clustersWithin } from './geometry.ts';
import type { BuiltAttribute, BuiltFile, BuiltNtfs } from './literal.ts';
import type { MasterFileTable } from './mft.ts';
import type { PlacedAttribute } from './records.ts';
import { volumeOffset } from './space.ts';
import type { FileNode } from './tree.ts';
import type { Workshop } from './workshop.ts';

type RecordOffset = (number: number) => number;

/** Says where everything on a finished volume lies. */
export function reportOf(
  nodes: readonly FileNode[],
  mft: MasterFileTable,
  size: number,
  shop: Workshop,
): BuiltNtfs {
  const { clusterSize, recordSize } = shop.geometry;
  const recordOffset: RecordOffset = (number) => volumeOffset(mft.runs, number * recordSize, clusterSize);
  const files = nodes.map((node): [string, BuiltFile] => [
    node.path,
    {
      record: node.record,
      sequence: node.sequence,
      recordOffset: recordOffset(node.record),
      attributes: attributesOf(shop.placed.get(node) ?? [], recordOffset),
    },
  ]);
  return {
    size,
    clusterSize,
    clusters: clustersWithin(size, shop.geometry),
    recordSize,
    records: mft.records,
    files: new Map(files),
    recordOffset,
  };
}

function attributesOf(placed: readonly PlacedAttribute[], recordOffset: RecordOffset): BuiltAttribute[] {
  const parts = new Map<Attribute, PlacedAttribute[]>();
  for (const part of placed) parts.set(part.attribute, [...(parts.get(part.attribute) ?? []), part]);
  return [...parts].map(([attribute, lying]) => ({
    type: attribute.type,
    name: attribute.name,
    runs: isResident(attribute) ? null : attribute.runs,
    records: lying.map((part) => part.record),
    headerOffsets: lying.map((part) => recordOffset(part.record) + part.offset),
  }));
}
