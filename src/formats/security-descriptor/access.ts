import { type Ace, aceFlags, type SecurityDescriptor } from './descriptor.ts';
import { wellKnownSids } from './sid.ts';

/** Which specific rights the four generic ones stand for. */
export interface AccessMapping {
  readonly read: number;
  readonly write: number;
  readonly execute: number;
  readonly all: number;
}

/** The mappings of files (and folders) and of registry keys: winnt.h, FILE_GENERIC_READ, KEY_READ and so on. */
export const genericMappings: Readonly<Record<'file' | 'key', AccessMapping>> = {
  file: { read: 0x120089, write: 0x120116, execute: 0x1200a0, all: 0x1f01ff },
  key: { read: 0x20019, write: 0x20006, execute: 0x20019, all: 0xf003f },
};

const genericRead = 0x8000_0000;
const genericWrite = 0x4000_0000;
const genericExecute = 0x2000_0000;
const genericAll = 0x1000_0000;
const anyGeneric = 0xf000_0000;

const readControl = 0x2_0000;
const writeDac = 0x4_0000;

/**
 * Which of the rights in `mask` an access check would grant to a token that holds these SIDs, all enabled.
 * Generic rights, in the mask as in the entries, count as the specific ones that they stand for: the result
 * has no generic bit.
 *
 * The rules are those of MS-DTYP 2.5.3.2: entries in their order, and the first that speaks of a right
 * decides it; entries that are only inherited do not count; without a DACL, or with a null one, everything
 * is granted; the owner may always read and change the DACL unless an entry for OWNER RIGHTS is there.
 * A condition is not evaluated but taken as unknown, under which an entry that allows does nothing and one
 * that denies does its work; entries for a part of a directory object deny the whole and allow nothing.
 * Privileges (backup, taking ownership), integrity labels, trust labels and central policies are left out.
 */
export function grantedAccess(
  descriptor: SecurityDescriptor,
  sids: readonly string[],
  mask: number,
  mapping: keyof typeof genericMappings | AccessMapping = 'file',
): number {
  const map = typeof mapping === 'string' ? genericMappings[mapping] : mapping;
  const wanted = specific(mask, map);
  const { dacl } = descriptor;
  if (typeof dacl === 'string') return wanted;

  const effective = dacl.aces.filter((ace) => (ace.flags & aceFlags.inheritOnly) === 0);
  const token = new Set(sids);
  const owns = descriptor.owner !== undefined && token.has(descriptor.owner);
  if (owns) token.add(wellKnownSids.ownerRights);

  let granted = owns && !effective.some(isForOwnerRights) ? wanted & (readControl | writeDac) : 0;
  let denied = 0;
  for (const ace of effective) {
    if (ace.kind === 'unknown' || !token.has(ace.sid)) continue;
    const rights = specific(ace.mask, map) & wanted;
    if (allows(ace)) granted |= rights & ~denied;
    else if (ace.kind === 'deny') denied |= rights & ~granted;
  }
  return granted >>> 0;
}

function allows(ace: Ace): boolean {
  return ace.kind === 'allow' && !ace.callback && ace.object?.type === undefined;
}

function isForOwnerRights(ace: Ace): boolean {
  return (ace.kind === 'allow' || ace.kind === 'deny') && ace.sid === wellKnownSids.ownerRights;
}

/** A mask with its generic bits replaced by what they stand for. */
function specific(mask: number, map: AccessMapping): number {
  let rights = mask & ~anyGeneric;
  if (mask & genericRead) rights |= map.read;
  if (mask & genericWrite) rights |= map.write;
  if (mask & genericExecute) rights |= map.execute;
  if (mask & genericAll) rights |= map.all;
  return rights >>> 0;
}
