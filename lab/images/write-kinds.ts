import { type MadeImage, makeImage, type Qcow2Options, type VhdOptions, type VhdxOptions } from './index.ts';
import { changedDisk, sampleDisk } from './sample.ts';

const mebibyte = 2 ** 20;
const base = sampleDisk(3 * mebibyte, 21);
const disk = changedDisk(base, 22);
const smallBase = base.subarray(0, 200 * 1024);
const small = changedDisk(smallBase, 23);
const identity = '11111111-2222-4333-8444-555555555555';
const backing = { path: 'base.raw', format: 'raw', disk: base } as const;
const smallBacking = { path: 'base.raw', format: 'raw', disk: smallBase } as const;

/** An image to be written to. */
export interface WriteKind {
  readonly name: string;
  /** What QEMU calls the format; undefined where it does not read it. */
  readonly format: 'raw' | 'vpc' | 'vhdx' | 'qcow2' | undefined;
  /** What the image holds. */
  readonly disk: Buffer;
  readonly file: Buffer;
  /** The file of its parent. */
  readonly parent?: Buffer;
}

function vhd(name: string, contents: Buffer, options: VhdOptions): WriteKind {
  const { file } = makeImage('vhd-dynamic', contents, options);
  return { name: `vhd dynamic${name}`, format: 'vpc', disk: contents, file };
}

function vhdx(name: string, contents: Buffer, options: VhdxOptions): WriteKind {
  const { file } = makeImage('vhdx-dynamic', contents, options);
  return { name: `vhdx dynamic${name}`, format: 'vhdx', disk: contents, file };
}

function child(format: 'vhd' | 'vhdx', name: string, contents: Buffer, options: VhdxOptions): WriteKind {
  const { log: _, ...ofParent } = options;
  const parent: MadeImage = makeImage(`${format}-dynamic`, base, ofParent);
  const named = { disk: base, identity: parent.identity ?? '', relativePath: '.\\parent' };
  const { file } = makeImage(`${format}-differencing`, contents, { ...options, identity, parent: named });
  return {
    name: `${format} differencing${name}`,
    format: undefined,
    disk: contents,
    file,
    parent: parent.file,
  };
}

function qcow2(name: string, contents: Buffer, options: Qcow2Options): WriteKind {
  const { file } = makeImage('qcow2', contents, options);
  const kind = { name: `qcow2 ${name}`, format: 'qcow2', disk: contents, file } as const;
  return options.backing ? { ...kind, parent: options.backing.disk } : kind;
}

/** Every kind of image that the lab makes, with blocks and clusters of many sizes. A parent's name is `base.raw`. */
export function writeKinds(): readonly WriteKind[] {
  return [
    { name: 'raw', format: 'raw', disk, file: makeImage('raw', disk).file },
    { name: 'vhd fixed', format: 'vpc', disk, file: makeImage('vhd-fixed', disk).file },
    {
      name: 'vhd fixed, old footer',
      format: 'vpc',
      disk,
      file: makeImage('vhd-fixed', disk, { shortFooter: true }).file,
    },
    vhd('', disk, {}),
    vhd(', 512 KiB blocks', disk, { blockSize: 524_288 }),
    // QEMU takes no smaller ones.
    { ...vhd(', 4 KiB blocks', disk, { blockSize: 4096 }), format: undefined },
    { ...vhd(', empty', Buffer.alloc(mebibyte), { blockSize: 65_536 }), format: undefined },
    child('vhd', '', disk, { blockSize: 65_536 }),
    child('vhd', ', nothing of its own', base, { blockSize: 4096 }),
    { name: 'vhdx fixed', format: 'vhdx', disk, file: makeImage('vhdx-fixed', disk).file },
    vhdx('', disk, {}),
    vhdx(', empty', Buffer.alloc(9 * mebibyte), { blockSize: 2 * mebibyte }),
    vhdx(', pending log', disk, { log: 'wrapped' }),
    child('vhdx', '', disk, {}),
    child('vhdx', ', 4 KiB sectors, pending log', disk, { sectorSize: 4096, log: 'pending' }),
    child('vhdx', ', nothing of its own', base, {}),
    qcow2('3', disk, {}),
    qcow2('2', disk, { version: 2 }),
    qcow2('of 512-byte clusters', small, { clusterBits: 9 }),
    qcow2('2 of 512-byte clusters, compressed', small, {
      version: 2,
      clusterBits: 9,
      compression: 'deflate',
    }),
    qcow2('of 2 MiB clusters', disk, { clusterBits: 21 }),
    qcow2('deflate', disk, { compression: 'deflate' }),
    qcow2('zstd', disk, { compression: 'zstd', clusterBits: 12 }),
    qcow2('over a backing file', disk, { backing }),
    qcow2('over a backing file, compressed', small, {
      backing: smallBacking,
      clusterBits: 10,
      compression: 'deflate',
    }),
    qcow2('over a longer backing file', disk.subarray(0, 2 * mebibyte - 512), { backing, clusterBits: 14 }),
    qcow2('subclusters', disk, { extendedL2: true }),
    qcow2('subclusters over a backing file', disk, { extendedL2: true, clusterBits: 14, backing }),
    qcow2('subclusters, compressed', disk, {
      extendedL2: true,
      clusterBits: 14,
      compression: 'zstd',
      backing,
    }),
    qcow2('subclusters of a ragged disk', disk.subarray(0, mebibyte + 1536), { extendedL2: true, backing }),
  ];
}
