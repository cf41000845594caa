import { malformed } from '../errors.ts';
import { type Disconnection, readDisconnectUltimatum } from './disconnect-ultimatum.ts';
import { negotiationType, readNegotiationData } from './negotiation-data.ts';
import { readTpdu } from './x224.ts';

/** What a server answers to a Connection Request in the protocol's own terms. */
export type Confirmation =
  | { readonly kind: 'selected'; readonly selected: number; readonly flags: number }
  /** RDP_NEG_FAILURE with its code. */
  | { readonly kind: 'failed'; readonly code: number }
  /** A Connection Confirm without negotiation data: an old server. */
  | { readonly kind: 'no-data' }
  | Disconnection;

/** The longest Connection Confirm: TPKT header, length indicator, and the 254 bytes that it can count. */
export const longestConnectionConfirm: number = 4 + 1 + 254;

/**
 * Reads the whole TPKT packet that came in answer to a Connection Request. Flags of RDP_NEG_FAILURE are not judged:
 * xrdp sets them. Throws `WireError` where it is no answer. Source: MS-RDPBCGR 2.2.1.2.
 */
export function readConnectionConfirm(packet: Uint8Array): Confirmation {
  const tpdu = readTpdu(packet);
  switch (tpdu.kind) {
    case 'connection-confirm':
      return readNegotiation(tpdu.variable);
    case 'disconnect-request':
      return { kind: 'disconnected', reason: tpdu.reason, layer: 'X.224' };
    case 'data':
      return { kind: 'disconnected', reason: readDisconnectUltimatum(tpdu.userData) };
    default:
      throw malformed('a Connection Request in answer to one');
  }
}

function readNegotiation(variable: Uint8Array): Confirmation {
  if (variable.length === 0) return { kind: 'no-data' };
  const { type, flags, value } = readNegotiationData(variable);
  if (type === negotiationType.failure) return { kind: 'failed', code: value };
  if (type === negotiationType.response) return { kind: 'selected', selected: value, flags };
  throw malformed('RDP_NEG_REQ in a Connection Confirm');
}
