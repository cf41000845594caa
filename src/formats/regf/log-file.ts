import type { Device } from '../device.ts';
import { type BaseBlock, readBaseBlock } from './base-block.ts';
import { baseBlock, fileType } from './layout.ts';
import { versionProblem } from './version.ts';

/** A log whose base block is whole, so that its content may be believed. */
export interface LogFile {
  readonly device: Device;
  readonly base: BaseBlock;
}

/**
 * The logs among those given whose base block is whole: signature, checksum, both sequence numbers
 * alike, a log's type. An empty or torn log is nothing unusual, and Windows passes over it as well.
 */
export function readLogFiles(devices: readonly Device[]): LogFile[] {
  return devices.flatMap((device) => {
    if (device.size < baseBlock.copiedSize) return [];
    const base = readBaseBlock(device.read(0, baseBlock.copiedSize));
    return isWhole(base) ? [{ device, base }] : [];
  });
}

function isWhole(base: BaseBlock): boolean {
  return (
    base.hasSignature &&
    base.checksumMatches &&
    base.primarySequence === base.secondarySequence &&
    (isNewLog(base) || isOldLog(base)) &&
    versionProblem(base) === undefined
  );
}

/** Whether a log has entries ('HvLE'; Windows 8.1 and later). */
export function isNewLog(base: BaseBlock): boolean {
  return base.fileType === fileType.newLog;
}

/** Whether a log is a single set of sectors ('DIRT'; up to Windows 8). */
export function isOldLog(base: BaseBlock): boolean {
  return base.fileType === fileType.oldLog || base.fileType === fileType.veryOldLog;
}
