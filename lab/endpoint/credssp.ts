import type { Behaviour, Connection } from './connection.ts';
import { element, enumerated, integer, octets, sequence, status, tagged } from './der.ts';
import { type Identity, ntlmChallenge } from './ntlm.ts';

/** TSRequest (MS-CSSP 2.2.1): version [0], negoTokens [1], errorCode [4]. */
export function tsRequest(
  version: number,
  content: { readonly token?: Buffer; readonly status?: number },
): Buffer {
  const parts = [tagged(0, integer(version))];
  if (content.token) parts.push(tagged(1, sequence(sequence(tagged(0, octets(content.token))))));
  if (content.status !== undefined) parts.push(tagged(4, status(content.status)));
  return sequence(...parts);
}

/** NegTokenResp (RFC 4178, 4.2.2): accept-incomplete, NTLM's identifier 1.3.6.1.4.1.311.2.2.10, the token. */
function spnegoAnswer(token: Buffer): Buffer {
  const ntlm = Buffer.from([0x2b, 6, 1, 4, 1, 0x82, 0x37, 2, 2, 0x0a]);
  return tagged(
    1,
    sequence(tagged(0, enumerated(1)), tagged(1, element(0x06, ntlm)), tagged(2, octets(token))),
  );
}

/** NegTokenResp that says `reject` and nothing more. */
export const spnegoRejection: Buffer = tagged(1, sequence(tagged(0, enumerated(2))));

/** What a client's TSRequest carries. */
interface ClientMessage {
  readonly bytes: Buffer;
  /** 1 NEGOTIATE, 3 AUTHENTICATE; undefined where there is no NTLM in it. */
  readonly messageType: number | undefined;
  /** Whether the NTLM is in SPNEGO rather than raw. */
  readonly spnego: boolean;
}

/** SPNEGO's identifier 1.3.6.1.5.5.2, with which a NegTokenInit begins. */
const spnegoIdentifier = Buffer.from([0x06, 0x06, 0x2b, 6, 1, 5, 5, 2]);

export async function readTsRequest(connection: Connection): Promise<ClientMessage> {
  const bytes = await readElement(connection);
  const ntlm = bytes.indexOf('NTLMSSP\0', 0, 'latin1');
  return {
    bytes,
    messageType: ntlm < 0 || ntlm + 12 > bytes.length ? undefined : bytes.readUInt32LE(ntlm + 8),
    spnego: bytes.includes(spnegoIdentifier),
  };
}

async function readElement(connection: Connection): Promise<Buffer> {
  const [, first = 0] = await connection.peek(2);
  if (first < 0x80) return connection.read(2 + first);
  const lengthBytes = first & 0x7f;
  const header = await connection.peek(2 + lengthBytes);
  return connection.read(2 + lengthBytes + header.readUIntBE(2, lengthBytes));
}

/** STATUS_LOGON_FAILURE (MS-ERREF 2.3.1). */
const logonFailure = 0xc000006d;

/**
 * CredSSP up to the CHALLENGE, as Windows does it: raw NTLM is answered raw, SPNEGO in SPNEGO. Whoever sends an AUTHENTICATE
 * is counted and turned away.
 */
export function credssp(version: number, identity: Identity): Behaviour {
  return answerNegotiate(({ spnego }) => {
    const challenge = ntlmChallenge(identity);
    return tsRequest(version, { token: spnego ? spnegoAnswer(challenge) : challenge });
  }, version);
}

/** CredSSP that answers a NEGOTIATE with whatever `answer` makes. */
export function answerNegotiate(answer: (message: ClientMessage) => Buffer, version = 6): Behaviour {
  return async (connection) => {
    const message = await readTsRequest(connection);
    await connection.write(answer(message));
    const next = await readTsRequest(connection);
    if (next.messageType === 3) connection.tally.signIns += 1;
    if (version >= 3) await connection.write(tsRequest(version, { status: logonFailure }));
  };
}
