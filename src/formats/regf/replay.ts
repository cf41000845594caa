import type { BaseBlock } from './base-block.ts';
import { isNewLog, isOldLog, type LogFile } from './log-file.ts';
import { type LogEntry, mostLogged, tooLarge } from './log-page.ts';
import { nextSequence, readLogEntries } from './new-log.ts';
import { readOldLog } from './old-log.ts';

/** What the logs of a dirty hive have to give. */
export interface Replay {
  /** In the order in which they apply; empty where only the copy of the base block is of use. */
  readonly entries: readonly LogEntry[];
  /** The copy of the hive's base block that goes with them. */
  readonly base: BaseBlock;
}

/**
 * Which entries of which logs apply to a dirty hive, and in which order. `firstBinTime`, the timestamp
 * of the first bin, is given where the hive's own base block is broken and cannot say what it needs.
 * A log that is too large to be read leaves nothing to apply: what others hold would be a state that never was
 * the last one.
 */
export function planReplay(
  logs: readonly LogFile[],
  own: BaseBlock,
  firstBinTime: bigint | undefined,
): Replay | undefined {
  const newLogs = logs.filter(({ base }) => isNewLog(base)).sort(bySequence);
  const oldLogs = logs.filter(({ base }) => isOldLog(base));
  const fromNew =
    firstBinTime === undefined ? replayChain(newLogs, own.secondarySequence) : replayLatest(newLogs);
  if (fromNew === tooLarge) return undefined;
  if (fromNew && fromNew.entries.length > 0) return fromNew;
  return replayOldLog(oldLogs, firstBinTime ?? own.lastWritten) ?? fromNew;
}

/** Earlier first; the numbers wrap around, so of two the earlier is less than half the range behind. */
function bySequence(a: LogFile, b: LogFile): number {
  return (a.base.primarySequence - b.base.primarySequence) | 0;
}

/** All logs in turn, each beginning with the number after the last one applied. */
function replayChain(logs: readonly LogFile[], oldestSequence: number): Replay | typeof tooLarge | undefined {
  const eligible = logs.filter(({ base }) => ((base.primarySequence - oldestSequence) | 0) >= 0);
  const [first] = eligible;
  if (!first) return undefined;
  const entries: LogEntry[] = [];
  const budget = { left: mostLogged };
  let expected = first.base.primarySequence;
  for (const { device, base } of eligible) {
    if (base.primarySequence !== expected) break;
    const found = readLogEntries(device, expected, budget);
    if (found === tooLarge) return tooLarge;
    const last = found.at(-1);
    if (!last) break;
    entries.push(...found);
    expected = nextSequence(last.sequence);
  }
  return { entries, base: first.base };
}

/** Without a base block Windows goes by the newest log alone (specification, "Multiple transaction log files"). */
function replayLatest(logs: readonly LogFile[]): Replay | typeof tooLarge | undefined {
  const latest = logs.at(-1);
  if (!latest) return undefined;
  const entries = readLogEntries(latest.device, latest.base.primarySequence, { left: mostLogged });
  return entries === tooLarge ? tooLarge : { entries, base: latest.base };
}

/**
 * A log of the old format holds everything that one write was to bring, and applies to a hive of its
 * own time or before; of two that do, the later one: after a failed write it has the first one's pages too.
 */
function replayOldLog(logs: readonly LogFile[], hiveTime: bigint): Replay | undefined {
  let latest: Replay | undefined;
  for (const { device, base } of logs) {
    if (base.lastWritten < hiveTime || (latest && base.lastWritten <= latest.base.lastWritten)) continue;
    const entry = readOldLog(device, base);
    if (entry === tooLarge) return undefined;
    if (entry) latest = { entries: [entry], base };
  }
  return latest;
}
