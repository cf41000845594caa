import { type Image, type ImageFile, openImage } from '../../formats/containers/index.ts';
import { FormatError } from '../../formats/errors.ts';
import { type Partition, type PartitionTable, readPartitionTable } from '../../formats/partitions/index.ts';
import { familyOf, type Machine } from '../../model/machine.ts';
import { TargetProblem } from '../../model/target-problem.ts';
import { type Text, text } from '../../text/index.ts';
import { type DiskMachine, openMachine } from './disk-machine.ts';
import { isUrl, localParentOpener, type OpenedFile, openLocalFile } from './files/index.ts';
import { problemOf } from './problems.ts';
import { together } from './together.ts';
import { inspectPartition, isPassedOver, type PassedOver, requireWindows } from './windows-volumes.ts';

export type { DiskMachine } from './disk-machine.ts';
export { targetName } from './files/index.ts';
export type { PassedOver } from './windows-volumes.ts';

export interface DiskOptions {
  /** Whether a differencing image's parent may lie outside the image's own folder. */
  readonly followParent?: boolean;
  /** Only the installation on this partition; all of them where it is undefined. */
  readonly volume?: number | undefined;
  /** Told now and then while bytes are fetched from far away. */
  readonly onProgress?: (statistics: OpenedFile['statistics']) => void;
}

/** A disk with the Windows installations on it. */
export interface DiskTarget {
  readonly name: string;
  readonly image: Image;
  readonly table: PartitionTable;
  readonly machines: readonly DiskMachine[];
  /** Installations beyond those that are examined on one disk. */
  readonly machinesLeftOut: number;
  /** Volumes that may hold more, and could not be looked into. */
  readonly passedOver: readonly PassedOver[];
  readonly statistics: OpenedFile['statistics'];
  close(): void;
}

/**
 * Opens a disk image, a block device or an http(s) URL and finds the Windows installations on it. Throws
 * `TargetProblem` where there is nothing to examine.
 */
export async function openDisk(target: string, options: DiskOptions = {}): Promise<DiskTarget> {
  try {
    const opened = await openTarget(target, options);
    try {
      return await findMachines(opened, options);
    } catch (error) {
      opened.close();
      throw error;
    }
  } catch (error) {
    throw problemOf(error);
  }
}

interface OpenedTarget {
  readonly file: OpenedFile;
  readonly imageFile: ImageFile;
  /** Closes the file and every parent that was opened with it. */
  close(): void;
}

function refuseParent(): never {
  throw new FormatError(
    'unsupported',
    "it holds only the differences from a parent, and a URL's parent is not read",
  );
}

/** A URL's parent is not followed: an image that someone else serves must not choose what is read here. */
async function openTarget(
  target: string,
  { followParent = false, onProgress }: DiskOptions,
): Promise<OpenedTarget> {
  if (isUrl(target)) {
    // Loaded only for a URL: a local disk needs none of it.
    const { openRemoteFile } = await import('./files/remote-file.ts');
    const file = await openRemoteFile(target, onProgress ? { onProgress } : {});
    return { file, imageFile: { device: file.device, openParent: refuseParent }, close: () => file.close() };
  }
  const file = openLocalFile(target);
  const parents = localParentOpener(target, { followOutside: followParent });
  return {
    file,
    imageFile: { device: file.device, openParent: parents.openParent },
    close() {
      parents.close();
      file.close();
    },
  };
}

async function findMachines(
  { file, imageFile, close }: OpenedTarget,
  options: DiskOptions,
): Promise<DiskTarget> {
  const [{ image, table }] = await together(file, [() => openTable(imageFile)]);
  const contents = await together(
    file,
    distinct(table.partitions).map((partition) => () => inspectPartition(image.disk, partition)),
  );
  const volumes = requireWindows(contents, options.volume, table.warnings);
  const machines: DiskMachine[] = [];
  for (const volume of volumes.slice(0, mostMachines)) machines.push(await openMachine(volume, file));
  const supported = machines.filter(({ machine }) => !isTooOld(machine));
  if (supported.length === 0) throw new TargetProblem(tooOld(machines));
  return {
    name: file.name,
    image,
    table,
    machines: supported,
    machinesLeftOut: volumes.length - supported.length,
    passedOver: contents.flatMap((content) => (isPassedOver(content) ? [content] : [])),
    statistics: file.statistics,
    close,
  };
}

/** Before Windows 7 nearly everything that is judged here was otherwise, or was not there. */
function isTooOld({ build }: Machine): boolean {
  return build !== undefined && familyOf(build) === undefined;
}

function tooOld([machine]: readonly DiskMachine[]): Text {
  const { windows = 'Windows', build = 0 } = machine?.machine ?? {};
  return text('problem.too-old', { windows, build });
}

/** Far more than anyone keeps on one disk. */
const mostMachines = 16;

/** A hostile table can name one volume a thousand times. */
function distinct(partitions: readonly Partition[]): Partition[] {
  const byPlace = new Map(partitions.map((partition) => [`${partition.start} ${partition.size}`, partition]));
  return [...byPlace.values()];
}

function openTable(imageFile: ImageFile): { image: Image; table: PartitionTable } {
  const image = openImage(imageFile);
  return { image, table: readPartitionTable(image.disk, image.sectorSize) };
}
