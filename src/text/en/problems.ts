import { message } from '../message.ts';

/** Why a target cannot be examined, and what to do: one sentence, or two, after `cannot examine <target>:`. */
export const problems = {
  'problem.cannot-examine': message<{ target: string; problem: string }>(
    'cannot examine {target}: {problem}',
  ),
  'problem.image-damaged': message<{ detail: string }>(
    '{detail}. The image is damaged or incomplete: copy it again from its source.',
  ),
  'problem.image-unsupported': message<{ detail: string }>(
    '{detail}. Turn it into a raw image first, for example with: qemu-img convert -O raw',
  ),
  'problem.image-packed': message<{ detail: string }>(
    '{detail}. Unpack it, and give the disk image that is inside.',
  ),
  'problem.storage-unreadable': message<{ detail: string }>(
    '{detail}. Copy what can still be read into an image, for example with ddrescue, and give that.',
  ),
  'problem.image-encrypted': message<{ detail: string }>(
    '{detail}. Give an image that was decrypted with its key.',
  ),
  'problem.image-not-recognised': message<{ detail: string }>(
    '{detail}. Give the image of a whole disk, or of a Windows volume.',
  ),
  'problem.parent-missing': message<{ detail: string }>(
    '{detail}. Put the parent beside the image, under the name that the image has for it.',
  ),
  'problem.parent-not-followed': message<{ detail: string }>(
    '{detail}. If you trust this image, say --follow-parent.',
  ),
  'problem.target': message<{ detail: string }>('{detail}'),
  'problem.check-path': message<{ detail: string }>('{detail}. Check the path.'),
  'problem.no-permission': message<{ detail: string }>(
    '{detail}. Run it as a user who may, for example with sudo.',
  ),
  'problem.not-a-file': message<{ detail: string }>(
    '{detail}. Give a disk image, a block device, or the http(s) URL of an image.',
  ),
  'problem.changed': message<{ detail: string }>(
    '{detail}. Stop the machine, or take a snapshot of its disk, and examine that.',
  ),
  'problem.check-link': message<{ detail: string }>('{detail}. Check the link.'),
  'problem.no-ranges': message<{ detail: string }>(
    '{detail}. Download the image, or serve it from where parts of it can be read.',
  ),
  'problem.unreachable': message<{ detail: string }>('{detail}. Check the address and the network between.'),
  'problem.too-much': message<{ detail: string }>('{detail}. Download the image, and examine the copy.'),
  'problem.no-such-volume': message<{ wanted: number; numbers: string }>(
    'there is no partition {wanted}. The disk has: {numbers}',
  ),
  'problem.bitlocker': message<{ partition: number }>(
    '{partition, plural, =0 {the volume} other {partition #}} is encrypted with BitLocker, so nothing on it can be read. Give an image of the unlocked volume; on Windows, manage-bde -unlock makes it readable, and manage-bde -off decrypts it.',
  ),
  'problem.volume-unreadable': message<{ partition: number; detail: string }>(
    '{partition, plural, =0 {the volume} other {partition #}} cannot be read: {detail}. Copy the image again from its source, or run chkdsk on a copy.',
  ),
  'problem.too-old': message<{ windows: string; build: number }>(
    '{windows} (build {build}) is on it, and rdpmend knows Windows 7, Windows Server 2008 R2 and newer alone.',
  ),
  'problem.windows-elsewhere': message<{ wanted: number; numbers: string }>(
    'partition {wanted} has no Windows installation. There is one on: {numbers}',
  ),
  'problem.no-windows': message<{ count: number }>(
    '{count, plural, =0 {it has no partitions} one {its only volume has no Windows installation (Windows\\System32\\config\\SYSTEM)} other {none of its # volumes has a Windows installation (Windows\\System32\\config\\SYSTEM)}}. Give the disk that the machine starts from.',
  ),
  'problem.no-windows-and': message<{ warnings: string }>(
    'no Windows installation was found, and its partition table is not sound: {warnings}. The image may be incomplete: copy it again from its source.',
  ),
  'problem.cannot-write': 'the report could not be written: standard output has no room, or failed',
  'problem.unexpected': message<{ detail: string }>(
    'rdpmend itself failed: {detail}. This is a defect; please report it with the command that you gave.',
  ),
  'problem.bad-address':
    'it is neither a name nor an address. Give server, server:3390, 10.0.0.4, or [fd00::4]:3390.',
  'problem.bad-port': 'the port must be a number from 1 to 65535.',
  'problem.name-not-found':
    'no address is known for this name. Check its spelling and that the DNS servers of this machine know it, or give the address itself; a disk image is given by its path.',
  'problem.name-timed-out':
    'the DNS servers of this machine did not answer in time. Give the address itself, or a longer --timeout.',
  'problem.name-unresolved': message<{ detail: string }>(
    'its name could not be looked up ({detail}). Check the DNS servers of this machine, or give the address itself.',
  ),
  'problem.no-route': message<{ detail: string }>(
    'no connection could be tried from here ({detail}). Check that this machine has a network and a route to it.',
  ),
};
