import { attributeAt, replaceData, type VolumePatient, volumePatient } from './volume.ts';
import { buildWindows, systemPath, type WindowsOptions, windowsVolume } from './windows.ts';

const keysFolder = 'ProgramData\\Microsoft\\Crypto\\RSA\\MachineKeys';
const attributeList = 0x20;
const indexRoot = 0x90;
const nodeOfRoot = 0x10;
const nodeOfBlock = 0x18;
const hasChild = 1;
const endsNode = 2;

function broken(damage: (volume: VolumePatient) => void, options: WindowsOptions = {}): Buffer {
  const patient = volumePatient(buildWindows(options));
  damage(patient);
  return patient.image;
}

function inBootSectors(change: (sector: Buffer) => void): Buffer {
  const image = windowsVolume();
  for (const at of [0, image.length - 512]) change(image.subarray(at, at + 512));
  return image;
}

/** Volumes with Windows on them that cannot be opened. */
export const unreadableVolumes: Readonly<Record<string, () => Buffer>> = {
  'clusters of 2^63 bytes': () => inBootSectors((sector) => sector.writeUInt8(0xc9, 0x0d)),
  'sectors of 32768 bytes': () => inBootSectors((sector) => sector.writeUInt16LE(0x8000, 0x0b)),
  'a size of nearly 2^64': () => inBootSectors((sector) => sector.writeBigUInt64LE(2n ** 64n - 1n, 0x28)),
  'an MFT past the volume': () => inBootSectors((sector) => sector.writeBigUInt64LE(2n ** 40n, 0x30)),
  'file records of 2^127 bytes': () => inBootSectors((sector) => sector.writeInt8(-127, 0x40)),
  'a run list of $MFT that leaves the volume': () =>
    broken((volume) =>
      volume.editRecord(0, (record) => {
        const data = attributeAt(record, 0x80);
        record.fill(0x7f, data + 0x41, data + 0x48);
      }),
    ),
  'a record 0 that extends itself': () =>
    broken((volume) => volume.editRecord(0, (record) => record.writeUInt32LE(0x10, 0x18))),
  'a root directory whose record is another kind': () =>
    broken((volume) => volume.editRecord(5, (record) => record.write('\x9b31m', 0, 'latin1'))),
};

/** 120 names, so that the folder of keys has blocks of index beside its root. */
export const crowdedKeys: WindowsOptions = {
  files: Array.from({ length: 120 }, (_, i) => ({
    path: `${keysFolder}\\${(i * 2).toString(16).padStart(2, '0').padEnd(32, 'c')}_of-no-certificate`,
    data: Buffer.from('key'),
  })),
};

/** Where the entries of a node's first key begin. */
function firstEntry(node: Buffer): number {
  return node.readUInt32LE(0);
}

/** The entries of a node, end included, as offsets in it. */
function* entriesOf(node: Buffer): Generator<number> {
  const end = node.readUInt32LE(4);
  for (let at = firstEntry(node); at + 16 <= end; at += node.readUInt16LE(at + 8)) yield at;
}

function editRootNode(volume: VolumePatient, path: string, edit: (node: Buffer) => void): void {
  volume.editRecord(volume.file(path).record, (record) => {
    const at = attributeAt(record, indexRoot);
    edit(record.subarray(at + record.readUInt16LE(at + 0x14) + nodeOfRoot));
  });
}

/** Sets the child that an entry points to; the block's entries must have had one. */
function setChild(node: Buffer, entry: number, child: bigint): void {
  node.writeBigUInt64LE(child, entry + node.readUInt16LE(entry + 8) - 8);
}

/**
 * The folder of machine keys with an index that is broken in one place, such that what is there may not be found. The
 * volume and all else on it is sound.
 */
