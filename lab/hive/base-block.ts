import { baseBlock as at, fileType } from './layout.ts';

/** What a base block says. */
export interface BaseBlockFields {
  readonly sequences: readonly [number, number];
  readonly lastWritten: bigint;
  readonly minorVersion: number;
  readonly rootCell: number;
  readonly binsSize: number;
  /** The last characters of the hive's path, at most 31. */
  readonly fileName: string;
}

/** The 4096 bytes before the bins, with a right checksum. */
export function makeBaseBlock(fields: BaseBlockFields): Buffer {
  const block = Buffer.alloc(at.size);
  block.write('regf', at.signature, 'latin1');
  block.writeBigUInt64LE(fields.lastWritten, at.lastWritten);
  block.writeUInt32LE(1, at.majorVersion);
  block.writeUInt32LE(fields.minorVersion, at.minorVersion);
  block.writeUInt32LE(fileType.primary, at.fileType);
  block.writeUInt32LE(1, at.fileFormat);
  block.writeUInt32LE(fields.rootCell, at.rootCell);
  block.writeUInt32LE(fields.binsSize, at.binsSize);
  block.writeUInt32LE(1, at.clusteringFactor);
  block.write(fields.fileName.slice(-31), at.fileName, at.fileNameLength - 2, 'utf16le');
  setSequences(block, fields.sequences);
  return block;
}

/** Writes both sequence numbers, and the checksum that fits. */
export function setSequences(block: Buffer, sequences: readonly [number, number]): void {
  block.writeUInt32LE(sequences[0], at.primarySequence);
  block.writeUInt32LE(sequences[1], at.secondarySequence);
  block.writeUInt32LE(checksum(block), at.checksum);
}

/** The XOR of the words before the checksum, where 0 and 0xFFFFFFFF do not occur. */
export function checksum(block: Buffer): number {
  let sum = 0;
  for (let word = 0; word < at.checksum; word += 4) sum = (sum ^ block.readUInt32LE(word)) >>> 0;
  if (sum === 0) return 1;
  return sum === 0xffff_ffff ? 0xffff_fffe : sum;
}

const ticksBefore1970 = 116_444_736_000_000_000n;

/** A date as Windows counts: units of 100 ns since 1601. */
export function fileTime(date: Date): bigint {
  return BigInt(date.getTime()) * 10_000n + ticksBefore1970;
}
