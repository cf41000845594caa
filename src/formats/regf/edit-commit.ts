import type { Device, GrowableDevice, WritableDevice } from '../device.ts';
import { baseBlockChecksum } from './base-block.ts';
import type { EditedBins } from './edit-bins.ts';
import { baseBlock, bin, dirtyVector, fileType, sectorSize } from './layout.ts';
import { readLogFiles } from './log-file.ts';
import { nextSequence } from './new-log.ts';
import type { RecoveredHive } from './recovery.ts';

/** Of pages that are compared with what the file has. */
const pageSize = 4096;

/** What is to become of a hive's files. */
export interface CommitPlan {
  readonly hive: GrowableDevice;
  readonly logs: readonly WritableDevice[];
  readonly recovered: RecoveredHive;
  /** The bins as they are to be. */
  readonly bins: EditedBins;
  /** FILETIME. */
  readonly now: bigint;
}

/**
 * Writes the bins out, and nothing that the file has already. Windows takes a hive for sound whose checksum is right and
 * whose sequence numbers are alike, and looks at logs only beside another; so, in this order: the base block with a new
 * first sequence number, the bins, the logs without what would identify them, the base block with both numbers new.
 * ("Windows registry file format specification", "Dirty state of a hive".)
 */
export function commitHive(plan: CommitPlan): void {
  const { hive, recovered, bins } = plan;
  const block = newestBaseBlock(plan);
  const sequence = sequenceAfter(plan);
  hive.grow(baseBlock.size + bins.size);
  block.writeUInt32LE(sequence, baseBlock.primarySequence);
  block.writeUInt32LE(recovered.base.secondarySequence, baseBlock.secondarySequence);
  writeBaseBlock(hive, block);
  if (block.readBigUInt64LE(baseBlock.lastWritten) !== 0n) stampTime(plan, block);
  writeBins(plan);
  for (const log of plan.logs) neutralise(log);
  block.writeUInt32LE(sequence, baseBlock.secondarySequence);
  block.writeUInt32LE(bins.size, baseBlock.binsSize);
  writeBaseBlock(hive, block);
}

/** The part with a meaning, the hive's own or, where that is broken, the copy that the logs have. */
function newestBaseBlock({ hive, logs, recovered }: CommitPlan): Buffer {
  const { base, ownBase, flags } = recovered;
  const isSame = (log: { base: typeof base }) =>
    log.base.primarySequence === base.primarySequence && log.base.fileType === base.fileType;
  const source: Device =
    base === ownBase || base.fileType === fileType.primary
      ? hive
      : (readLogFiles(logs).find(isSame)?.device ?? hive);
  const block = Buffer.from(source.read(0, baseBlock.copiedSize));
  block.writeUInt32LE(fileType.primary, baseBlock.fileType);
  if (flags !== undefined) block.writeUInt32LE(flags, baseBlock.flags);
  return block;
}

/** One that comes after all that the hive and its logs have had; the numbers wrap around. */
function sequenceAfter({ logs, recovered }: CommitPlan): number {
  const { base, ownBase, lastSequence } = recovered;
  const used = [lastSequence, base.primarySequence];
  if (ownBase.checksumMatches) used.push(ownBase.primarySequence, ownBase.secondarySequence);
  for (const log of readLogFiles(logs)) used.push(log.base.primarySequence);
  return nextSequence(used.reduce((last, one) => (((one - last) | 0) > 0 ? one : last)));
}

/** Windows versions that keep the time keep it twice; others leave it as it is, and some hives without any. */
function stampTime({ bins, now }: CommitPlan, block: Buffer): void {
  const time = Buffer.alloc(8);
  time.writeBigUInt64LE(now);
  time.copy(block, baseBlock.lastWritten);
  bins.write(bin.timestamp, time);
}

function writeBaseBlock(hive: WritableDevice, block: Buffer): void {
  block.writeUInt32LE(baseBlockChecksum(block), baseBlock.checksum);
  hive.write(0, block);
}

/** A hive whose logs were laid over it can differ from its file anywhere. */
function writeBins({ hive, bins, recovered }: CommitPlan): void {
  const pages = recovered.dirty ? everyPage(bins.size) : bins.editedPages;
  for (const offset of pages)
    writePage(hive, offset, bins.read(offset, Math.min(pageSize, bins.size - offset)));
}

function* everyPage(size: number): Generator<number> {
  for (let offset = 0; offset < size; offset += pageSize) yield offset;
}

/** Those sectors, in runs, that the file does not have. */
function writePage(hive: WritableDevice, offset: number, page: Buffer): void {
  const start = baseBlock.size + offset;
  const there = hive.read(start, page.length);
  if (there.equals(page)) return;
  const differs = (at: number) =>
    at < page.length && !page.subarray(at, at + sectorSize).equals(there.subarray(at, at + sectorSize));
  const runs: [number, number][] = [];
  for (let at = 0; at < page.length; at += sectorSize) {
    if (!differs(at)) continue;
    const from = at;
    while (differs(at + sectorSize)) at += sectorSize;
    runs.push([from, at + sectorSize]);
  }
  for (const [from, to] of runs) hive.write(start + from, page.subarray(from, to));
}

/**
 * Makes a log what one is that was never used: without a base block no Windows reads it, and without the signature
 * behind that (`DIRT`, or the first entry's `HvLE`) no program that reads on regardless.
 */
function neutralise(log: WritableDevice): void {
  const length = Math.min(log.size, dirtyVector.signature + sectorSize);
  const start = log.read(0, length);
  if (start.some((byte) => byte !== 0)) log.write(0, Buffer.alloc(length));
}