export const brokenKeyIndexes: Readonly<Record<string, () => Buffer>> = {
  'an index whose child is its parent': () =>
    broken((volume) => {
      editRootNode(volume, keysFolder, (node) => {
        for (const entry of entriesOf(node)) setChild(node, entry, 0n);
      });
      volume.editIndexBlock(keysFolder, 0, (block) => giveChild(block.subarray(nodeOfBlock), 0n));
    }, crowdedKeys),
  'an index whose children all lie outside': () =>
    broken((volume) => {
      editRootNode(volume, keysFolder, (node) => {
        for (const entry of entriesOf(node)) setChild(node, entry, 2n ** 40n);
      });
    }, crowdedKeys),
  'a node whose entries have lost their children': () =>
    broken((volume) => {
      editRootNode(volume, keysFolder, (node) => {
        for (const entry of entriesOf(node)) {
          node.writeUInt16LE(node.readUInt16LE(entry + 0x0c) & ~hasChild, entry + 0x0c);
        }
      });
    }, crowdedKeys),
  'a node that ends at its first entry': () =>
    broken((volume) => {
      for (let index = 0; index < volume.indexBlocks(keysFolder); index++) {
        volume.editIndexBlock(keysFolder, index, (block) => {
          const flags = nodeOfBlock + firstEntry(block.subarray(nodeOfBlock)) + 0x0c;
          block.writeUInt16LE(block.readUInt16LE(flags) | endsNode, flags);
        });
      }
    }, crowdedKeys),
};

/** Turns a leaf's end entry into one with a child. */
function giveChild(node: Buffer, child: bigint): void {
  const last = [...entriesOf(node)].at(-1) ?? 0;
  node.writeUInt16LE(24, last + 8);
  node.writeUInt16LE(hasChild | endsNode, last + 0x0c);
  node.writeBigUInt64LE(child, last + 16);
  node.writeUInt32LE(last + 24, 4);
}

/** Volumes on which one thing cannot be read, and all the rest can. */
export const partlyReadableVolumes: Readonly<Record<string, () => Buffer>> = {
  'a folder whose record has forgotten that it is one': () =>
    broken((volume) =>
      volume.editRecord(volume.file('ProgramData').record, (record) => record.writeUInt16LE(1, 0x16)),
    ),
  'a $Secure without its index': () =>
    broken((volume) =>
      volume.editRecord(9, (record) => {
        for (let at = record.readUInt16LE(0x14); record.readUInt32LE(at) !== 0xffff_ffff; ) {
          if (record.readUInt32LE(at) === indexRoot) record.writeUInt32LE(0x100, at);
          at += record.readUInt32LE(at + 4);
        }
      }),
    ),
};

/** The SYSTEM hive's file broken, and all else on the volume sound. */
export const brokenSystemFiles: Readonly<Record<string, () => Buffer>> = {
  'an attribute list that goes in a circle': () =>
    broken((volume) => {
      const { record: number } = volume.file(systemPath);
      volume.editRecord(number, (record) => {
        const at = attributeAt(record, 0x80);
        const list = Buffer.alloc(32);
        list.writeUInt32LE(0x80, 0);
        list.writeUInt16LE(32, 4);
        list.writeUInt8(0x1a, 7);
        list.writeUIntLE(number, 0x10, 6);
        list.writeUInt16LE(0x7777, 0x18);
        record.fill(0, at);
        record.writeUInt32LE(attributeList, at);
        record.writeUInt32LE(24 + 64, at + 4);
        record.writeUInt32LE(64, at + 0x10);
        record.writeUInt16LE(24, at + 0x14);
        list.copy(record, at + 24);
        list.copy(record, at + 56);
        record.writeUInt32LE(0xffff_ffff, at + 88);
        record.writeUInt32LE(at + 96, 0x18);
      });
    }),
  'a run list that leaves the volume': () =>
    broken((volume) =>
      volume.editRecord(volume.file(systemPath).record, (record) =>
        replaceData(record, 200_000, [{ clusters: 64, lcn: 2 ** 40 }]),
      ),
    ),
  'a size of nearly 2^53 in two clusters': () =>
    broken((volume) =>
      volume.editRecord(volume.file(systemPath).record, (record) =>
        replaceData(record, 2 ** 52, [{ clusters: 2, lcn: 16 }]),
      ),
    ),
  'a hive of holes': () =>
    broken((volume) =>
      volume.editRecord(volume.file(systemPath).record, (record) =>
        replaceData(record, 2 ** 46, [{ clusters: 2 ** 34, lcn: undefined }]),
      ),
    ),
};
