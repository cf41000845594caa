import { type Dialogue, type Ending, type Inbox, receive, type Taken } from '../dialogue.ts';
import { WireError } from '../errors.ts';
import { type Confirmation, longestConnectionConfirm, readConnectionConfirm } from './connection-confirm.ts';
import { type ConnectionRequest, makeConnectionRequest } from './connection-request.ts';
import { evidence } from './evidence.ts';
import { hexByte } from './hex.ts';
import { recogniseService, type Service } from './service.ts';
import { takeTpkt, tpktVersion } from './tpkt.ts';

/** What an endpoint makes of a Connection Request. `bytes` is what came, as it came: its first 64 bytes. */
export type Negotiation = { readonly bytes: Uint8Array } & (
  | Confirmation
  /** Not RDP; `service` is what it looks like. */
  | { readonly kind: 'not-rdp'; readonly service: Service | undefined; readonly detail: string }
  | { readonly kind: 'ended'; readonly ending: Ending }
);

/** No answer needs more than this to be told: a Connection Confirm has 259 bytes at most, a line of text 512. */
const mostBytes = 512;

/**
 * Sends a Connection Request and reads what comes in answer. A TPKT packet is waited for until it is whole; bytes that
 * are none only until the service is told. Never throws for what comes; bytes after a Connection Confirm stay in the
 * inbox. `RangeError` for a cookie that cannot be sent.
 */
export function* negotiate(inbox: Inbox, request: ConnectionRequest): Dialogue<Negotiation> {
  try {
    const received = yield* receive(
      inbox,
      makeConnectionRequest(request),
      (bytes) => takeAnswer(bytes, inbox.ending !== undefined),
      mostBytes,
    );
    if (received.kind === 'whole') return received.value;
    return { kind: 'ended', ending: received.ending, bytes: evidence(inbox.bytes) };
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    return { kind: 'not-rdp', service: undefined, detail: error.message, bytes: evidence(inbox.bytes) };
  }
}

function takeAnswer(bytes: Uint8Array, isAll: boolean): Taken<Negotiation> | undefined {
  const [first = 0] = bytes;
  if (first !== tpktVersion) return takeOtherService(bytes, isAll);
  const packet = takeTpkt(bytes, longestConnectionConfirm);
  if (!packet) return undefined;
  const confirmation = readConnectionConfirm(packet.value);
  return { value: { ...confirmation, bytes: evidence(packet.value) }, length: packet.length };
}

function takeOtherService(bytes: Uint8Array, isAll: boolean): Taken<Negotiation> | undefined {
  const service = recogniseService(bytes, isAll);
  if (service === undefined) return undefined;
  const detail = `first byte ${hexByte(bytes[0] ?? 0)}, where TPKT has 0x03`;
  const named = service === 'none' ? undefined : service;
  return { value: { kind: 'not-rdp', service: named, detail, bytes: evidence(bytes) }, length: 0 };
}
