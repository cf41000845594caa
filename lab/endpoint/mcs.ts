import type { Behaviour } from './connection.ts';
import { element, enumerated, integer, octets, sequence } from './der.ts';
import { dataTpdu, readTpkt, tpkt } from './rdp.ts';

/** What a server settles in MCS Connect. */
export interface McsLiteral {
  /** SC_CORE version: 0x00080004 for RDP 5 to 8.1. */
  readonly version: number;
  /** encryptionLevel: 0 none, 1 low, 2 client compatible, 3 high, 4 FIPS. 0 inside TLS. */
  readonly encryptionLevel: number;
  /** T.125 Result: 0 rt-successful. */
  readonly result?: number;
  /** Whether the answer has an SC_SECURITY block; so unless told. */
  readonly withSecurity?: boolean;
  /** What becomes of the whole answer before it leaves. */
  readonly spoil?: (response: Buffer) => Buffer;
}

/** Encryption methods, the one that a server prefers first (MS-RDPBCGR 2.2.1.4.3). */
const methodsByStrength = [0x02, 0x08, 0x01, 0x10];

/** An MCS Disconnect Provider Ultimatum, rn-provider-initiated, as xrdp sends it (T.125, 7). */
export const disconnectUltimatum = tpkt(dataTpdu(Buffer.from([0x21, 0x80])));

/** Answers an MCS Connect Initial, and says nothing more. A client with which it shares no method is left. */
export function mcsConnect(literal: McsLiteral): Behaviour {
  return async (connection) => {
    const asked = readClientBlocks(await readTpkt(connection));
    const method = literal.encryptionLevel === 0 ? 0 : methodsByStrength.find((one) => asked.methods & one);
    if (method === undefined) return;
    const response = connectResponse(literal, method, asked.channels);
    await connection.write(literal.spoil ? literal.spoil(response) : response);
    await connection.silence();
  };
}

interface ClientBlocks {
  /** encryptionMethods of CS_SECURITY. */
  readonly methods: number;
  /** channelCount of CS_NET. */
  readonly channels: number;
}

/** The blocks behind the H.221 key `Duca` and a length in PER, each with a type and its whole length. */
function readClientBlocks(connectInitial: Buffer): ClientBlocks {
  const key = connectInitial.indexOf('Duca', 0, 'latin1');
  const blocks = new Map<number, Buffer>();
  let at = key + 4 + ((connectInitial[key + 4] ?? 0) < 0x80 ? 1 : 2);
  while (key >= 0 && at + 4 <= connectInitial.length) {
    const length = Math.max(4, connectInitial.readUInt16LE(at + 2));
    blocks.set(connectInitial.readUInt16LE(at), connectInitial.subarray(at + 4, at + length));
    at += length;
  }
  return {
    methods: blocks.get(0xc002)?.readUInt32LE(0) ?? 0,
    channels: blocks.get(0xc003)?.readUInt32LE(0) ?? 0,
  };
}

/** MCS Connect Response (MS-RDPBCGR 2.2.1.4, T.125 7): APPLICATION 102. */
function connectResponse(literal: McsLiteral, method: number, channels: number): Buffer {
  const domainParameters = [34, 3, 0, 1, 0, 1, 65528, 2].map(integer);
  const content = Buffer.concat([
    enumerated(literal.result ?? 0),
    integer(0),
    sequence(...domainParameters),
    octets(conferenceCreateResponse(serverBlocks(literal, method, channels))),
  ]);
  return tpkt(dataTpdu(Buffer.concat([Buffer.from([0x7f]), element(0x66, content)])));
}

/**
 * GCC ConferenceCreateResponse in PER as the example of MS-RDPBCGR 4.1.4 has it: T.124's identifier, a connectPDU length that
 * is always 0x2a, node 31219, tag 1, success, and user data under the H.221 key `McDn`.
 */
function conferenceCreateResponse(userData: Buffer): Buffer {
  const header = Buffer.from('000500147c00012a14760a01010001c000', 'hex');
  return Buffer.concat([header, Buffer.from('McDn', 'latin1'), perLength(userData.length), userData]);
}

/** A length in aligned PER (X.691, 11.9): one byte below 128, else two with the highest bit set. */
function perLength(length: number): Buffer {
  return Buffer.from(length < 0x80 ? [length] : [0x80 | (length >> 8), length & 0xff]);
}

function serverBlocks(literal: McsLiteral, method: number, channels: number): Buffer {
  const core = block(0x0c01, numbers32(literal.version, 0, 0));
  const ids = Array.from({ length: channels + (channels & 1) }, (_, index) =>
    index < channels ? 1004 + index : 0,
  );
  const network = block(0x0c03, numbers16(1003, channels, ...ids));
  if (literal.withSecurity === false) return Buffer.concat([core, network]);
  return Buffer.concat([core, network, block(0x0c02, securityData(method, literal.encryptionLevel))]);
}

/** TS_UD_SC_SEC1 (MS-RDPBCGR 2.2.1.4.3): random and certificate only where there is encryption. */
function securityData(method: number, level: number): Buffer {
  if (method === 0) return numbers32(0, 0);
  const random = Buffer.alloc(32, 0x5a);
  const certificate = proprietaryCertificate();
  return Buffer.concat([numbers32(method, level, random.length, certificate.length), random, certificate]);
}

/**
 * PROPRIETARYSERVERCERTIFICATE (MS-RDPBCGR 2.2.1.4.3.1.1) of the right shape: a RSA key of 512 bits and a signature, both of
 * filler. No session can be keyed with it.
 */
function proprietaryCertificate(): Buffer {
  const filler = Buffer.concat([Buffer.alloc(64, 0xc3), Buffer.alloc(8)]);
  const publicKey = Buffer.concat([
    Buffer.from('RSA1', 'latin1'),
    numbers32(filler.length, 512, 63, 65537),
    filler,
  ]);
  return Buffer.concat([
    numbers32(1, 1, 1),
    numbers16(6, publicKey.length),
    publicKey,
    numbers16(8, filler.length),
    filler,
  ]);
}

function block(type: number, content: Buffer): Buffer {
  return Buffer.concat([numbers16(type, content.length + 4), content]);
}

function numbers16(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  values.forEach((value, index) => {
    bytes.writeUInt16LE(value, index * 2);
  });
  return bytes;
}

function numbers32(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => {
    bytes.writeUInt32LE(value, index * 4);
  });
  return bytes;
}
