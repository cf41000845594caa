import { conditionToSddl } from './condition-write.ts';
import { type Ace, type Acl, aceForms, type SecurityDescriptor, type TrusteeAce } from './descriptor.ts';
import { encodeTrusteeBody } from './encode.ts';
import { attributeToSddl } from './resource-attribute.ts';
import {
  aceFlagWords,
  aclFlagWords,
  labelWords,
  maskWords,
  nullAclWord,
  rightWords,
  wordOfSid,
} from './sddl-words.ts';

/**
 * A descriptor in Windows' Security Descriptor Definition Language (MS-DTYP 2.5.1): `O:SYG:SYD:PAI(A;;FA;;;BA)`.
 *
 * Accounts of a machine or a domain are written as whole SIDs. An entry that the language cannot hold
 * (an unknown type, a flag without a word, a condition or attribute in an uncommon encoding) is written as
 * `(0x15;0x2;#0011...)`: type, flags and the bytes after its header in hexadecimal; `parseSddl` reads that,
 * Windows does not. The bits "defaulted" and "resource manager" have no place in the language.
 */
export function toSddl(descriptor: SecurityDescriptor): string {
  const { owner, group, dacl, sacl, control } = descriptor;
  return [
    owner === undefined ? '' : `O:${sidText(owner)}`,
    group === undefined ? '' : `G:${sidText(group)}`,
    aclText('D', dacl, control),
    aclText('S', sacl, control),
  ].join('');
}

/** A SID as SDDL writes it: by its word where there is one. */
export function sidText(sid: string): string {
  return wordOfSid.get(sid) ?? sid;
}

function aclText(letter: 'D' | 'S', acl: Acl | 'null' | 'absent', control: number): string {
  if (acl === 'absent') return '';
  const flags = aclFlagWords[letter].map(([word, bit]) => (control & bit ? word : '')).join('');
  return `${letter}:${flags}${acl === 'null' ? nullAclWord : acl.aces.map(aceText).join('')}`;
}

function aceText(ace: Ace): string {
  const flags = wordsFor(ace.flags, aceFlagWords);
  const form = aceForms.get(ace.type);
  if (ace.kind === 'unknown' || !form || flags === undefined) return rawText(ace);
  const tail = tailText(ace);
  if (tail === undefined) return rawText(ace);
  const { type, inheritedType } = ace.object ?? {};
  const fields = [
    form.sddl,
    flags,
    maskText(ace),
    type ?? '',
    inheritedType ?? '',
    sidText(ace.sid),
    ...tail,
  ];
  return `(${fields.join(';')})`;
}

/** The fields after the SID: none, the condition or the attribute; undefined where the bytes have no words. */
function tailText({ kind, callback, data }: TrusteeAce): string[] | undefined {
  if (data.length === 0) return [];
  const text = callback
    ? conditionToSddl(data)
    : kind === 'resource-attribute'
      ? attributeToSddl(data)
      : undefined;
  return text === undefined ? undefined : [`(${text})`];
}

function maskText({ mask, kind }: TrusteeAce): string {
  if (mask === 0) return '';
  if (kind === 'mandatory-label') return wordsFor(mask, labelWords) ?? hex(mask);
  const whole = maskWords.find(([, value]) => value === mask);
  return whole ? whole[0] : (wordsFor(mask, rightWords) ?? hex(mask));
}

/** The words of all bits set, or nothing where a bit has none. */
function wordsFor(bits: number, words: readonly (readonly [string, number])[]): string | undefined {
  const used = words.filter(([, bit]) => (bits & bit) !== 0);
  const covered = used.reduce((sum, [, bit]) => sum | bit, 0);
  return (bits & ~covered) === 0 ? used.map(([word]) => word).join('') : undefined;
}

function rawText(ace: Ace): string {
  const body = ace.kind === 'unknown' ? ace.body : encodeTrusteeBody(ace);
  return `(${hex(ace.type)};${hex(ace.flags)};#${body.toString('hex')})`;
}

function hex(value: number): string {
  return `0x${value.toString(16)}`;
}
