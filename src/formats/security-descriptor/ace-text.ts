import { damaged } from '../errors.ts';
import { encodeGuid, guidLE } from '../guid.ts';
import { conditionFromSddl } from './condition-read.ts';
import { type Ace, aceForms, type TrusteeAce } from './descriptor.ts';
import { readAce } from './read.ts';
import { attributeFromSddl } from './resource-attribute.ts';
import { aceFlagWords, labelWords, maskWords, rightWords } from './sddl-words.ts';
import { readSidText } from './sid-text.ts';

const typeOfWord = new Map([...aceForms].map(([type, form]) => [form.sddl, type]));

/** An entry of SDDL, without its parentheses. Throws `FormatError` (damaged). */
export function readAceText(text: string): Ace {
  const fields = splitFields(text);
  const typeWord = (fields[0] ?? '').toUpperCase();
  if (typeWord.startsWith('0X')) return readRawAce(fields, text);
  const type = typeOfWord.get(typeWord);
  const form = type === undefined ? undefined : aceForms.get(type);
  if (type === undefined || !form) throw bad(text, `has an unknown type '${typeWord.slice(0, 10)}'`);
  if (fields.length < 6 || fields.length > 7) throw bad(text, `has ${fields.length} fields`);
  const [, flags = '', mask = '', objectType = '', inheritedType = '', sid = '', tail] = fields;
  if (!form.object && (objectType !== '' || inheritedType !== '')) throw bad(text, 'has an object type');
  return {
    kind: form.kind,
    type,
    flags: readWords(flags, aceFlagWords, text),
    mask: readMask(mask, form.kind === 'mandatory-label' ? labelWords : [...maskWords, ...rightWords], text),
    sid: readSidText(sid),
    callback: form.callback === true,
    ...(form.object && { object: { type: guidOf(objectType), inheritedType: guidOf(inheritedType) } }),
    data: readTail(tail, form, text),
  };
}

/** The fields between semicolons; those in quotes or parentheses do not separate. */
function splitFields(text: string): string[] {
  const fields = [''];
  let depth = 0;
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    if (!quoted && character === '(') depth++;
    if (!quoted && character === ')') depth--;
    if (character === ';' && depth === 0 && !quoted) fields.push('');
    else fields[fields.length - 1] += character;
  }
  return fields.map((field) => field.trim());
}

function readTail(
  tail: string | undefined,
  form: Pick<TrusteeAce, 'kind'> & { callback?: true },
  text: string,
): Buffer {
  if (tail === undefined) return Buffer.alloc(0);
  const inner = /^\(([\s\S]*)\)$/.exec(tail)?.[1];
  if (inner === undefined) throw bad(text, 'ends in something that is not in parentheses');
  if (form.callback) return conditionFromSddl(inner);
  if (form.kind === 'resource-attribute') return attributeFromSddl(inner);
  throw bad(text, 'has a condition that its type does not take');
}

/** `0x15;0x2;#0011`: what `toSddl` writes where the language has no words. */
function readRawAce([type = '', flags = '', body = '', ...rest]: string[], text: string): Ace {
  const bytes = Buffer.from(body.slice(1), 'hex');
  if (rest.length > 0 || !body.startsWith('#') || bytes.length * 2 !== body.length - 1) {
    throw bad(text, 'is no entry in hexadecimal');
  }
  const entry = Buffer.concat([Buffer.alloc(4), bytes]);
  entry.writeUInt8(byteOf(type, text), 0);
  entry.writeUInt8(byteOf(flags, text), 1);
  return readAce(entry, 'SDDL entry in hexadecimal');
}

function byteOf(word: string, text: string): number {
  if (!/^0x[0-9a-f]{1,2}$/i.test(word)) throw bad(text, `has '${word.slice(0, 10)}' for a byte`);
  return Number(word);
}

/** A mask as a number (hexadecimal, octal with a leading 0, or decimal) or as words one after another. */
function readMask(mask: string, words: readonly (readonly [string, number])[], text: string): number {
  if (!/^\d/.test(mask)) return readWords(mask, words, text);
  const value = /^0[0-7]+$/.test(mask)
    ? Number.parseInt(mask, 8)
    : /^(0x[0-9a-f]+|\d+)$/i.test(mask)
      ? Number(mask)
      : -1;
  if (value < 0 || value > 0xffff_ffff) throw bad(text, `has a mask of '${mask.slice(0, 20)}'`);
  return value;
}

/** The bits of words of two letters. */
function readWords(letters: string, words: readonly (readonly [string, number])[], text: string): number {
  let bits = 0;
  for (let at = 0; at < letters.length; at += 2) {
    const letter = letters.slice(at, at + 2).toUpperCase();
    const word = words.find(([candidate]) => candidate === letter);
    if (!word) throw bad(text, `has an unknown word '${letter}'`);
    bits |= word[1];
  }
  return bits >>> 0;
}

function guidOf(text: string): string | undefined {
  return text === '' ? undefined : guidLE(encodeGuid(text), 0);
}

function bad(text: string, why: string) {
  return damaged(`the SDDL's entry '(${text.slice(0, 80)})' ${why}`);
}
