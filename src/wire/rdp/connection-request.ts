import { malformed } from '../errors.ts';
import { makeNegotiationRequest, negotiationDataSize, readNegotiationData } from './negotiation-data.ts';
import { makeConnectionRequestTpdu, readTpdu } from './x224.ts';

export interface ConnectionRequest {
  /** requestedProtocols; undefined for a request without negotiation data, as clients before RDP 5.2 send it. */
  readonly requested: number | undefined;
  /** The name in `Cookie: mstshash=`; none where undefined. */
  readonly cookie?: string;
}

/** A Connection Request as a client sent it. */
export interface ReceivedConnectionRequest {
  readonly requested: number | undefined;
  /** Of RDP_NEG_REQ; 0 where there is none. */
  readonly flags: number;
  readonly cookie: string | undefined;
  /** The line in the cookie's place that is not one: `Cookie: msts=...` and the like. */
  readonly routingToken: string | undefined;
  /** RDP_NEG_CORRELATION_INFO, as it came. */
  readonly correlationInfo: Uint8Array | undefined;
}

const cookiePrefix = 'Cookie: mstshash=';
const correlationInfoPresent = 0x08;
/** MS-RDPBCGR 2.2.1.1.2 */
const correlationInfoSize = 36;
/** What the length indicator, at most 254, leaves for the name: less 6, the prefix, the line's end and 8. */
const longestCookie = 254 - 6 - cookiePrefix.length - 2 - negotiationDataSize;

/**
 * A Connection Request with its TPKT header. Throws `RangeError` for a cookie that would not stay one line of
 * printable ASCII within the TPDU. Source: MS-RDPBCGR 2.2.1.1.
 */
export function makeConnectionRequest(request: ConnectionRequest): Buffer {
  const parts: Buffer[] = [];
  if (request.cookie !== undefined) parts.push(cookieLine(request.cookie));
  if (request.requested !== undefined) parts.push(makeNegotiationRequest(request.requested));
  return makeConnectionRequestTpdu(Buffer.concat(parts));
}

function cookieLine(cookie: string): Buffer {
  if (cookie.length > longestCookie || !/^[\x20-\x7e]*$/.test(cookie)) {
    throw new RangeError(`a cookie is at most ${longestCookie} characters of printable ASCII`);
  }
  return Buffer.from(`${cookiePrefix}${cookie}\r\n`, 'latin1');
}

/** Reads the Connection Request that a whole TPKT packet is. Throws `WireError`. Source: MS-RDPBCGR 2.2.1.1. */
export function readConnectionRequest(packet: Uint8Array): ReceivedConnectionRequest {
  const tpdu = readTpdu(packet);
  if (tpdu.kind !== 'connection-request') throw malformed(`an X.224 ${tpdu.kind} TPDU`);
  const { line, rest } = takeLine(Buffer.from(tpdu.variable));
  const cookie = line?.startsWith(cookiePrefix) ? line.slice(cookiePrefix.length) : undefined;
  return { cookie, routingToken: cookie === undefined ? line : undefined, ...readNegotiation(rest) };
}

function takeLine(variable: Buffer): { line: string | undefined; rest: Buffer } {
  const end = variable.indexOf('\r\n');
  if (end < 0) return { line: undefined, rest: variable };
  return { line: variable.toString('latin1', 0, end), rest: variable.subarray(end + 2) };
}

function readNegotiation(
  rest: Buffer,
): Pick<ReceivedConnectionRequest, 'requested' | 'flags' | 'correlationInfo'> {
  if (rest.length === 0) return { requested: undefined, flags: 0, correlationInfo: undefined };
  const data = rest.subarray(0, negotiationDataSize);
  const { type, flags, value } = readNegotiationData(data);
  if (type !== 1) throw malformed('negotiation data of a server in a Connection Request');
  const more = rest.subarray(negotiationDataSize);
  const expected = (flags & correlationInfoPresent) === 0 ? 0 : correlationInfoSize;
  if (more.length !== expected) {
    throw malformed(`${more.length} bytes after RDP_NEG_REQ, where there are ${expected}`);
  }
  return { requested: value, flags, correlationInfo: expected > 0 ? more : undefined };
}
