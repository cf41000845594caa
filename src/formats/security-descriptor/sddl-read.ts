import { damaged } from '../errors.ts';
import { readAceText } from './ace-text.ts';
import { type Ace, type Acl, controlFlags, type SecurityDescriptor } from './descriptor.ts';
import { encodeSecurityDescriptor } from './encode.ts';
import { aclFlagWords, nullAclWord } from './sddl-words.ts';
import { readSidText } from './sid-text.ts';

const longestSddl = 1 << 20;
const objectRevision = 4;
const plainRevision = 2;

/**
 * A self-relative descriptor from SDDL (MS-DTYP 2.5.1), in Windows' own layout. Throws `FormatError`
 * (damaged) on anything that is not SDDL, and (unsupported) on the words for accounts of a machine or
 * domain, such as LA or DA.
 */
export function fromSddl(text: string): Buffer {
  return encodeSecurityDescriptor(parseSddl(text));
}

/** What `fromSddl` encodes. */
export function parseSddl(text: string): SecurityDescriptor {
  if (text.length > longestSddl) throw damaged(`the SDDL has ${text.length} characters`);
  const parts = splitParts(text.trim());
  const owner = parts.get('O');
  const group = parts.get('G');
  const dacl = parts.get('D');
  const sacl = parts.get('S');
  const readDacl = dacl === undefined ? undefined : readAclText('D', dacl);
  const readSacl = sacl === undefined ? undefined : readAclText('S', sacl);
  return {
    control:
      controlFlags.selfRelative |
      (readDacl ? controlFlags.daclPresent | readDacl.control : 0) |
      (readSacl ? controlFlags.saclPresent | readSacl.control : 0),
    resourceManagerControl: 0,
    owner: owner === undefined ? undefined : readSidText(owner),
    group: group === undefined ? undefined : readSidText(group),
    dacl: readDacl?.acl ?? 'absent',
    sacl: readSacl?.acl ?? 'absent',
  };
}

/** The text after each of `O:`, `G:`, `D:`, `S:`, which may come in any order and once each. */
function splitParts(text: string): Map<string, string> {
  const parts = new Map<string, string>();
  let letter = '';
  let from = 0;
  const close = (at: number) => {
    if (letter === '' && text.slice(from, at).trim() !== '')
      throw damaged(`the SDDL does not begin with a part`);
    if (letter !== '') parts.set(letter, text.slice(from, at).trim());
  };
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') at = closingParenthesis(text, at);
    else if (text[at + 1] === ':' && /[OGDS]/i.test(text[at] ?? '')) {
      close(at);
      letter = (text[at] ?? '').toUpperCase();
      if (parts.has(letter)) throw damaged(`the SDDL has two parts ${letter}:`);
      from = at + 2;
      at++;
    }
  }
  close(text.length);
  return parts;
}

/** Where the parenthesis opened at `open` closes; those in quotes do not count. */
function closingParenthesis(text: string, open: number): number {
  let depth = 0;
  let quoted = false;
  for (let at = open; at < text.length; at++) {
    const character = text[at];
    if (character === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (character === '(') depth++;
    else if (character === ')' && --depth === 0) return at;
  }
  throw damaged(`the SDDL's parenthesis at ${open} is not closed`);
}

function readAclText(letter: 'D' | 'S', text: string): { acl: Acl | 'null'; control: number } {
  const open = text.indexOf('(');
  let head = (open < 0 ? text : text.slice(0, open)).replace(/\s/g, '').toUpperCase();
  const isNull = head.endsWith(nullAclWord);
  if (isNull) head = head.slice(0, -nullAclWord.length);
  let control = 0;
  while (head !== '') {
    const word = aclFlagWords[letter].find(([candidate]) => head.startsWith(candidate));
    if (!word) throw damaged(`the SDDL's flags '${head.slice(0, 20)}' are none of ${letter}:`);
    control |= word[1];
    head = head.slice(word[0].length);
  }
  const aces = open < 0 ? [] : readAces(text.slice(open));
  if (isNull && aces.length > 0) throw damaged(`the SDDL's ${letter}: has both ${nullAclWord} and entries`);
  return { acl: isNull ? 'null' : { revision: revisionFor(aces), aces }, control };
}

function readAces(text: string): Ace[] {
  const aces: Ace[] = [];
  for (let at = 0; at < text.length; at++) {
    if (/\s/.test(text[at] ?? '')) continue;
    if (text[at] !== '(') throw damaged(`the SDDL has '${text.slice(at, at + 20)}' between entries`);
    const end = closingParenthesis(text, at);
    aces.push(readAceText(text.slice(at + 1, end)));
    at = end;
  }
  return aces;
}

/** Windows gives lists with object entries the revision of directory services. */
function revisionFor(aces: readonly Ace[]): number {
  return aces.some((ace) => ace.kind !== 'unknown' && ace.object) ? objectRevision : plainRevision;
}
