import { fileTime, makeBaseBlock } from './base-block.ts';
import { newBins } from './cells.ts';
import { rootPlace, writeKey } from './keys.ts';
import { baseBlock } from './layout.ts';
import type { KeyLiteral } from './literal.ts';
import { newSecurityCells } from './security.ts';
import type { SubkeyListKind } from './subkey-lists.ts';

/** How a hive is written; what is not said is as Windows 10 has it. */
export interface HiveOptions {
  /** The root key's name; no path has it. */
  rootName?: string;
  /** The path's end that the base block keeps, at most 31 characters. */
  fileName?: string;
  /**
   * The kind of the subkey lists: `lh`, or `lf` below version 1.5. Lists too long for a bin of 4096 bytes
   * go under an `ri`, as Windows does; `ri` puts every list under one, two keys a leaf.
   */
  subkeyList?: SubkeyListKind;
  /** 3 to 6; data over 16,344 bytes is split from 4 on. */
  minorVersion?: number;
  /** The base block's two sequence numbers; a hive at rest has the same twice. */
  sequences?: readonly [number, number];
  /** Makes the base block's checksum wrong. */
  badChecksum?: boolean;
  /** When the hive, and keys that do not say it, were last written; as the root says unless told. */
  lastWritten?: Date;
  /** The least that the bins come to, in bytes; the rest is one free cell. */
  minimumBinsSize?: number;
}

/**
 * A registry hive that holds `root`, as a file: base block, then bins. Same literal, same bytes.
 * Throws `Error` for a literal that no hive can hold.
 */
export function makeHive(root: KeyLiteral, options: HiveOptions = {}): Buffer {
  const minorVersion = options.minorVersion ?? 5;
  const lastWritten = options.lastWritten ?? root.lastWritten ?? new Date('2024-01-01T00:00:00Z');
  const bins = newBins(fileTime(lastWritten));
  const room = {
    bins,
    security: newSecurityCells(bins),
    bigData: minorVersion >= 4,
    lists: options.subkeyList ?? (minorVersion >= 5 ? 'lh' : 'lf'),
    lastWritten,
  } as const;
  const rootCell = writeKey(room, rootPlace(options.rootName ?? 'ROOT'), root);
  const body = bins.finish(options.minimumBinsSize ?? 0);
  const base = makeBaseBlock({
    sequences: options.sequences ?? [1, 1],
    lastWritten: fileTime(lastWritten),
    minorVersion,
    rootCell,
    binsSize: body.length,
    fileName: options.fileName ?? '',
  });
  if (options.badChecksum)
    base.writeUInt32LE((base.readUInt32LE(baseBlock.checksum) ^ 1) >>> 0, baseBlock.checksum);
  return Buffer.concat([base, body]);
}
