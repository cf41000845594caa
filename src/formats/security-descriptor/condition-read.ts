import { damaged } from '../errors.ts';
import {
  attributePrefixes,
  base,
  conditionSignature,
  decodeName,
  deepestCondition,
  infixOperators,
  logical,
  prefixOperators,
  sign,
  token,
} from './condition.ts';
import { encodeSid } from './sid.ts';
import { readSidText } from './sid-text.ts';

const codeOf = (operators: ReadonlyMap<number, string>) =>
  new Map([...operators].map(([code, word]) => [word.toLowerCase(), code]));
const prefixCodes = codeOf(prefixOperators);
const infixCodes = codeOf(infixOperators);
const attributeCodes = [...codeOf(attributePrefixes)].filter(([prefix]) => prefix !== '');
const localAttribute = 0xf8;

// One word of a condition's text: a string, a SID, octets, punctuation or operator, or a name or number.
const wordPattern =
  /\s*("[^"]*"|SID\([^()]*\)|#[0-9a-f]*|&&|\|\||==|!=|<=|>=|[<>!(){},]|[^\s"(){},!=<>&|]+)/iy;

/**
 * The bytes of a condition from SDDL's text without its outer parentheses (MS-DTYP 2.5.1.1), padded to four
 * bytes as Windows does. Throws `FormatError` (damaged).
 */
export function conditionFromSddl(text: string): Buffer {
  const words = new Words(text);
  const parts = [conditionSignature, ...disjunction(words, 0)];
  if (words.peek() !== '') throw words.unexpected();
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat(parts, Math.ceil(length / 4) * 4);
}

/** The words of a condition, one after another. */
class Words {
  readonly #words: string[] = [];
  #at = 0;

  constructor(text: string) {
    wordPattern.lastIndex = 0;
    let match = wordPattern.exec(text);
    let end = 0;
    while (match) {
      this.#words.push(match[1] ?? '');
      end = wordPattern.lastIndex;
      match = wordPattern.exec(text);
    }
    if (text.slice(end).trim() !== '')
      throw damaged(`the SDDL's condition has '${text.slice(end, end + 20)}'`);
  }

  /** The next word, '' at the end. */
  peek(): string {
    return this.#words[this.#at] ?? '';
  }

  take(): string {
    if (this.peek() === '') throw this.unexpected();
    return this.#words[this.#at++] ?? '';
  }

  /** Takes the next word if it is this one. */
  takes(word: string): boolean {
    if (this.peek() !== word) return false;
    this.#at++;
    return true;
  }

  unexpected(): Error {
    return damaged(
      this.peek() === ''
        ? "the SDDL's condition ends too early"
        : `the SDDL's condition has '${this.peek().slice(0, 20)}' out of place`,
    );
  }
}

function disjunction(words: Words, depth: number): Buffer[] {
  if (depth > deepestCondition) throw damaged("the SDDL's condition nests too deep");
  const parts = conjunction(words, depth);
  while (words.takes('||')) parts.push(...conjunction(words, depth), byte(logical.or));
  return parts;
}

function conjunction(words: Words, depth: number): Buffer[] {
  const parts = term(words, depth);
  while (words.takes('&&')) parts.push(...term(words, depth), byte(logical.and));
  return parts;
}

function term(words: Words, depth: number): Buffer[] {
  if (words.takes('!')) {
    if (depth > deepestCondition) throw damaged("the SDDL's condition nests too deep");
    return [...term(words, depth + 1), byte(logical.not)];
  }
  if (words.takes('(')) {
    const inner = disjunction(words, depth + 1);
    if (!words.takes(')')) throw words.unexpected();
    return inner;
  }
  const prefix = prefixCodes.get(words.peek().toLowerCase());
  if (prefix !== undefined) {
    words.take();
    return [operand(words), byte(prefix)];
  }
  const left = operand(words);
  const infix = infixCodes.get(words.peek().toLowerCase());
  if (infix === undefined) return [left];
  words.take();
  return [left, operand(words), byte(infix)];
}

/** An attribute, a literal, or literals in braces. */
function operand(words: Words): Buffer {
  if (!words.takes('{')) return single(words);
  const literals: Buffer[] = [];
  while (!words.takes('}')) {
    if (literals.length > 0 && !words.takes(',')) throw words.unexpected();
    literals.push(single(words));
  }
  return lengthed(token.composite, Buffer.concat(literals));
}

function single(words: Words): Buffer {
  const word = words.peek();
  if (/^["#]/.test(word) || /^SID\(/i.test(word) || /^[+-]?\d/.test(word)) return literal(words.take());
  if (!/^[@A-Za-z%_]/.test(word)) throw words.unexpected();
  return attribute(words.take());
}

function literal(word: string): Buffer {
  if (word.startsWith('"')) return lengthed(token.string, Buffer.from(word.slice(1, -1), 'utf16le'));
  if (word.startsWith('#')) {
    if (word.length % 2 === 0) throw damaged(`the SDDL's condition has '${word.slice(0, 20)}' for octets`);
    return lengthed(token.octets, Buffer.from(word.slice(1), 'hex'));
  }
  if (/^SID/i.test(word)) return lengthed(token.sid, encodeSid(readSidText(word.slice(4, -1))));
  return integer(word);
}

function integer(word: string): Buffer {
  const match = /^([+-]?)(0x[0-9a-f]{1,16}|\d{1,22})$/i.exec(word);
  const digits = match?.[2] ?? '';
  const isOctal = /^0[0-7]+$/.test(digits);
  if (!match || (/^0\d/.test(digits) && !isOctal))
    throw damaged(`the SDDL's condition has '${word.slice(0, 20)}'`);
  const magnitude = BigInt(isOctal ? `0o${digits.slice(1)}` : digits);
  const value = match[1] === '-' ? -magnitude : magnitude;
  if (BigInt.asIntN(64, value) !== value) throw damaged(`the SDDL's condition has '${word}', beyond 64 bits`);
  const bytes = Buffer.alloc(11);
  bytes.writeUInt8(token.int64, 0);
  bytes.writeBigInt64LE(value, 1);
  bytes.writeUInt8(match[1] === '-' ? sign.minus : match[1] === '+' ? sign.plus : sign.none, 9);
  bytes.writeUInt8(isOctal ? base.octal : /^0x/i.test(digits) ? base.hexadecimal : base.decimal, 10);
  return bytes;
}

function attribute(word: string): Buffer {
  const lower = word.toLowerCase();
  const [prefix, code] = attributeCodes.find(([candidate]) => lower.startsWith(candidate)) ?? [
    '',
    localAttribute,
  ];
  const name = decodeName(word.slice(prefix.length));
  if (name === '' || (code === localAttribute && word.startsWith('@'))) {
    throw damaged(`the SDDL's condition has '${word.slice(0, 20)}' for an attribute`);
  }
  return lengthed(code, Buffer.from(name, 'utf16le'));
}

function lengthed(kind: number, content: Buffer): Buffer {
  const header = Buffer.alloc(5);
  header.writeUInt8(kind, 0);
  header.writeUInt32LE(content.length, 1);
  return Buffer.concat([header, content]);
}

function byte(value: number): Buffer {
  return Buffer.of(value);
}
