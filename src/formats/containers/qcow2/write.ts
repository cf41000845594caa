import type { Device, GrowableDevice, WritableDevice } from '../../device.ts';
import { notWritten, writtenDisk } from '../written-disk.ts';
import { qcow2Disk } from './clusters.ts';
import { clearAutoclearFeatures, type Qcow2Header, readQcow2Header } from './header.ts';
import { tableClusters } from './layout.ts';
import { openRefcounts } from './refcounts.ts';
import { requireSoundClusters } from './sound-clusters.ts';
import { writtenClusters } from './write-clusters.ts';

const sectorSize = 512;
const repair = 'close what uses it, then have it repaired with `qemu-img check -r all`';

/**
 * The disk of a qcow2 image as one that can be written to; `parent` is the disk of its backing file, and is not written
 * to. New clusters are put behind the end of the file, and reference counts are exact after every write, whether the image
 * allows them to be late or not. The first write that changes the disk clears the autoclear features (QEMU,
 * docs/interop/qcow2, "Header"): of bitmaps that the file holds everyone then knows that they do not tell of the change.
 *
 * Throws `FormatError`: `damaged` where its account of clusters is wrong, `unsupported` for an image that is in use, known to be corrupt, or holds internal snapshots.
 */
export function writeQcow2(file: GrowableDevice, parent: Device | undefined): WritableDevice {
  const header = readQcow2Header(file);
  requireWritable(header);
  const tables = tableClusters(file, header);
  requireSoundClusters(file, header, tables);
  const refcounts = openRefcounts(file, header, tables);
  let autoclear = header.allocation.autoclear;
  let reader: Device | undefined;

  function read(offset: number, length: number): Buffer {
    reader ??= qcow2Disk(file, header, parent);
    return reader.read(offset, length);
  }

  const clusters = writtenClusters(file, header, refcounts, read);

  return writtenDisk({
    size: header.size,
    unit: sectorSize,
    block: 2 ** header.clusterBits,
    read,
    write(offset, bytes) {
      if (autoclear !== 0n) clearAutoclearFeatures(file);
      autoclear = 0n;
      try {
        clusters.write(offset, bytes);
      } finally {
        // The reader keeps pages of the tables, and unpacked clusters.
        reader = undefined;
      }
    },
  });
}

function requireWritable({ allocation }: Qcow2Header): void {
  const { corrupt, dirty, snapshots } = allocation;
  if (corrupt) throw notWritten('its corrupt flag is set', repair);
  if (dirty) throw notWritten('its dirty flag is set: it is in use, or was not closed cleanly', repair);
  if (snapshots > 0)
    throw notWritten(
      `it holds internal snapshots (${snapshots})`,
      'convert the present state to a file of its own with `qemu-img convert`, or delete the snapshots',
    );
}
