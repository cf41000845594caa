import { guidBytes } from './guid-bytes.ts';
import type { MadeParent } from './options.ts';

const region = 0x10_0000;
const itemsStart = 0x1_0000;

const isVirtualDisk = 2;
const isRequired = 4;

interface Described {
  readonly diskSize: number;
  readonly blockSize: number;
  readonly sectorSize: number;
  readonly fixed: boolean;
  readonly parent: MadeParent | undefined;
}

interface Item {
  readonly id: string;
  readonly flags: number;
  readonly bytes: Buffer;
}

/** The metadata region: table, then items. */
export function vhdxMetadata(described: Described): Buffer {
  const bytes = Buffer.alloc(region);
  const items = itemsOf(described);
  bytes.write('metadata', 0, 'latin1');
  bytes.writeUInt16LE(items.length, 10);
  let at = itemsStart;
  items.forEach((item, i) => {
    const entry = bytes.subarray(32 + i * 32);
    guidBytes(item.id).copy(entry, 0);
    entry.writeUInt32LE(at, 16);
    entry.writeUInt32LE(item.bytes.length, 20);
    entry.writeUInt32LE(item.flags, 24);
    item.bytes.copy(bytes, at);
    at += item.bytes.length;
  });
  return bytes;
}

function itemsOf({ diskSize, blockSize, sectorSize, fixed, parent }: Described): Item[] {
  const parameters = Buffer.alloc(8);
  parameters.writeUInt32LE(blockSize, 0);
  parameters.writeUInt32LE((fixed ? 1 : 0) | (parent ? 2 : 0), 4);
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(diskSize));
  const disk = isVirtualDisk | isRequired;
  const items = [
    { id: 'caa16737-fa36-4d43-b3b6-33f0aa44e76b', flags: isRequired, bytes: parameters },
    { id: '2fa54224-cd1b-4876-b211-5dbed83bf4b8', flags: disk, bytes: size },
    { id: 'beca12ab-b2e6-4523-93ef-c309e000c746', flags: disk, bytes: guidBytes(diskId) },
    { id: '8141bf1d-a96f-4709-ba47-f233a8faab5f', flags: disk, bytes: number(sectorSize) },
    { id: 'cda348c7-445d-4471-9cc9-e9885251c556', flags: disk, bytes: number(4096) },
  ];
  if (!parent) return items;
  return [
    ...items,
    { id: 'a8d35f2d-b30b-454d-abf7-d3d84834ab0c', flags: isRequired, bytes: locator(parent) },
  ];
}

const diskId = '9d5c2d3e-0a6b-4d86-8f3d-2f63a1c7e55b';

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function locator(parent: MadeParent): Buffer {
  const pairs = Object.entries({
    parent_linkage: `{${parent.identity}}`,
    relative_path: parent.relativePath,
    absolute_win32_path: parent.absolutePath,
  }).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]));
  const head = Buffer.alloc(20 + pairs.length * 12);
  guidBytes('b04aefb7-d19e-4a81-b789-25b8e9445913').copy(head, 0);
  head.writeUInt16LE(pairs.length, 18);
  const texts: Buffer[] = [];
  let at = head.length;
  pairs.forEach((pair, i) => {
    pair.forEach((text, part) => {
      const bytes = Buffer.from(text, 'utf16le');
      head.writeUInt32LE(at, 20 + i * 12 + part * 4);
      head.writeUInt16LE(bytes.length, 20 + i * 12 + 8 + part * 2);
      texts.push(bytes);
      at += bytes.length;
    });
  });
  return Buffer.concat([head, ...texts]);
}
