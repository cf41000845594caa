import { damaged } from '../errors.ts';
import { guidLE } from '../guid.ts';
import {
  type Ace,
  type Acl,
  aceForms,
  aceLayout,
  aclLayout,
  controlFlags,
  descriptorLayout,
  inheritedObjectTypePresent,
  type ObjectTypes,
  objectTypePresent,
  type SecurityDescriptor,
} from './descriptor.ts';
import { readSid } from './sid.ts';

/**
 * A self-relative security descriptor, as NTFS and the registry keep them (MS-DTYP 2.4.6). Bytes after its
 * parts are ignored. What it returns is copied out of `bytes` where it is a buffer. Throws `FormatError`
 * (damaged).
 */
export function parseSecurityDescriptor(bytes: Buffer): SecurityDescriptor {
  if (bytes.length < descriptorLayout.end) {
    throw damaged(`the security descriptor has ${bytes.length} bytes, fewer than its header`);
  }
  const revision = bytes.readUInt8(descriptorLayout.revision);
  if (revision !== 1) throw damaged(`the security descriptor has revision ${revision}`);
  const control = bytes.readUInt16LE(descriptorLayout.control);
  if ((control & controlFlags.selfRelative) === 0)
    throw damaged('the security descriptor is not self-relative');
  return {
    control,
    resourceManagerControl: bytes.readUInt8(descriptorLayout.resourceManagerControl),
    owner: sidOf(bytes, descriptorLayout.owner, 'owner'),
    group: sidOf(bytes, descriptorLayout.group, 'group'),
    dacl: aclOf(bytes, descriptorLayout.dacl, control & controlFlags.daclPresent, 'DACL'),
    sacl: aclOf(bytes, descriptorLayout.sacl, control & controlFlags.saclPresent, 'SACL'),
  };
}

function sidOf(bytes: Buffer, field: number, what: string): string | undefined {
  const at = offsetIn(bytes, field, what);
  return at === 0 ? undefined : readSid(bytes, at, what).sid;
}

function aclOf(bytes: Buffer, field: number, present: number, what: string): Acl | 'null' | 'absent' {
  if (present === 0) return 'absent';
  const at = offsetIn(bytes, field, what);
  return at === 0 ? 'null' : readAcl(bytes, at, what);
}

/** An offset of the header; it may not point into the header itself. */
function offsetIn(bytes: Buffer, field: number, what: string): number {
  const at = bytes.readUInt32LE(field);
  if (at !== 0 && (at < descriptorLayout.end || at >= bytes.length)) {
    throw damaged(`the ${what} lies at ${at} of ${bytes.length} bytes of security descriptor`);
  }
  return at;
}

function readAcl(bytes: Buffer, at: number, what: string): Acl {
  if (at + aclLayout.end > bytes.length) throw damaged(`the ${what} at ${at} is cut short`);
  const size = bytes.readUInt16LE(at + aclLayout.size);
  if (size < aclLayout.end || at + size > bytes.length) throw damaged(`the ${what} at ${at} is cut short`);
  const count = bytes.readUInt16LE(at + aclLayout.count);
  const aces: Ace[] = [];
  let next = at + aclLayout.end;
  for (let index = 0; index < count; index++) {
    const entry = aceBytes(bytes, next, at + size, what);
    aces.push(readAce(entry, `${what} entry at ${next}`));
    next += entry.length;
  }
  return { revision: bytes.readUInt8(at + aclLayout.revision), aces };
}

/** The bytes of the entry at an offset, which must end before the list does. */
function aceBytes(bytes: Buffer, at: number, end: number, what: string): Buffer {
  const size = at + aceLayout.mask <= end ? bytes.readUInt16LE(at + aceLayout.size) : 0;
  if (size < aceLayout.mask || at + size > end) throw damaged(`the ${what} entry at ${at} leaves its list`);
  return bytes.subarray(at, at + size);
}

/** One entry from its bytes, as long as the buffer is. Throws `FormatError` (damaged), naming `what`. */
export function readAce(entry: Buffer, what: string): Ace {
  const type = entry.readUInt8(aceLayout.type);
  const flags = entry.readUInt8(aceLayout.flags);
  const form = aceForms.get(type);
  if (!form) return { kind: 'unknown', type, flags, body: Buffer.from(entry.subarray(aceLayout.mask)) };
  if (entry.length < aceLayout.sid) throw damaged(`the ${what} is cut short`);
  const objects = form.object && readObjectTypes(entry, what);
  const { sid, end } = readSid(entry, objects ? objects.end : aceLayout.sid, `SID of the ${what}`);
  return {
    kind: form.kind,
    type,
    flags,
    mask: entry.readUInt32LE(aceLayout.mask),
    sid,
    callback: form.callback === true,
    ...(objects && { object: objects.types }),
    data: Buffer.from(entry.subarray(end)),
  };
}

function readObjectTypes(entry: Buffer, what: string): { types: ObjectTypes; end: number } {
  if (entry.length < aceLayout.guids) throw damaged(`the ${what} is cut short`);
  const present = entry.readUInt32LE(aceLayout.objectFlags);
  let at: number = aceLayout.guids;
  const next = (flag: number) => {
    if ((present & flag) === 0) return undefined;
    if (at + 16 > entry.length) throw damaged(`the ${what} is cut short`);
    at += 16;
    return guidLE(entry, at - 16);
  };
  const type = next(objectTypePresent);
  const inheritedType = next(inheritedObjectTypePresent);
  return { types: { type, inheritedType }, end: at };
}
