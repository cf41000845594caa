/** Well-known SIDs by identifier authority 5 (NT) and their sub-authorities ([MS-DTYP] 2.4.2.4). */
const SYSTEM = ntSid(18);
const ADMINISTRATORS = ntSid(32, 544);
const USERS = ntSid(32, 545);

const FULL_CONTROL = 0x001f_01ff;
const READ_AND_EXECUTE = 0x0012_00a9;
const READ = 0x0012_0089;
const READ_AND_WRITE = 0x0012_019f;

/** ACE flags: files and folders below inherit it. */
const INHERITED_BELOW = 0x03;

/** Control bits: self-relative, and a DACL is there. */
const SELF_RELATIVE_WITH_DACL = 0x8004;

const HEADER_SIZE = 20;
const ACL_HEADER_SIZE = 8;
const ACE_HEADER_SIZE = 8;

/** What a file gets unless told: owner Administrators, full control for them and SYSTEM, Users may read. */
export const plainDescriptor: Buffer = encodeDescriptor(ADMINISTRATORS, SYSTEM, [
  allow(SYSTEM, FULL_CONTROL, INHERITED_BELOW),
  allow(ADMINISTRATORS, FULL_CONTROL, INHERITED_BELOW),
  allow(USERS, READ_AND_EXECUTE, INHERITED_BELOW),
]);

/** What most system files get. */
export const systemDescriptor: Buffer = encodeDescriptor(SYSTEM, ADMINISTRATORS, [
  allow(SYSTEM, READ, 0),
  allow(ADMINISTRATORS, READ, 0),
]);

/** What $Volume, $Secure and everything in $Extend get. */
export const writableSystemDescriptor: Buffer = encodeDescriptor(SYSTEM, ADMINISTRATORS, [
  allow(SYSTEM, READ_AND_WRITE, 0),
  allow(ADMINISTRATORS, READ_AND_WRITE, 0),
]);

/** [MS-DTYP] 2.4.6: header, owner, group, DACL. */
function encodeDescriptor(owner: Buffer, group: Buffer, aces: readonly Buffer[]): Buffer {
  const header = Buffer.alloc(HEADER_SIZE);
  const daclOffset = HEADER_SIZE + owner.length + group.length;
  header.writeUInt8(1, 0);
  header.writeUInt16LE(SELF_RELATIVE_WITH_DACL, 2);
  header.writeUInt32LE(HEADER_SIZE, 4);
  header.writeUInt32LE(HEADER_SIZE + owner.length, 8);
  header.writeUInt32LE(daclOffset, 16);
  return Buffer.concat([header, owner, group, encodeAcl(aces)]);
}

/** [MS-DTYP] 2.4.5 */
function encodeAcl(aces: readonly Buffer[]): Buffer {
  const body = Buffer.concat(aces);
  const header = Buffer.alloc(ACL_HEADER_SIZE);
  header.writeUInt8(2, 0);
  header.writeUInt16LE(ACL_HEADER_SIZE + body.length, 2);
  header.writeUInt16LE(aces.length, 4);
  return Buffer.concat([header, body]);
}

/** [MS-DTYP] 2.4.4.2: ACCESS_ALLOWED_ACE, whose type is 0. */
function allow(sid: Buffer, mask: number, flags: number): Buffer {
  const header = Buffer.alloc(ACE_HEADER_SIZE);
  header.writeUInt8(flags, 1);
  header.writeUInt16LE(ACE_HEADER_SIZE + sid.length, 2);
  header.writeUInt32LE(mask, 4);
  return Buffer.concat([header, sid]);
}

/** [MS-DTYP] 2.4.2.2: revision, count, authority big-endian, sub-authorities. */
function ntSid(...subAuthorities: readonly number[]): Buffer {
  const bytes = Buffer.alloc(8 + subAuthorities.length * 4);
  bytes.writeUInt8(1, 0);
  bytes.writeUInt8(subAuthorities.length, 1);
  bytes.writeUIntBE(5, 2, 6);
  for (const [index, value] of subAuthorities.entries()) bytes.writeUInt32LE(value, 8 + index * 4);
  return bytes;
}
