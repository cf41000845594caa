import type { Device } from '../device.ts';
import type { VolumeState } from './types.ts';

/*
 * hiberfil.sys begins with PO_MEMORY_IMAGE:
 *
 *   offset size
 *   0x00      4  signature
 *   0x0C      4  length of this structure
 *   then one byte that tells a Fast Startup image; its place went with the builds
 *
 * HIBR waits to be resumed, RSTR was being resumed, HORM is resumed at every start, BKPR stands for a
 * breakpoint in the resume; WAKE was resumed, and Windows 8 and later then clear the page.
 */
const LENGTH_SELF = 0x0c;
const HEAD_SIZE = 0x448;
const WAITING = ['HIBR', 'RSTR', 'HORM', 'BKPR'];
const RESUMED = ['WAKE', '\0\0\0\0'];

/**
 * Where `Hiberboot` lies, by the structure's length, as the public symbols of Windows 8 to 11 have it:
 * 32-bit builds first, then 64-bit ones. Not seen on a real file: where the byte is not 1, or the length
 * is another, the answer stays at `hibernated`, which is as bad for a writer.
 */
const HIBERBOOT_AT = new Map([
  [0x2c8, 0x27c],
  [0x310, 0x2c4],
  [0x340, 0x2dc],
  [0x360, 0x2fc],
  [0x3b0, 0x34c],
  [0x3c8, 0x354],
  [0x3d8, 0x364],
  [0x3e0, 0x364],
  [0x448, 0x3cc],
]);

/** What hiberfil.sys says, by its first page. */
export function hibernationState(file: Device): VolumeState['hibernation'] {
  const head = file.read(0, Math.min(HEAD_SIZE, file.size));
  const isWhole = head.length === HEAD_SIZE;
  const signature = head.toString('latin1', 0, 4).toUpperCase();
  if (WAITING.includes(signature)) return isWhole && isFastStartup(head) ? 'fast-startup' : 'hibernated';
  return isWhole && RESUMED.includes(signature) ? 'none' : 'unknown';
}

function isFastStartup(head: Buffer): boolean {
  const at = HIBERBOOT_AT.get(head.readUInt32LE(LENGTH_SELF));
  return at !== undefined && head.readUInt8(at) === 1;
}
