import { damaged } from '../errors.ts';
import type { Cells, Describe } from './cells.ts';
import { bigData } from './layout.ts';

const segmentReferenceSize = 4;

/**
 * Data that lies in segments, gathered. `header` is the content of its 'db' cell, `size` the length of
 * the data, already known not to exceed the hive's. Throws `FormatError`.
 */
export function readBigData(cells: Cells, header: Buffer, size: number, what: Describe): Buffer {
  const count = header.readUInt16LE(bigData.segmentCount);
  const needed = Math.ceil(size / bigData.segmentSize);
  if (count !== needed) throw damaged(`${what()} has ${count} segments where ${size} bytes need ${needed}`);
  const listSize = count * segmentReferenceSize;
  const listOffset = header.readUInt32LE(bigData.segmentList);
  const list = cells.read(listOffset, () => `segment list of the ${what()}`, listSize, listSize);
  if (list.length < listSize)
    throw damaged(`segment list of the ${what()} is shorter than ${count} segments`);
  const segments: Buffer[] = [];
  for (let i = 0; i < count; i++) {
    const length = Math.min(bigData.segmentSize, size - i * bigData.segmentSize);
    const segment = cells.read(
      list.readUInt32LE(i * segmentReferenceSize),
      () => `a segment of the ${what()}`,
      length,
      length,
    );
    if (segment.length < length)
      throw damaged(`segment ${i} of the ${what()} is shorter than ${length} bytes`);
    segments.push(segment);
  }
  return Buffer.concat(segments, size);
}
