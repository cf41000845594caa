import type { Connection } from './connection.ts';

/** ContentType (RFC 8446, B.1). */
export const contentType = { alert: 21, handshake: 22, applicationData: 23 } as const;

/** HandshakeType (RFC 8446, B.3; RFC 5246, 7.4). */
export const handshakeType = {
  helloRequest: 0,
  serverHello: 2,
  certificate: 11,
  serverHelloDone: 14,
} as const;

/** ProtocolVersion. */
export const version = { ssl3: 0x0300, tls10: 0x0301, tls11: 0x0302, tls12: 0x0303 } as const;

/** A TLS record (RFC 5246, 6.2.1): type, version, length of what follows, which may lie. */
export function record(
  type: number,
  content: Buffer,
  options: { readonly version?: number; readonly length?: number } = {},
): Buffer {
  const header = Buffer.alloc(5);
  header.writeUInt8(type, 0);
  header.writeUInt16BE(options.version ?? version.tls12, 1);
  header.writeUInt16BE(options.length ?? content.length, 3);
  return Buffer.concat([header, content]);
}

/** An alert: level 1 warning, 2 fatal, and the description (RFC 5246, 7.2; RFC 8446, 6). */
export function alert(level: number, description: number): Buffer {
  return record(contentType.alert, Buffer.from([level, description]));
}

/** A handshake message (RFC 5246, 7.4): type, length in three bytes, which may lie, body. */
export function handshake(type: number, body: Buffer, length: number = body.length): Buffer {
  const header = Buffer.alloc(4);
  header.writeUIntBE(length, 1, 3);
  header.writeUInt8(type, 0);
  return Buffer.concat([header, body]);
}

/** ServerHello (RFC 5246, 7.4.1.3): version, random, no session, suite, no compression, extensions where told. */
export function serverHello(
  ofVersion: number,
  suite: number,
  extensions: Buffer = Buffer.alloc(0),
  random: Buffer = Buffer.alloc(32, 0x5a),
): Buffer {
  const body = Buffer.alloc(38);
  body.writeUInt16BE(ofVersion, 0);
  body.set(random, 2);
  body.writeUInt16BE(suite, 35);
  return handshake(handshakeType.serverHello, Buffer.concat([body, extensions]));
}

/** Certificate (RFC 5246, 7.4.2). `lies` replace the length of the list and of its first entry. */
export function certificateMessage(
  certificates: readonly Buffer[],
  lies: { readonly list?: number; readonly first?: number } = {},
): Buffer {
  const entries = certificates.map((der, index) =>
    Buffer.concat([length24(index === 0 ? (lies.first ?? der.length) : der.length), der]),
  );
  const list = Buffer.concat(entries);
  return handshake(handshakeType.certificate, Buffer.concat([length24(lies.list ?? list.length), list]));
}

export const serverHelloDone: Buffer = handshake(handshakeType.serverHelloDone, Buffer.alloc(0));

/** A record as it came. What does not look like one is read to no end. */
export async function readTlsRecord(connection: Connection): Promise<Buffer> {
  const header = await connection.peek(5);
  return connection.read(5 + header.readUInt16BE(3));
}

/** What of a ClientHello a hand-made server goes by. */
export interface OfferedHello {
  /** legacy_version: the highest one that a client without supported_versions has. */
  readonly version: number;
  readonly suites: readonly number[];
}

/** Reads a ClientHello that came in one record (RFC 5246, 7.4.1.2): version, random, session, suites. */
export async function readClientHello(connection: Connection): Promise<OfferedHello> {
  const hello = (await readTlsRecord(connection)).subarray(9);
  const suitesAt = 35 + hello.readUInt8(34);
  const suites = Array.from({ length: hello.readUInt16BE(suitesAt) / 2 }, (_, index) =>
    hello.readUInt16BE(suitesAt + 2 + index * 2),
  );
  return { version: hello.readUInt16BE(0), suites };
}

function length24(length: number): Buffer {
  const bytes = Buffer.alloc(3);
  bytes.writeUIntBE(length, 0, 3);
  return bytes;
}
