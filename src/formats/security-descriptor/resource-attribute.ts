import { damaged, FormatError } from '../errors.ts';
import { decodeName, encodeName } from './condition.ts';
import { wordOfSid } from './sddl-words.ts';
import { encodeSid, readSid } from './sid.ts';
import { readSidText } from './sid-text.ts';

// CLAIM_SECURITY_ATTRIBUTE_RELATIVE_V1: MS-DTYP 2.4.10.1. Offsets in it are from its own start.
const layout = {
  name: 0, // u32, offset of UTF-16LE with its closing NUL
  valueType: 4, // u16
  flags: 8, // u32
  valueCount: 12, // u32
  values: 16, // u32 each, offset of a value
} as const;

interface ValueForm {
  readonly word: string;
  /** The value at an offset as SDDL has it; undefined where it is cut short. */
  readonly read: (bytes: Buffer, at: number) => string | undefined;
  readonly encode: (text: string) => Buffer;
}

/** The types of values, with their words in SDDL. */
const valueForms: ReadonlyMap<number, ValueForm> = new Map([
  [0x01, { word: 'TI', read: readInt64, encode: encodeInt64 }],
  [0x02, { word: 'TU', read: readUInt64, encode: encodeUInt64 }],
  [0x03, { word: 'TS', read: readString, encode: encodeString }],
  [0x05, { word: 'TD', read: readSidValue, encode: encodeSidValue }],
  [0x06, { word: 'TB', read: readUInt64, encode: encodeUInt64 }],
  [0x10, { word: 'TX', read: readOctets, encode: encodeOctets }],
]);

/**
 * A resource attribute's bytes as SDDL's text without its parentheses: `"Project",TS,0x0,"Windows"`.
 * Undefined where the text would not lead back to the same bytes.
 */
