import { malformed } from '../errors.ts';
import { hexByte } from './hex.ts';

/** An MCS Disconnect Provider Ultimatum, or with `layer` an X.224 Disconnect Request. */
export interface Disconnection {
  readonly kind: 'disconnected';
  readonly reason: number;
  /** Whose reasons they are, where it is not MCS. */
  readonly layer?: 'X.224';
}

/** T.125, section 7: the alternative of DomainMCSPDU, six bits in PER. */
const disconnectProviderUltimatum = 8;

/**
 * The reason in an MCS Disconnect Provider Ultimatum: three bits that follow the six of the choice. Throws `WireError`
 * for any other PDU. Source: MS-RDPBCGR 2.2.2.3 and 4.2.3.
 */
export function readDisconnectUltimatum(userData: Uint8Array): number {
  const [first, second] = userData;
  if (first === undefined) throw malformed('an empty X.224 data TPDU');
  if (first >> 2 !== disconnectProviderUltimatum) throw malformed(`an MCS PDU that begins ${hexByte(first)}`);
  if (second === undefined) throw malformed('the MCS Disconnect Provider Ultimatum ends within its reason');
  return ((first & 0x03) << 1) | (second >> 7);
}

export function isDisconnectUltimatum(userData: Uint8Array): boolean {
  return userData[0] !== undefined && userData[0] >> 2 === disconnectProviderUltimatum;
}
