import { type Dialogue, type Ending, type Inbox, receive, type Taken } from '../dialogue.ts';
import { WireError } from '../errors.ts';
import { makeConnectInitial } from './connect-initial.ts';
import { readConnectResponse } from './connect-response.ts';
import type { Disconnection } from './disconnect-ultimatum.ts';
import { evidence } from './evidence.ts';
import { longestTpkt, takeTpkt } from './tpkt.ts';

/** What MCS Connect tells. `bytes` is what came, as it came: its first 64 bytes. */
export type ServerSettings = { readonly bytes: Uint8Array } & (
  | {
      readonly kind: 'connected';
      /** SC_CORE version: 0x00080004 is RDP 5 to 8. */
      readonly version: number;
      /** SC_SECURITY; undefined where it sent none. */
      readonly security: { readonly method: number; readonly level: number } | undefined;
    }
  /** MCS Connect Response with a result other than rt-successful. */
  | { readonly kind: 'refused'; readonly result: number }
  | Disconnection
  | { readonly kind: 'not-mcs'; readonly detail: string }
  | { readonly kind: 'ended'; readonly ending: Ending }
);

/**
 * After a Connection Confirm, and inside TLS where that was selected: sends MCS Connect Initial and reads the answer.
 * Nothing is to be sent after it: no domain is erected, no user attached. Never throws for what comes.
 */
export function* connectMcs(inbox: Inbox, selectedProtocol: number): Dialogue<ServerSettings> {
  try {
    const received = yield* receive(inbox, makeConnectInitial(selectedProtocol), takeAnswer, longestTpkt);
    if (received.kind === 'whole') return received.value;
    return { kind: 'ended', ending: received.ending, bytes: evidence(inbox.bytes) };
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    return { kind: 'not-mcs', detail: error.message, bytes: evidence(inbox.bytes) };
  }
}

function takeAnswer(received: Uint8Array): Taken<ServerSettings> | undefined {
  const packet = takeTpkt(received, longestTpkt);
  if (!packet) return undefined;
  const bytes = evidence(packet.value);
  const response = readConnectResponse(packet.value);
  if (response.kind !== 'connected') return { value: { ...response, bytes }, length: packet.length };
  const { version, security } = response.data;
  const settings = security && { method: security.method, level: security.level };
  return { value: { kind: 'connected', version, security: settings, bytes }, length: packet.length };
}
