import type { Device } from '../../device.ts';
import type { Layer, ParentReference } from '../image.ts';
import { qcow2Disk } from './clusters.ts';
import { type Qcow2Header, readQcow2Header } from './header.ts';

/**
 * Opens a qcow2 image of version 2 or 3 (QEMU, docs/interop/qcow2). Internal snapshots are not looked
 * at. Throws `FormatError` (damaged, unsupported, encrypted).
 */
export function openQcow2(file: Device): Layer {
  const header = readQcow2Header(file);
  const reference = referenceOf(header);
  return {
    kind: 'qcow2',
    identity: undefined,
    sectorSize: undefined,
    warnings: header.warnings,
    link: reference && { reference, identities: [] },
    disk: (parent) => qcow2Disk(file, header, parent),
  };
}

function referenceOf({ backing }: Qcow2Header): ParentReference | undefined {
  if (!backing) return undefined;
  const reference = { format: 'qcow2', paths: [backing.path], identity: undefined } as const;
  return backing.format === undefined ? reference : { ...reference, parentFormat: backing.format };
}
