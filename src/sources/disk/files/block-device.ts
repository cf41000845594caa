import { readFileSync, readSync } from 'node:fs';

/** Linux counts a device's size in these, whatever the device's own sectors are. */
const sysfsSector = 512;
/** Disks end on a multiple of it, and some systems read them in no smaller pieces. */
const smallestSector = 512;

/**
 * A block device's size in bytes, which `stat` does not know. Linux tells it under `/sys`; elsewhere reads find
 * the end. `deviceNumber` is `rdev` of its status.
 */
export function blockDeviceSize(descriptor: number, deviceNumber: number): number {
  return sizeFromSysfs(deviceNumber) ?? probedSize((offset) => readable(descriptor, offset));
}

/** Undefined where the system does not tell. */
function sizeFromSysfs(deviceNumber: number): number | undefined {
  try {
    const { major, minor } = splitDeviceNumber(deviceNumber);
    const sectors = Number(readFileSync(`/sys/dev/block/${major}:${minor}/size`, 'latin1').trim());
    return Number.isSafeInteger(sectors * sysfsSector) ? sectors * sysfsSector : undefined;
  } catch {
    return undefined;
  }
}

/** Linux's `dev_t`: twelve bits of the major number between the minor's low eight and high twelve. */
function splitDeviceNumber(deviceNumber: number): { major: number; minor: number } {
  const number = BigInt(deviceNumber);
  return {
    major: Number(((number >> 8n) & 0xfffn) | ((number >> 32n) & 0xffff_f000n)),
    minor: Number((number & 0xffn) | ((number >> 12n) & 0xffff_ff00n)),
  };
}

/** The end of a device by halving: a multiple of 512, found with some 90 reads. */
export function probedSize(readableAt: (offset: number) => boolean): number {
  if (!readableAt(0)) return 0;
  let within = 0;
  let beyond = 1;
  while (beyond * smallestSector < Number.MAX_SAFE_INTEGER / 2 && readableAt(beyond * smallestSector)) {
    within = beyond;
    beyond *= 2;
  }
  while (beyond - within > 1) {
    const middle = Math.floor((within + beyond) / 2);
    if (readableAt(middle * smallestSector)) within = middle;
    else beyond = middle;
  }
  return beyond * smallestSector;
}

function readable(descriptor: number, offset: number): boolean {
  try {
    return readSync(descriptor, Buffer.alloc(smallestSector), 0, smallestSector, offset) > 0;
  } catch (error) {
    // A sector that cannot be read is there nevertheless; every other error is what lies past the end.
    return error instanceof Error && 'code' in error && error.code === 'EIO';
  }
}
