import { existsSync } from 'node:fs';

/**
 * Whether a target names an endpoint; else it is a disk. A disk is a URL, a path, a file that is there, or a name that
 * ends as images' names do; what is left is a host's.
 */
export function isEndpoint(target: string): boolean {
  if (/^https?:/i.test(target) || /[/\\]/.test(target)) return false;
  return !existsSync(target) && !imageName.test(target);
}

const imageName = /\.(vhdx?|avhdx?|qcow2?|img|raw|dd|bin|vmdk|vdi|iso|001|wim|gz|zst|zip|7z|xz|bz2|e01)$/i;
