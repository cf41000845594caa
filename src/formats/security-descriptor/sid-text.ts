import { damaged, FormatError } from '../errors.ts';
import { relativeSidWords, sidOfWord } from './sddl-words.ts';
import { encodeSid, readSid } from './sid.ts';

/**
 * A SID as SDDL has it, by its word or as `S-1-...`, in the form that `readSid` gives. Throws `FormatError`
 * (unsupported) for the words of accounts of a machine or domain, (damaged) for anything else.
 */
export function readSidText(text: string): string {
  const word = text.trim().toUpperCase();
  const known = sidOfWord.get(word);
  if (known !== undefined) return known;
  if (relativeSidWords.includes(word)) {
    throw new FormatError('unsupported', `the SDDL's ${word} depends on a machine's or domain's own SID`);
  }
  if (!word.startsWith('S-')) throw damaged(`the SDDL's '${text.slice(0, 80)}' is no SID`);
  return readSid(encodeSid(word), 0).sid;
}