export function attributeToSddl(bytes: Buffer): string | undefined {
  const text = attributeText(bytes);
  if (text === undefined) return undefined;
  try {
    return attributeFromSddl(text).equals(bytes) ? text : undefined;
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

function attributeText(bytes: Buffer): string | undefined {
  if (bytes.length < layout.values) return undefined;
  const form = valueForms.get(bytes.readUInt16LE(layout.valueType));
  const name = nulTerminated(bytes, bytes.readUInt32LE(layout.name));
  const count = bytes.readUInt32LE(layout.valueCount);
  if (!form || name === undefined || layout.values + 4 * count > bytes.length) return undefined;
  const values: string[] = [];
  let room = mostText(bytes);
  for (let index = 0; index < count; index++) {
    const value = form.read(bytes, bytes.readUInt32LE(layout.values + 4 * index));
    room -= value?.length ?? 0;
    if (value === undefined || room < 0) return undefined;
    values.push(value);
  }
  const flags = `0x${bytes.readUInt32LE(layout.flags).toString(16)}`;
  return [`"${encodeName(name)}"`, form.word, flags, ...values].join(',');
}

/**
 * More text than this leads to more bytes: a byte is at most three characters (a SID's parts in decimal) beside
 * what encloses a value, which has 4 bytes of offset. Offsets can name one long value over and over.
 */
function mostText(bytes: Buffer): number {
  return 4 * bytes.length + 64;
}

/** The bytes of a resource attribute from SDDL's text without its parentheses. Throws `FormatError` (damaged). */
export function attributeFromSddl(text: string): Buffer {
  const [name = '', word = '', flags = '', ...values] = (text.match(/"[^"]*"|[^,]+/g) ?? []).map((part) =>
    part.trim(),
  );
  const [type, form] = [...valueForms].find(([, candidate]) => candidate.word === word.toUpperCase()) ?? [];
  if (type === undefined || !form || !/^"[^"]+"$/.test(name) || !/^(0x[0-9a-f]{1,8}|\d{1,9})$/i.test(flags)) {
    throw damaged(`the SDDL's resource attribute '${text.slice(0, 80)}' is none`);
  }
  const parts = [
    encodeString(`"${decodeName(name.slice(1, -1))}"`),
    ...values.map((value) => form.encode(value)),
  ];
  const header = Buffer.alloc(layout.values + 4 * values.length);
  header.writeUInt16LE(type, layout.valueType);
  header.writeUInt32LE(Number(flags), layout.flags);
  header.writeUInt32LE(values.length, layout.valueCount);
  let at = header.length;
  const padded = parts.map((part, index) => {
    header.writeUInt32LE(at, index === 0 ? layout.name : layout.values + 4 * (index - 1));
    const aligned = Buffer.concat([part], Math.ceil(part.length / 4) * 4);
    at += aligned.length;
    return aligned;
  });
  return Buffer.concat([header, ...padded]);
}

function nulTerminated(bytes: Buffer, at: number): string | undefined {
  for (let end = at; end + 2 <= bytes.length; end += 2) {
    if (bytes.readUInt16LE(end) === 0) return bytes.toString('utf16le', at, end);
  }
  return undefined;
}

function readString(bytes: Buffer, at: number): string | undefined {
  const text = nulTerminated(bytes, at);
  return text === undefined ? undefined : `"${text}"`;
}

function encodeString(text: string): Buffer {
  if (!/^"[^"]*"$/.test(text)) throw badValue(text);
  return Buffer.from(`${text.slice(1, -1)}\0`, 'utf16le');
}

function readInt64(bytes: Buffer, at: number): string | undefined {
  return at + 8 <= bytes.length ? bytes.readBigInt64LE(at).toString() : undefined;
}

function encodeInt64(text: string): Buffer {
  return encode64(text, (value) => BigInt.asIntN(64, value));
}

function readUInt64(bytes: Buffer, at: number): string | undefined {
  return at + 8 <= bytes.length ? bytes.readBigUInt64LE(at).toString() : undefined;
}

function encodeUInt64(text: string): Buffer {
  return encode64(text, (value) => BigInt.asUintN(64, value));
}

function encode64(text: string, wrapped: (value: bigint) => bigint): Buffer {
  const match = /^([+-]?)(\d{1,20}|0x[0-9a-f]{1,16})$/i.exec(text);
  if (!match) throw badValue(text);
  const value = BigInt(match[2] ?? '') * (match[1] === '-' ? -1n : 1n);
  if (wrapped(value) !== value) throw badValue(text);
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt.asUintN(64, value));
  return bytes;
}

function readOctets(bytes: Buffer, at: number): string | undefined {
  const content = octetsAt(bytes, at);
  return content && `#${content.toString('hex')}`;
}

function encodeOctets(text: string): Buffer {
  if (!/^#([0-9a-f]{2})*$/i.test(text)) throw badValue(text);
  return withLength(Buffer.from(text.slice(1), 'hex'));
}

function readSidValue(bytes: Buffer, at: number): string | undefined {
  const content = octetsAt(bytes, at);
  if (!content) return undefined;
  try {
    const { sid } = readSid(content, 0);
    return `SID(${wordOfSid.get(sid) ?? sid})`;
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

function encodeSidValue(text: string): Buffer {
  const inner = /^SID\(([^()]*)\)$/i.exec(text)?.[1];
  if (inner === undefined) throw badValue(text);
  return withLength(encodeSid(readSidText(inner)));
}

/** A value of octets: its length (u32), then its bytes. */
function octetsAt(bytes: Buffer, at: number): Buffer | undefined {
  if (at + 4 > bytes.length) return undefined;
  const end = at + 4 + bytes.readUInt32LE(at);
  return end <= bytes.length ? bytes.subarray(at + 4, end) : undefined;
}

function withLength(content: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(content.length);
  return Buffer.concat([length, content]);
}

function badValue(text: string): FormatError {
  return damaged(`the SDDL's resource attribute has '${text.slice(0, 40)}' for a value`);
}
