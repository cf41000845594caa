/** Distinguished encoding (X.690) of what CredSSP and MCS need. Lengths can be made to lie. */

/** A tag, the length and the content. */
export function element(tag: number, ...content: readonly Buffer[]): Buffer {
  const bytes = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag]), lengthOf(bytes.length), bytes]);
}

export function sequence(...content: readonly Buffer[]): Buffer {
  return element(0x30, ...content);
}

/** `[number]`, constructed. */
export function tagged(number: number, ...content: readonly Buffer[]): Buffer {
  return element(0xa0 | number, ...content);
}

export function octets(content: Buffer): Buffer {
  return element(0x04, content);
}

/** An INTEGER of as few bytes as it needs; unsigned up to 32 bits. */
export function integer(value: number): Buffer {
  const bytes = Buffer.alloc(5);
  bytes.writeUInt32BE(value, 1);
  let start = 0;
  while (start < 4 && bytes[start] === 0 && (bytes[start + 1] ?? 0) < 0x80) start += 1;
  return element(0x02, bytes.subarray(start));
}

/** A NTSTATUS as an INTEGER: a signed number of 32 bits. */
export function status(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return element(0x02, bytes);
}

export function enumerated(value: number): Buffer {
  return element(0x0a, Buffer.from([value]));
}

/** A length in its shortest form. */
export function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  if (length < 0x100) return Buffer.from([0x81, length]);
  return Buffer.from([0x82, length >> 8, length & 0xff]);
}
