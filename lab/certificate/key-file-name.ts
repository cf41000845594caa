import { createHash } from 'node:crypto';

/**
 * The name of a key container's file on a machine: the MD5 of the container's lower-cased name with its
 * closing NUL, each 32-bit word of it byte-swapped, an underscore, and the machine's `MachineGuid`.
 */
export function keyFileName(container: string, machineGuid: string): string {
  const hash = createHash('md5').update(`${container.toLowerCase()}\0`, 'latin1').digest();
  return `${hash.swap32().toString('hex')}_${machineGuid}`;
}
