/** Distinguished encoding (X.690) of what a certificate needs, one function a type. */

/** A tag, the length, the content. */
export function element(tag: number, ...content: readonly Buffer[]): Buffer {
  const bytes = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag]), lengthOf(bytes.length), bytes]);
}

export function sequence(...content: readonly Buffer[]): Buffer {
  return element(0x30, ...content);
}

export function setOf(...content: readonly Buffer[]): Buffer {
  return element(0x31, ...content);
}

/** `[number]`, constructed: an explicit tag. */
export function tagged(number: number, ...content: readonly Buffer[]): Buffer {
  return element(0xa0 | number, ...content);
}

/** A positive integer from its big-endian bytes. */
export function integer(bytes: Buffer): Buffer {
  return element(0x02, (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
}

export function boolean(value: boolean): Buffer {
  return element(0x01, Buffer.from([value ? 0xff : 0]));
}

export function octets(content: Buffer): Buffer {
  return element(0x04, content);
}

/** A bit string; `unused` of the last byte's bits do not count. */
export function bits(content: Buffer, unused = 0): Buffer {
  return element(0x03, Buffer.from([unused]), content);
}

export function nothing(): Buffer {
  return element(0x05);
}

export function utf8(text: string): Buffer {
  return element(0x0c, Buffer.from(text, 'utf8'));
}

/** A dNSName of a GeneralName (RFC 5280, 4.2.1.6): `[2]` of IA5. */
export function dnsName(name: string): Buffer {
  return element(0x82, Buffer.from(name, 'latin1'));
}

/** An object identifier in dotted form. */
export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return element(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

/** A time to the second: UTCTime to 2049, GeneralizedTime from 2050 on (RFC 5280, 4.1.2.5). */
export function time(date: Date): Buffer {
  const digits = date.toISOString().replaceAll(/[-:T]|\..*/g, '');
  const general = date.getUTCFullYear() >= 2050 || date.getUTCFullYear() < 1950;
  return element(general ? 0x18 : 0x17, Buffer.from(`${general ? digits : digits.slice(2)}Z`, 'latin1'));
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const bytes = length < 0x100 ? [length] : [length >>> 8, length & 0xff];
  return Buffer.from([0x80 | bytes.length, ...bytes]);
}

function base128(arc: number): number[] {
  const groups = [arc & 0x7f];
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) {
    groups.unshift(0x80 | (rest & 0x7f));
  }
  return groups;
}
