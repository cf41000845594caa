import { malformed } from '../errors.ts';
import { berTag, takeBer, takeBerNumber } from './ber.ts';
import { ByteReader } from './byte-reader.ts';
import { readConferenceCreateResponse } from './conference.ts';
import {
  type Disconnection,
  isDisconnectUltimatum,
  readDisconnectUltimatum,
} from './disconnect-ultimatum.ts';
import { readServerData, type ServerData } from './server-data.ts';
import { readTpdu } from './x224.ts';

/** What a server answers to MCS Connect Initial in the protocol's own terms. */
export type ConnectResponse =
  | { readonly kind: 'connected'; readonly data: ServerData }
  /** A result other than rt-successful. */
  | { readonly kind: 'refused'; readonly result: number }
  | Disconnection;

/** T.125, section 7: [APPLICATION 102]. */
const connectResponse = [0x7f, 0x66] as const;

const successful = 0;

/**
 * Reads the whole TPKT packet that came in answer to MCS Connect Initial. Throws `WireError` where it is no answer.
 * Source: MS-RDPBCGR 2.2.1.4, T.125 section 7.
 */
export function readConnectResponse(packet: Uint8Array): ConnectResponse {
  const tpdu = readTpdu(packet);
  if (tpdu.kind === 'disconnect-request') {
    return { kind: 'disconnected', reason: tpdu.reason, layer: 'X.224' };
  }
  if (tpdu.kind !== 'data') throw malformed(`an X.224 ${tpdu.kind} TPDU, where data was to come`);
  if (isDisconnectUltimatum(tpdu.userData)) {
    return { kind: 'disconnected', reason: readDisconnectUltimatum(tpdu.userData) };
  }
  return readResponse(new ByteReader(tpdu.userData, 'MCS Connect Response'));
}

function readResponse(outer: ByteReader): ConnectResponse {
  const reader = new ByteReader(takeBer(outer, connectResponse, 'Connect-Response'), 'MCS Connect Response');
  if (outer.left > 0) throw malformed(`${outer.left} bytes after MCS Connect Response`);
  const result = takeBerNumber(reader, berTag.enumerated, 'result');
  if (result !== successful) return { kind: 'refused', result };
  takeBerNumber(reader, berTag.integer, 'calledConnectId');
  takeBer(reader, [berTag.sequence], 'domainParameters');
  const userData = takeBer(reader, [berTag.octetString], 'userData');
  return { kind: 'connected', data: readServerData(readConferenceCreateResponse(userData)) };
}
