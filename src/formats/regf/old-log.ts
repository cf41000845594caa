import type { Device } from '../device.ts';
import type { BaseBlock } from './base-block.ts';
import { dirtyVector, sectorSize } from './layout.ts';
import { type LogEntry, type LogPages, mostLogged, tooLarge } from './log-page.ts';
import { isBinsSize } from './version.ts';

const signature = 'DIRT';

/**
 * The sectors of a log of the old format, as one entry. `undefined` where the log does not hold as many
 * as its bitmap says: half of them would be worse than none. `tooLarge` where that is more than is read here.
 */
export function readOldLog(log: Device, base: BaseBlock): LogEntry | typeof tooLarge | undefined {
  if (!isBinsSize(base.binsSize)) return undefined;
  const bitmapSize = base.binsSize / sectorSize / 8;
  const end = dirtyVector.bitmap + bitmapSize;
  if (end > log.size) return undefined;
  const vector = log.read(dirtyVector.signature, end - dirtyVector.signature);
  if (vector.toString('latin1', 0, signature.length) !== signature) return undefined;
  const firstPage = Math.ceil(end / sectorSize) * sectorSize;
  const pages = readDirtyRuns(vector.subarray(signature.length), log, firstPage);
  if (pages === tooLarge) return tooLarge;
  return pages && { sequence: base.primarySequence, binsSize: base.binsSize, pages };
}

/** Runs of set bits, least significant first; `undefined` where the log ends before their sectors do. */
function readDirtyRuns(
  bitmap: Buffer,
  log: Device,
  firstPage: number,
): LogPages[] | typeof tooLarge | undefined {
  const isDirty = (sector: number) => ((bitmap[sector >> 3] ?? 0) >> (sector & 7)) & 1;
  const runs: LogPages[] = [];
  let logOffset = firstPage;
  for (let sector = 0; sector < bitmap.length * 8; sector++) {
    if (!isDirty(sector)) continue;
    const first = sector;
    while (isDirty(sector + 1)) sector++;
    const length = (sector + 1 - first) * sectorSize;
    if (logOffset + length > log.size) return undefined;
    if (logOffset + length - firstPage > mostLogged) return tooLarge;
    runs.push({ binsOffset: first * sectorSize, length, log, logOffset });
    logOffset += length;
  }
  return runs.length > 0 ? runs : undefined;
}
