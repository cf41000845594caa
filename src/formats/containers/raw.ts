import type { Device } from '../device.ts';
import type { Layer } from './image.ts';

/** A raw image: the file is the disk. */
export function openRaw(device: Device): Layer {
  const ragged = device.size % 512 !== 0;
  return {
    kind: 'raw',
    identity: undefined,
    sectorSize: undefined,
    warnings: ragged ? ['the size is not a multiple of 512 bytes: the file may have been cut short'] : [],
    link: undefined,
    disk: () => device,
  };
}
