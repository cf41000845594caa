import { createHash } from 'node:crypto';
import { damaged } from '../errors.ts';

/** SIDs that every Windows has, by the names that Windows shows in English (MS-DTYP 2.4.2.4). */
export const wellKnownSids = {
  everyone: 'S-1-1-0',
  creatorOwner: 'S-1-3-0',
  creatorGroup: 'S-1-3-1',
  ownerRights: 'S-1-3-4',
  network: 'S-1-5-2',
  interactive: 'S-1-5-4',
  service: 'S-1-5-6',
  authenticatedUsers: 'S-1-5-11',
  restricted: 'S-1-5-12',
  remoteInteractiveLogon: 'S-1-5-14',
  system: 'S-1-5-18',
  localService: 'S-1-5-19',
  networkService: 'S-1-5-20',
  administrators: 'S-1-5-32-544',
  users: 'S-1-5-32-545',
  guests: 'S-1-5-32-546',
  remoteDesktopUsers: 'S-1-5-32-555',
  allServices: 'S-1-5-80-0',
  trustedInstaller: 'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464',
  allApplicationPackages: 'S-1-15-2-1',
} as const;

// A SID as bytes: MS-DTYP 2.4.2.2.
const layout = {
  revision: 0, // u8, 1
  subAuthorityCount: 1, // u8, at most 15
  identifierAuthority: 2, // u48, big-endian
  subAuthorities: 8, // u32 each, little-endian
} as const;

const mostSubAuthorities = 15;

/** A SID at an offset. */
export interface SidAt {
  readonly sid: string;
  /** Where the bytes after it begin. */
  readonly end: number;
}

/**
 * The SID at an offset as `S-1-5-18`; an authority above 32 bits is written in hexadecimal, as Windows does.
 * Throws `FormatError` (damaged), naming `what`.
 */
export function readSid(bytes: Buffer, at: number, what = 'SID'): SidAt {
  if (at < 0 || at + layout.subAuthorities > bytes.length) throw damaged(`the ${what} at ${at} is cut short`);
  const revision = bytes.readUInt8(at + layout.revision);
  const count = bytes.readUInt8(at + layout.subAuthorityCount);
  if (revision !== 1 || count > mostSubAuthorities) {
    throw damaged(`the ${what} at ${at} has revision ${revision} and ${count} parts`);
  }
  const end = at + layout.subAuthorities + 4 * count;
  if (end > bytes.length) throw damaged(`the ${what} at ${at} is cut short`);
  const authority = bytes.readUIntBE(at + layout.identifierAuthority, 6);
  const parts = ['S-1', authority > 0xffff_ffff ? `0x${hex48(authority)}` : String(authority)];
  for (let part = at + layout.subAuthorities; part < end; part += 4)
    parts.push(String(bytes.readUInt32LE(part)));
  return { sid: parts.join('-'), end };
}

/** The bytes of a SID given as `S-1-...`. Throws `FormatError` (damaged) where the text is none. */
export function encodeSid(sid: string): Buffer {
  const match = /^S-1-(\d{1,15}|0x[0-9a-f]{1,12})((?:-\d{1,10})*)$/i.exec(sid);
  const authority = Number(match?.[1]);
  const parts = (match?.[2] ?? '').split('-').slice(1).map(Number);
  if (
    !match ||
    authority > 0xffff_ffff_ffff ||
    parts.length > mostSubAuthorities ||
    parts.some((part) => part > 0xffff_ffff)
  ) {
    throw damaged(`'${sid.slice(0, 80)}' is no SID`);
  }
  const bytes = Buffer.alloc(layout.subAuthorities + 4 * parts.length);
  bytes.writeUInt8(1, layout.revision);
  bytes.writeUInt8(parts.length, layout.subAuthorityCount);
  bytes.writeUIntBE(authority, layout.identifierAuthority, 6);
  parts.forEach((part, index) => {
    bytes.writeUInt32LE(part, layout.subAuthorities + 4 * index);
  });
  return bytes;
}

/**
 * The SID of a service by its name, as `NT SERVICE\<name>` has it: `S-1-5-80-` and the five little-endian
 * words of the SHA-1 of the name in upper case and UTF-16LE (measured on TrustedInstaller and others).
 */
export function serviceSid(name: string): string {
  const digest = createHash('sha1').update(Buffer.from(name.toUpperCase(), 'utf16le')).digest();
  return ['S-1-5-80', ...[0, 4, 8, 12, 16].map((at) => digest.readUInt32LE(at))].join('-');
}

function hex48(value: number): string {
  return value.toString(16).padStart(12, '0');
}
