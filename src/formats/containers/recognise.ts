import type { Device } from '../device.ts';
import { FormatError } from '../errors.ts';
import { readTogether } from './together.ts';

/** The container formats that are read here. */
export type ContainerFormat = 'raw' | 'vhd' | 'vhdx' | 'qcow2';

/** Bytes that a format has at a fixed place; a string stands for its Latin-1 bytes. */
interface Signature {
  readonly offset: number;
  readonly bytes: string;
  readonly name: string;
}

/** Disk image formats that are known but not read. */
const otherImages: readonly Signature[] = [
  { offset: 0, bytes: 'KDMV', name: 'a VMDK image' },
  { offset: 0, bytes: 'COWD', name: 'a VMDK image' },
  { offset: 0, bytes: '# Disk DescriptorFile', name: 'a VMDK descriptor' },
  { offset: 64, bytes: '\x7f\x10\xda\xbe', name: 'a VDI image' },
  { offset: 0, bytes: 'EVF\x09\x0d\x0a\xff\x00', name: 'an EWF (E01) image' },
  { offset: 0, bytes: 'EVF2\x0d\x0a\x81\x00', name: 'an EWF (Ex01) image' },
  { offset: 0, bytes: 'LVF\x09\x0d\x0a\xff\x00', name: 'an EWF (L01) evidence file' },
  { offset: 0, bytes: 'AFF10\x0d\x0a\x00', name: 'an AFF image' },
  { offset: 0, bytes: 'QED\x00', name: 'a QED image' },
  { offset: 0, bytes: 'QFI\xfb\x00\x00\x00\x01', name: 'a qcow image of version 1' },
  { offset: 0, bytes: 'WithoutFreeSpace', name: 'a Parallels image' },
  { offset: 0, bytes: 'WithouFreSpacExt', name: 'a Parallels image' },
  { offset: 0, bytes: 'MSWIM\x00\x00\x00', name: 'a WIM image' },
  { offset: 0, bytes: 'WLPWM\x00\x00\x00', name: 'a WIM image' },
  { offset: 0, bytes: '\x00ntfsclone-image', name: 'an ntfsclone image' },
  { offset: 0, bytes: 'partclone-image', name: 'a Partclone image' },
];

const archives: readonly Signature[] = [
  { offset: 0, bytes: '\x1f\x8b\x08', name: 'a gzip file' },
  { offset: 0, bytes: '\x28\xb5\x2f\xfd', name: 'a Zstandard file' },
  { offset: 0, bytes: 'PK\x03\x04', name: 'a ZIP archive' },
  { offset: 0, bytes: 'PK\x07\x08', name: 'a ZIP archive' },
  { offset: 0, bytes: '7z\xbc\xaf\x27\x1c', name: 'a 7-Zip archive' },
  { offset: 0, bytes: '\xfd7zXZ\x00', name: 'an XZ file' },
  { offset: 0, bytes: 'BZh', name: 'a bzip2 file' },
  { offset: 0, bytes: 'Rar!\x1a\x07', name: 'a RAR archive' },
  { offset: 0, bytes: '\x04\x22\x4d\x18', name: 'an LZ4 file' },
  { offset: 0, bytes: 'MSCF\x00\x00\x00\x00', name: 'a cabinet' },
  { offset: 257, bytes: 'ustar', name: 'a tar archive (an OVA is one too)' },
];

const luks: Signature = { offset: 0, bytes: 'LUKS\xba\xbe', name: 'a LUKS volume' };
const iso9660: Signature = { offset: 32769, bytes: 'CD001', name: 'an ISO 9660 image' };
const dmg: Signature = { offset: 0, bytes: 'koly\x00\x00\x00\x04', name: 'an Apple disk image' };
const bootSector: Signature = { offset: 510, bytes: '\x55\xaa', name: 'boot sector' };
const vhdx: Signature = { offset: 0, bytes: 'vhdxfile', name: 'VHDX' };
const qcow2: Signature = { offset: 0, bytes: 'QFI\xfb', name: 'qcow2' };
const vhdFooter: Signature = { offset: 0, bytes: 'conectix', name: 'VHD' };
const vhdOldFooter: Signature = { offset: 1, bytes: 'conectix', name: 'VHD with a footer of 511 bytes' };

/** Enough of the beginning for every signature, the ISO's at 32769 being the last. */
const beginning = 33_280;

/**
 * Which container a file is, by its content. What carries no known mark is `raw`. Throws `FormatError`:
 * `unsupported` for the formats that are known and not read, `packed` for archives, `encrypted`, `not-recognised` for an
 * empty file and an installation medium.
 */
export function recognise(device: Device): ContainerFormat {
  if (device.size === 0) throw new FormatError('not-recognised', 'the file is empty');
  const headLength = Math.min(beginning, device.size);
  const tailLength = Math.min(512, device.size);
  const [head, tail] = readTogether([
    { device, offset: 0, length: headLength },
    { device, offset: device.size - tailLength, length: tailLength },
  ]) as [Buffer, Buffer];
  if (has(head, vhdx)) return 'vhdx';
  if (has(head, qcow2) && !otherImages.some((other) => has(head, other))) return 'qcow2';
  if (has(head, vhdFooter) || has(tail, vhdFooter) || has(tail, vhdOldFooter)) return 'vhd';
  refuseOthers(head, tail);
  return 'raw';
}

function refuseOthers(head: Buffer, tail: Buffer): void {
  const image = otherImages.find((other) => has(head, other)) ?? (has(tail, dmg) ? dmg : undefined);
  if (image) throw new FormatError('unsupported', `it is ${image.name}, which is not read here`);
  const archive = archives.find((other) => has(head, other));
  if (archive) throw new FormatError('packed', `it is ${archive.name}`);
  if (has(head, luks)) throw new FormatError('encrypted', `it is ${luks.name}`);
  // A hybrid ISO and a disk on which an ISO once lay both have a boot sector: what it says comes first.
  if (has(head, iso9660) && !has(head, bootSector)) {
    throw new FormatError('not-recognised', `it is ${iso9660.name}, an installation medium`);
  }
}

function has(bytes: Buffer, signature: Signature): boolean {
  const { offset, bytes: expected } = signature;
  return bytes.toString('latin1', offset, offset + expected.length) === expected;
}
