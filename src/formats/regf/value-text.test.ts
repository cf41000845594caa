import { describe, expect, it } from 'vitest';
import { registryType, typeName } from './registry-type.ts';
import type { Value } from './value.ts';
import { decodeNumber, decodeString, decodeStrings } from './value-text.ts';

function value(type: number, data: Buffer | string): Value {
  const bytes = typeof data === 'string' ? Buffer.from(data, 'utf16le') : data;
  return { name: 'v', type, typeName: typeName(type), size: bytes.length, data: () => bytes };
}

const { dword, dwordBigEndian, qword, sz, expandSz, link, multiSz, binary } = registryType;

describe('decodeNumber', () => {
  it.each([
    [dword, '01000000', 1],
    [dword, 'ffffffff', 0xffff_ffff],
    [dwordBigEndian, '00000d3d', 3389],
    [qword, 'ffffffffffffffff', 0xffff_ffff_ffff_ffffn],
    [dword, '01', undefined],
    [dword, '0100000000', undefined],
    [qword, '01000000', undefined],
    [binary, '01000000', undefined],
  ])('type %i, %s -> %s', (type, hex, number) => {
    expect(decodeNumber(value(type, Buffer.from(hex, 'hex')))).toBe(number);
  });
});

describe('decodeString', () => {
  it.each([
    [sz, 'abc\0', 'abc'],
    [sz, 'abc', 'abc'],
    [sz, '', ''],
    [sz, '\0leftover', ''],
    [expandSz, '%SystemRoot%\0\0', '%SystemRoot%'],
    [link, '\\REGISTRY\\MACHINE', '\\REGISTRY\\MACHINE'],
    [multiSz, 'abc\0\0', undefined],
    [binary, 'abc', undefined],
  ])('type %i, %j -> %j', (type, text, decoded) => {
    expect(decodeString(value(type, text))).toBe(decoded);
  });

  it('leaves out an odd last byte', () => {
    expect(decodeString(value(sz, Buffer.from('410042', 'hex')))).toBe('A');
  });
});

describe('text longer than any real one', () => {
  const endless = (type: number) => ({
    ...value(type, ''),
    size: 16 * 2 ** 20 + 1,
    data: () => expect.fail('read'),
  });

  it('is not even read', () => {
    const message = "text of value 'v' is said to be 16777217 bytes, more than any real one";
    expect(() => decodeString(endless(sz))).toThrow(message);
    expect(() => decodeStrings(endless(multiSz))).toThrow(message);
  });

  it('has strings without number', () => {
    const most = decodeStrings(value(multiSz, `${'a\0'.repeat(100_000)}\0`));
    expect(most).toHaveLength(100_000);
    expect(() => decodeStrings(value(multiSz, 'a\0'.repeat(100_001)))).toThrow(
      "value 'v' has more than 100000 strings",
    );
  });
});

describe('decodeStrings', () => {
  it.each([
    [multiSz, 'a\0bc\0\0', ['a', 'bc']],
    [multiSz, 'a\0bc\0', ['a', 'bc']],
    [multiSz, 'a\0bc', ['a', 'bc']],
    [multiSz, '\0', []],
    [multiSz, '', []],
    [multiSz, 'a\0\0leftover\0\0', ['a']],
    [sz, 'a\0', undefined],
  ])('type %i, %j -> %j', (type, text, decoded) => {
    expect(decodeStrings(value(type, text))).toEqual(decoded);
  });
});
