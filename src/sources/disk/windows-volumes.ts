import type { Device } from '../../formats/device.ts';
import { sliceDevice } from '../../formats/device.ts';
import { FormatError } from '../../formats/errors.ts';
import { isBitLocker, isNtfs, type NtfsVolume, openNtfs } from '../../formats/ntfs/index.ts';
import type { Partition } from '../../formats/partitions/index.ts';
import { TargetProblem } from '../../model/target-problem.ts';
import { type Text, text } from '../../text/index.ts';
import { systemHivePath } from './installation.ts';

/** What lies on a partition, as far as finding Windows needs it. */
export type PartitionContent =
  | { readonly kind: 'windows'; readonly partition: Partition; readonly volume: NtfsVolume }
  | { readonly kind: 'no-windows' | 'not-ntfs'; readonly partition: Partition }
  | { readonly kind: 'bitlocker'; readonly partition: Partition }
  | { readonly kind: 'unreadable'; readonly partition: Partition; readonly error: FormatError };

/** A volume that could not be looked into. */
export type PassedOver = Extract<PartitionContent, { kind: 'bitlocker' | 'unreadable' }>;

export function isPassedOver(content: PartitionContent): content is PassedOver {
  return content.kind === 'bitlocker' || content.kind === 'unreadable';
}

/** Looks at one partition. Throws only what is not the partition's own fault. */
export function inspectPartition(disk: Device, partition: Partition): PartitionContent {
  try {
    const device = sliceDevice(disk, partition.start, partition.size);
    if (isBitLocker(device)) return { kind: 'bitlocker', partition };
    if (!isNtfs(device)) return { kind: 'not-ntfs', partition };
    const volume = openNtfs(device);
    return volume.find(systemHivePath)
      ? { kind: 'windows', partition, volume }
      : { kind: 'no-windows', partition };
  } catch (error) {
    if (error instanceof FormatError) return { kind: 'unreadable', partition, error };
    throw error;
  }
}

/** A volume with Windows on it. */
export interface WindowsVolume {
  /** As partitioning tools number it; 0 for a volume without a partition table. */
  readonly partition: number;
  readonly volume: NtfsVolume;
}

/**
 * The volumes with Windows, or the one that `wanted` names. Throws `TargetProblem` where there is none, with the
 * likeliest reason; `warnings` are what the partition table's reader had to say.
 */
export function requireWindows(
  contents: readonly PartitionContent[],
  wanted: number | undefined,
  warnings: readonly string[],
): WindowsVolume[] {
  const found = contents.flatMap((content) =>
    content.kind === 'windows' ? [{ partition: content.partition.number, volume: content.volume }] : [],
  );
  if (wanted !== undefined) return [requireWanted(contents, found, wanted)];
  if (found.length === 0) throw new TargetProblem(whyNoWindows(contents, warnings));
  return found;
}

function requireWanted(
  contents: readonly PartitionContent[],
  found: readonly WindowsVolume[],
  wanted: number,
): WindowsVolume {
  const volume = found.find(({ partition }) => partition === wanted);
  if (volume) return volume;
  const there = contents.filter(({ partition }) => partition.number === wanted);
  if (there.length === 0) {
    const numbers = contents.map(({ partition }) => partition.number).join(', ');
    throw new TargetProblem(text('problem.no-such-volume', { wanted, numbers }));
  }
  const numbers = found.map(({ partition }) => partition).join(', ');
  const elsewhere = found.length > 0 && !there.some(isPassedOver);
  throw new TargetProblem(
    elsewhere ? text('problem.windows-elsewhere', { wanted, numbers }) : whyNoWindows(there, []),
  );
}

/** A locked or a damaged volume explains more than one that simply has no Windows. */
function whyNoWindows(contents: readonly PartitionContent[], warnings: readonly string[]): Text {
  const locked = contents.find(({ kind }) => kind === 'bitlocker');
  if (locked) return text('problem.bitlocker', { partition: locked.partition.number });
  const unreadable = contents.find((content) => content.kind === 'unreadable');
  if (unreadable) {
    const { partition, error } = unreadable;
    return text('problem.volume-unreadable', { partition: partition.number, detail: error.message });
  }
  if (warnings.length > 0) return text('problem.no-windows-and', { warnings: warnings.join('; ') });
  return text('problem.no-windows', { count: contents.length });
}
