import { type Device, requireRange } from '../device.ts';
import { sectorSize } from './layout.ts';
import type { LogEntry, LogPages } from './log-page.ts';

/**
 * The bins with the pages of a replay laid over them, later entries over earlier ones; no byte of the
 * hive is changed. It ends where the bins end, or where neither the file nor any page reaches; a gap in
 * between reads as zeros, as it does once Windows has grown the file.
 */
export function overlayBins(bins: Device, entries: readonly LogEntry[], binsSize: number): Device {
  const sectors = loggedSectors(entries);
  let end = bins.size;
  for (const { pages } of entries)
    for (const page of pages) end = Math.max(end, page.binsOffset + page.length);
  const device: Device = {
    size: Math.min(end, binsSize),
    read(offset, length) {
      requireRange(device, offset, length);
      const parts: Buffer[] = [];
      for (let at = offset; at < offset + length; ) {
        const part = readRun(bins, sectors, at, offset + length);
        parts.push(part);
        at += part.length;
      }
      const [first] = parts;
      return first && parts.length === 1 ? first : Buffer.concat(parts);
    },
  };
  return device;
}

/** By the number of each sector. Pages have at most `mostLogged` bytes together, and sectors share their page. */
function loggedSectors(entries: readonly LogEntry[]): Map<number, LogPages> {
  const sectors = new Map<number, LogPages>();
  for (const { pages } of entries) for (const page of pages) addSectors(sectors, page);
  return sectors;
}

function addSectors(sectors: Map<number, LogPages>, page: LogPages): void {
  const first = page.binsOffset / sectorSize;
  const count = page.length / sectorSize;
  for (let i = 0; i < count; i++) sectors.set(first + i, page);
}

/** The longest piece from `at` that lies in one place, be that the hive, a log's page or a gap. */
function readRun(bins: Device, sectors: Map<number, LogPages>, at: number, end: number): Buffer {
  const sector = Math.floor(at / sectorSize);
  const page = sectors.get(sector);
  let next = sector + 1;
  while (next * sectorSize < end && sectors.get(next) === page) next++;
  const length = Math.min(next * sectorSize, end) - at;
  if (page) return page.log.read(page.logOffset + at - page.binsOffset, length);
  if (at >= bins.size) return Buffer.alloc(length);
  return bins.read(at, Math.min(length, bins.size - at));
}
