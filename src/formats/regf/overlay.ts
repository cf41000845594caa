import { type Device, requireRange } from '../device.ts';
import { sectorSize } from './layout.ts';
import type { LogEntry, LogPages } from './log-page.ts';

interface LoggedSector {
  readonly log: Device;
  readonly logOffset: number;
}

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

function loggedSectors(entries: readonly LogEntry[]): Map<number, LoggedSector> {
  const sectors = new Map<number, LoggedSector>();
  for (const { pages } of entries) for (const page of pages) addSectors(sectors, page);
  return sectors;
}

function addSectors(sectors: Map<number, LoggedSector>, page: LogPages): void {
  for (let done = 0; done < page.length; done += sectorSize) {
    sectors.set((page.binsOffset + done) / sectorSize, { log: page.log, logOffset: page.logOffset + done });
  }
}

/** The longest piece from `at` that lies in one place, be that the hive, a log or a gap. */
function readRun(bins: Device, sectors: Map<number, LoggedSector>, at: number, end: number): Buffer {
  const sector = Math.floor(at / sectorSize);
  const source = sectors.get(sector);
  let next = sector + 1;
  while (next * sectorSize < end && continues(source, sectors.get(next), next - sector)) next++;
  const length = Math.min(next * sectorSize, end) - at;
  if (source) return source.log.read(source.logOffset + (at % sectorSize), length);
  if (at >= bins.size) return Buffer.alloc(length);
  return bins.read(at, Math.min(length, bins.size - at));
}

function continues(first: LoggedSector | undefined, other: LoggedSector | undefined, steps: number): boolean {
  if (!first || !other) return first === other;
  return first.log === other.log && other.logOffset === first.logOffset + steps * sectorSize;
}
