import type { BaseBlock } from './base-block.ts';
import { bin, directMemoryLoad, largestBinsSize } from './layout.ts';

const oldestMinorVersion = 2;
const newestMinorVersion = 6;

/** Why hives of this version or format are not read here, as the end of a message; else `undefined`. */
export function versionProblem(base: BaseBlock): string | undefined {
  const { majorVersion, minorVersion, fileFormat } = base;
  if (majorVersion !== 1 || minorVersion < oldestMinorVersion || minorVersion > newestMinorVersion) {
    return `version ${majorVersion}.${minorVersion} of the hive format is not known`;
  }
  if (fileFormat !== directMemoryLoad) return `file format ${fileFormat} of the hive is not known`;
  return undefined;
}

/** Whether a hive's bins can have this size, in bytes. */
export function isBinsSize(size: number): boolean {
  return size > 0 && size % bin.alignment === 0 && size <= largestBinsSize;
}
