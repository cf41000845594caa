import type { Behaviour, Connection } from './connection.ts';

/** requestedProtocols and selectedProtocol (MS-RDPBCGR 2.2.1.1.1). */
export const protocol = {
  standard: 0,
  tls: 1,
  hybrid: 2,
  rdstls: 4,
  hybridEx: 8,
  entra: 0x10,
} as const;

/** failureCode (MS-RDPBCGR 2.2.1.2.2). */
export const failure = {
  sslRequired: 1,
  sslNotAllowed: 2,
  sslCertNotOnServer: 3,
  inconsistentFlags: 4,
  hybridRequired: 5,
  sslWithUserAuthRequired: 6,
} as const;

/** What a server makes of the protocols asked for: a selection, a failure code, or bytes in place of a confirm. */
export type Choice =
  | { readonly selected: number }
  | { readonly failure: number }
  | { readonly instead: Buffer };

/** A TPKT packet (RFC 1006, 6): version 3, reserved, the length of the whole in two bytes, big-endian. */
export function tpkt(content: Buffer, length: number = content.length + 4): Buffer {
  return Buffer.concat([Buffer.from([3, 0, length >> 8, length & 0xff]), content]);
}

/** An X.224 Data TPDU (X.224, 13.7): length indicator 2, DT, end of transmission. */
export function dataTpdu(content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([2, 0xf0, 0x80]), content]);
}

/**
 * A Connection Confirm (MS-RDPBCGR 2.2.1.2 and 3.3.5.3.2): length indicator, CC, destination 0, source 0x1234, class 0,
 * and whatever follows.
 */
export function connectionConfirm(negotiation: Buffer = Buffer.alloc(0), lengthIndicator?: number): Buffer {
  const indicator = lengthIndicator ?? 6 + negotiation.length;
  return tpkt(Buffer.concat([Buffer.from([indicator, 0xd0, 0, 0, 0x12, 0x34, 0]), negotiation]));
}

/** RDP_NEG_RSP or RDP_NEG_FAILURE: type, flags, length 8 and a number of four bytes, little-endian. */
export function negotiationData(type: 'response' | 'failure', flags: number, value: number): Buffer {
  const data = Buffer.alloc(8);
  data.set([type === 'response' ? 2 : 3, flags, 8]);
  data.writeUInt32LE(value, 4);
  return data;
}

/** What goes over the wire for a choice. */
function answerTo(choice: Choice, flags: number): Buffer {
  if ('instead' in choice) return choice.instead;
  if ('failure' in choice) return connectionConfirm(negotiationData('failure', 0, choice.failure));
  return connectionConfirm(negotiationData('response', flags, choice.selected));
}

/** A TPKT packet without its header. Whatever does not begin with one is read to no end. */
export async function readTpkt(connection: Connection): Promise<Buffer> {
  const header = await connection.read(4);
  return connection.read(Math.max(0, header.readUInt16BE(2) - 4));
}

/** requestedProtocols of a Connection Request; undefined where it has no RDP_NEG_REQ. */
export async function readConnectionRequest(connection: Connection): Promise<number | undefined> {
  const request = await readTpkt(connection);
  const variable = request.subarray(7);
  const cookieEnd = variable.indexOf('\r\n');
  const negotiation = cookieEnd < 0 ? variable : variable.subarray(cookieEnd + 2);
  return negotiation.length >= 8 && negotiation[0] === 1 ? negotiation.readUInt32LE(4) : undefined;
}

/** EXTENDED_CLIENT_DATA, GFX, an unused one, restricted admin, remote credential guard: Windows 10 1607 and later. */
export const modernFlags = 0x1f;

/**
 * The front of an RDP server: reads a Connection Request, confirms what `choose` says, and goes on with what was selected;
 * after a failure the connection ends. A request without negotiation data gets a confirm without it, and standard security.
 */
export function rdpFront(
  choose: (requested: number) => Choice,
  afterwards: (connection: Connection, selected: number) => Promise<void>,
  flags: number = modernFlags,
): Behaviour {
  return async (connection) => {
    const requested = await readConnectionRequest(connection);
    if (requested === undefined) {
      await connection.write(connectionConfirm());
      return afterwards(connection, protocol.standard);
    }
    const choice = choose(requested);
    await connection.write(answerTo(choice, flags));
    if ('selected' in choice) await afterwards(connection, choice.selected);
  };
}
