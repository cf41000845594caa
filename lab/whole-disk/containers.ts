import type { ImageKind } from '../../src/formats/containers/index.ts';
import {
  type MadeParent,
  makeImage,
  type Qcow2Options,
  type VhdOptions,
  type VhdxOptions,
} from '../images/index.ts';
import type { TemporaryFolder } from '../images/temporary.ts';

/** A way for a disk to lie in a file. */
export interface ContainerCase {
  readonly name: string;
  readonly kind: ImageKind;
  /** What a report says of the image, if anything. */
  readonly note?: string;
  /** Whether a parent's disk may show through by mistake, so that it is worth having either state on top. */
  readonly eitherOnTop?: true;
  /**
   * Writes the disk as an image into a folder and answers the image's path. `earlier` is another state of the same
   * disk, of the same size: a parent holds it, and nothing may show it.
   */
  write(folder: TemporaryFolder, disk: Buffer, earlier: Buffer): string;
}

const imageName = 'disk.image';
const baseIdentity = '0f0e0d0c-1111-4222-8333-444455556666';
const middleIdentity = '0f0e0d0c-1111-4222-8333-444455557777';

function vhd(kind: 'vhd-fixed' | 'vhd-dynamic', name: string, options: VhdOptions = {}): ContainerCase {
  const write: ContainerCase['write'] = (folder, disk) =>
    folder.write(imageName, makeImage(kind, disk, options).file);
  return { name, kind, write };
}

const replayed = 'Image: the log was replayed: the file was not closed cleanly.';

function vhdx(kind: 'vhdx-fixed' | 'vhdx-dynamic', name: string, options: VhdxOptions = {}): ContainerCase {
  const write: ContainerCase['write'] = (folder, disk) =>
    folder.write(imageName, makeImage(kind, disk, options).file);
  return { name, kind, write, ...(options.log && { note: replayed }) };
}

function qcow2(name: string, options: Qcow2Options): ContainerCase {
  const write: ContainerCase['write'] = (folder, disk) =>
    folder.write(imageName, makeImage('qcow2', disk, options).file);
  return { name, kind: 'qcow2', write };
}

function qcow2OverRaw(name: string, options: Qcow2Options): ContainerCase {
  const write: ContainerCase['write'] = (folder, disk, earlier) => {
    folder.write('base.image', earlier);
    const backing = { path: 'base.image', format: 'raw', disk: earlier };
    return folder.write(imageName, makeImage('qcow2', disk, { ...options, backing }).file);
  };
  return { name, kind: 'qcow2', write, eitherOnTop: true };
}

function parentOf(disk: Buffer, name: string, identity: string): MadeParent {
  return { disk, identity, relativePath: `.\\${name}`, absolutePath: `C:\\disks\\${name}` };
}

/** A child over a parent that holds the earlier state. */
function differencing(format: 'vhd' | 'vhdx', name: string, child: VhdxOptions = {}): ContainerCase {
  const kind = `${format}-differencing` as const;
  const write: ContainerCase['write'] = (folder, disk, earlier) => {
    const base = makeImage(`${format}-dynamic`, earlier, { identity: baseIdentity });
    folder.write('base.image', base.file);
    const parent = parentOf(earlier, 'base.image', baseIdentity);
    return folder.write(imageName, makeImage(kind, disk, { ...child, parent }).file);
  };
  return { name, kind, write, ...(child.log ? { note: replayed } : { eitherOnTop: true }) };
}

/** An empty child over a child over a parent: only the one in the middle has what is new. */
function chain(format: 'vhd' | 'vhdx', name: string): ContainerCase {
  const kind = `${format}-differencing` as const;
  const write: ContainerCase['write'] = (folder, disk, earlier) => {
    const base = makeImage(`${format}-dynamic`, earlier, { identity: baseIdentity });
    folder.write('base.image', base.file);
    const baseParent = parentOf(earlier, 'base.image', baseIdentity);
    const middle = makeImage(kind, disk, { parent: baseParent, identity: middleIdentity });
    folder.write('middle.image', middle.file);
    const middleParent = parentOf(disk, 'middle.image', middleIdentity);
    return folder.write(imageName, makeImage(kind, disk, { parent: middleParent }).file);
  };
  return { name, kind, write };
}

/** Every kind of image that is read, and the ways in which images of one kind differ. */
export const containers: readonly ContainerCase[] = [
  { name: 'raw', kind: 'raw', write: (folder, disk) => folder.write(imageName, disk) },
  vhd('vhd-fixed', 'VHD, fixed'),
  vhd('vhd-fixed', 'VHD, fixed, with a footer of 511 bytes', { shortFooter: true }),
  vhd('vhd-dynamic', 'VHD, dynamic'),
  vhd('vhd-dynamic', 'VHD, dynamic, in blocks of 512 KiB', { blockSize: 512 * 1024 }),
  differencing('vhd', 'VHD, differencing'),
  chain('vhd', 'VHD, a chain of three'),
  vhdx('vhdx-fixed', 'VHDX, fixed'),
  vhdx('vhdx-dynamic', 'VHDX, dynamic'),
  vhdx('vhdx-dynamic', 'VHDX, dynamic, with a log to replay', { log: 'pending' }),
  vhdx('vhdx-dynamic', 'VHDX, dynamic, with a wrapped log to replay', { log: 'wrapped' }),
  differencing('vhdx', 'VHDX, differencing'),
  differencing('vhdx', 'VHDX, differencing, with a log to replay', { log: 'pending' }),
  chain('vhdx', 'VHDX, a chain of three'),
  qcow2('qcow2, version 2', { version: 2 }),
  qcow2('qcow2, version 3', { version: 3 }),
  qcow2('qcow2, deflated', { compression: 'deflate' }),
  qcow2('qcow2, packed by zstd', { compression: 'zstd' }),
  qcow2('qcow2, in clusters of 512 bytes', { clusterBits: 9 }),
  qcow2('qcow2, with subclusters', { extendedL2: true }),
  qcow2OverRaw('qcow2 over a raw file', {}),
  qcow2OverRaw('qcow2 over a raw file, with subclusters', { extendedL2: true }),
];
