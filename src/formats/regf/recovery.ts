import { type Device, sliceDevice } from '../device.ts';
import { damaged, FormatError } from '../errors.ts';
import { type BaseBlock, readBaseBlock } from './base-block.ts';
import { baseBlock, bin, fileType } from './layout.ts';
import { readLogFiles } from './log-file.ts';
import { overlayBins } from './overlay.ts';
import { planReplay, type Replay } from './replay.ts';
import { isBinsSize, versionProblem } from './version.ts';

/** A hive's newest state: what its logs make of it, where it needs them. */
export interface RecoveredHive {
  /** The base block to go by: the hive's own, or its copy in a log where its own is broken. */
  readonly base: BaseBlock;
  /** The base block found in the hive itself, broken or not. */
  readonly ownBase: BaseBlock;
  readonly dirty: boolean;
  readonly recovery: 'not-needed' | 'logs-applied' | 'no-usable-logs';
  readonly entriesApplied: number;
  /** What the last entry applied makes of `baseBlock.flags`; `undefined` where none says it. */
  readonly flags: number | undefined;
  /** The highest sequence number in use: of the base block and of every entry applied. */
  readonly lastSequence: number;
  /** Of the bins after recovery, in bytes. */
  readonly binsSize: number;
  /** The bins, offset 0 being the first; shorter than `binsSize` where the file is truncated. */
  readonly bins: Device;
}

/**
 * Judges a hive's base block and lays its logs over it where it is dirty, as Windows does on loading
 * it. Logs beside a clean hive are not even read. Throws `FormatError`.
 */
export function recoverHive(primary: Device, logs: readonly Device[]): RecoveredHive {
  const own = readOwnBase(primary);
  const isValid = own.hasSignature && own.checksumMatches;
  if (isValid) requireReadable(own);
  if (isValid && own.primarySequence === own.secondarySequence) {
    return recovered(primary, own, own, 'not-needed', undefined);
  }
  const firstBin = isValid ? undefined : readFirstBin(primary);
  if (!isValid && !firstBin) throw notAHive(primary, own);
  const replay = planReplay(readLogFiles(logs), own, firstBin?.timestamp);
  const base = isValid ? own : (replay?.base ?? ownWithoutChecksum(primary, own));
  return recovered(primary, own, base, replay?.entries.length ? 'logs-applied' : 'no-usable-logs', replay);
}

function recovered(
  primary: Device,
  own: BaseBlock,
  base: BaseBlock,
  recovery: RecoveredHive['recovery'],
  replay: Replay | undefined,
): RecoveredHive {
  const entries = replay?.entries ?? [];
  const last = entries.at(-1);
  const isOwn = base === own;
  const binsSize = last?.binsSize ?? (isOwn && own.checksumMatches ? own.binsSize : binsInFile(primary));
  const present = Math.min(binsSize, Math.max(0, primary.size - baseBlock.size));
  const bins = sliceDevice(primary, Math.min(baseBlock.size, primary.size), present);
  return {
    base,
    ownBase: own,
    dirty: recovery !== 'not-needed',
    recovery,
    entriesApplied: entries.length,
    flags: last?.flags,
    lastSequence: Math.max(last?.sequence ?? 0, base.primarySequence, base.secondarySequence),
    binsSize,
    bins: entries.length > 0 ? overlayBins(bins, entries, binsSize) : bins,
  };
}

function readOwnBase(primary: Device): BaseBlock {
  if (primary.size < baseBlock.copiedSize) {
    throw new FormatError('not-recognised', `${primary.size} bytes are too few for a registry hive`);
  }
  return readBaseBlock(primary.read(0, baseBlock.copiedSize));
}

function requireReadable(base: BaseBlock): void {
  if (base.fileType !== fileType.primary) {
    throw new FormatError('not-recognised', `file type ${base.fileType} is a registry log's, not a hive's`);
  }
  const problem = versionProblem(base);
  if (problem !== undefined) throw new FormatError('unsupported', problem);
  if (!isBinsSize(base.binsSize)) throw damaged(`base block gives the bins ${base.binsSize} bytes`);
}

/** The first bin's header, by which Windows too tells a hive without a base block from other files. */
function readFirstBin(primary: Device): { timestamp: bigint } | undefined {
  if (primary.size < baseBlock.size + bin.alignment) return undefined;
  const header = primary.read(baseBlock.size, bin.headerSize);
  const isFirstBin = header.toString('latin1', 0, 4) === 'hbin' && header.readUInt32LE(bin.offset) === 0;
  return isFirstBin ? { timestamp: header.readBigUInt64LE(bin.timestamp) } : undefined;
}

function notAHive(primary: Device, own: BaseBlock): FormatError {
  if (own.hasSignature) return damaged('base block has a wrong checksum and no bin follows it');
  const head = primary.read(0, Math.min(primary.size, baseBlock.size));
  if (head.every((byte) => byte === 0)) return damaged(`the first ${head.length} bytes are all zero`);
  return new FormatError('not-recognised', 'not a registry hive: it does not begin with regf');
}

/** A base block whose checksum is wrong and that no log replaces: used as far as it makes sense. */
function ownWithoutChecksum(primary: Device, own: BaseBlock): BaseBlock {
  const problem = own.hasSignature ? versionProblem(own) : 'it does not begin with regf';
  if (problem !== undefined) throw damaged(`base block is broken and no log replaces it: ${problem}`);
  return { ...own, binsSize: binsInFile(primary) };
}

function binsInFile(primary: Device): number {
  return Math.floor((primary.size - baseBlock.size) / bin.alignment) * bin.alignment;
}
