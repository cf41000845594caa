import { FormatError } from '../errors.ts';
import {
  attributePrefixes,
  base,
  conditionSignature,
  deepestCondition,
  encodeName,
  infixOperators,
  logical,
  prefixOperators,
  sign,
  token,
} from './condition.ts';
import { conditionFromSddl } from './condition-read.ts';
import { wordOfSid } from './sddl-words.ts';
import { readSid } from './sid.ts';

/** How strongly a part of a condition holds together: what decides where parentheses are needed. */
const strength = { or: 1, and: 2, comparison: 3, operand: 4 } as const;

interface Part {
  readonly text: string;
  readonly strength: number;
  /** How deep it nests. */
  readonly depth: number;
}

/**
 * The bytes of a condition (MS-DTYP 2.4.4.17) as SDDL's text without its outer parentheses. Undefined where
 * the text would not lead back to the same bytes: the bytes are no condition, or one that Windows would
 * encode otherwise.
 */
export function conditionToSddl(bytes: Buffer): string | undefined {
  const text = postfixToText(bytes);
  if (text === undefined) return undefined;
  try {
    return conditionFromSddl(text).equals(bytes) ? text : undefined;
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

function postfixToText(bytes: Buffer): string | undefined {
  if (!bytes.subarray(0, 4).equals(conditionSignature)) return undefined;
  const stack: Part[] = [];
  let at = conditionSignature.length;
  while (at < bytes.length && bytes[at] !== token.padding) {
    const operand = readOperand(bytes, at);
    const part = operand
      ? { ...operand, strength: strength.operand, depth: 0 }
      : applied(bytes[at] ?? 0, stack);
    if (!part || part.depth > deepestCondition) return undefined;
    stack.push(part);
    at = operand ? operand.end : at + 1;
  }
  return stack.length === 1 ? stack[0]?.text : undefined;
}

/** What an operator makes of the parts on the stack; undefined where they are too few or it is unknown. */
function applied(operator: number, stack: Part[]): Part | undefined {
  const prefix = prefixOperators.get(operator);
  const infix = infixOperators.get(operator);
  const right = stack.pop();
  if (!right) return undefined;
  const depth = right.depth + 1;
  if (prefix) return { text: `${prefix} ${right.text}`, strength: strength.comparison, depth };
  if (operator === logical.not) return { text: `!(${right.text})`, strength: strength.comparison, depth };
  const left = stack.pop();
  if (!left) return undefined;
  const deeper = Math.max(left.depth + 1, depth);
  if (infix)
    return { text: `${left.text} ${infix} ${right.text}`, strength: strength.comparison, depth: deeper };
  const own = operator === logical.and ? strength.and : operator === logical.or ? strength.or : undefined;
  if (!own) return undefined;
  const sides = [within(left, own), within(right, own + 1)];
  return { text: sides.join(own === strength.and ? ' && ' : ' || '), strength: own, depth: deeper };
}

function within(part: Part, least: number): string {
  return part.strength < least ? `(${part.text})` : part.text;
}

interface Operand {
  readonly text: string;
  readonly end: number;
}

/** The attribute or literal at an offset; undefined where there is none, or where it is cut short. */
function readOperand(bytes: Buffer, at: number): Operand | undefined {
  const kind = bytes[at] ?? 0;
  if (kind >= token.int8 && kind <= token.int64) return readInteger(bytes, at + 1);
  const prefix = attributePrefixes.get(kind);
  if (
    prefix === undefined &&
    ![token.string, token.octets, token.composite, token.sid].some((k) => k === kind)
  ) {
    return undefined;
  }
  const from = at + 5;
  if (from > bytes.length) return undefined;
  const end = from + bytes.readUInt32LE(at + 1);
  if (end > bytes.length) return undefined;
  const content = bytes.subarray(from, end);
  if (prefix !== undefined) return { text: prefix + encodeName(content.toString('utf16le')), end };
  const text = literalText(kind, content);
  return text === undefined ? undefined : { text, end };
}

function literalText(kind: number, content: Buffer): string | undefined {
  if (kind === token.string) return `"${content.toString('utf16le')}"`;
  if (kind === token.octets) return `#${content.toString('hex')}`;
  return kind === token.sid ? sidLiteral(content) : compositeText(content);
}

function sidLiteral(content: Buffer): string | undefined {
  try {
    const { sid } = readSid(content, 0);
    return `SID(${wordOfSid.get(sid) ?? sid})`;
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

/** The literals of a composite; there are no composites in one. */
function compositeText(content: Buffer): string | undefined {
  const texts: string[] = [];
  for (let at = 0; at < content.length; ) {
    const operand = content[at] === token.composite ? undefined : readOperand(content, at);
    if (!operand) return undefined;
    texts.push(operand.text);
    at = operand.end;
  }
  return `{${texts.join(', ')}}`;
}

function readInteger(bytes: Buffer, at: number): Operand | undefined {
  const end = at + 10;
  if (end > bytes.length) return undefined;
  const value = bytes.readBigInt64LE(at);
  const magnitude = value < 0n ? -value : value;
  const signs = bytes[at + 8] === sign.minus ? '-' : bytes[at + 8] === sign.plus ? '+' : '';
  return { text: signs + digits(magnitude, bytes[at + 9] ?? 0), end };
}

function digits(magnitude: bigint, numberBase: number): string {
  if (numberBase === base.octal) return `0${magnitude.toString(8)}`;
  return numberBase === base.hexadecimal ? `0x${magnitude.toString(16)}` : magnitude.toString();
}
