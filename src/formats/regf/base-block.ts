import { baseBlock } from './layout.ts';

/** What a base block says, be it a hive's own or the copy in a log. */
export interface BaseBlock {
  readonly primarySequence: number;
  readonly secondarySequence: number;
  /** FILETIME; not updated by Windows from 8.1 on. */
  readonly lastWritten: bigint;
  readonly majorVersion: number;
  readonly minorVersion: number;
  readonly fileType: number;
  readonly fileFormat: number;
  /** From the start of the bins, in bytes. */
  readonly rootCell: number;
  /** In bytes. */
  readonly binsSize: number;
  readonly hasSignature: boolean;
  readonly checksumMatches: boolean;
}

/**
 * The checksum of a base block: XOR of its first 127 words, where 0 becomes 1 and 0xFFFFFFFF becomes
 * 0xFFFFFFFE.
 */
export function baseBlockChecksum(bytes: Buffer): number {
  let sum = 0;
  for (let at = 0; at < baseBlock.checksum; at += 4) sum ^= bytes.readInt32LE(at);
  if (sum === 0) return 1;
  if (sum === -1) return 0xffff_fffe;
  return sum >>> 0;
}

/** Reads a base block from its first 512 bytes; judges nothing but signature and checksum. */
export function readBaseBlock(bytes: Buffer): BaseBlock {
  const word = (at: number) => bytes.readUInt32LE(at);
  return {
    primarySequence: word(baseBlock.primarySequence),
    secondarySequence: word(baseBlock.secondarySequence),
    lastWritten: bytes.readBigUInt64LE(baseBlock.lastWritten),
    majorVersion: word(baseBlock.majorVersion),
    minorVersion: word(baseBlock.minorVersion),
    fileType: word(baseBlock.fileType),
    fileFormat: word(baseBlock.fileFormat),
    rootCell: word(baseBlock.rootCell),
    binsSize: word(baseBlock.binsSize),
    hasSignature: bytes.toString('latin1', baseBlock.signature, baseBlock.signature + 4) === 'regf',
    checksumMatches: word(baseBlock.checksum) === baseBlockChecksum(bytes),
  };
}
