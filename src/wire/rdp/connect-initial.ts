import { malformed } from '../errors.ts';
import { berTag, makeBer, makeBerInteger, takeBer } from './ber.ts';
import { ByteReader } from './byte-reader.ts';
import { type ClientData, makeClientData, readClientData } from './client-data.ts';
import { makeConferenceCreateRequest, readConferenceCreateRequest } from './conference.ts';
import { makeDataTpdu, readDataTpdu } from './x224.ts';

/** T.125, section 7: [APPLICATION 101]. */
const connectInitial = [0x7f, 0x65] as const;

/**
 * DomainParameters as MS-RDPBCGR 4.1.3 has them: maxChannelIds, maxUserIds, maxTokenIds, numPriorities, minThroughput,
 * maxHeight, maxMCSPDUsize, protocolVersion.
 */
const target = [34, 2, 0, 1, 0, 1, 65_535, 2] as const;
const minimum = [1, 1, 1, 1, 0, 1, 1056, 2] as const;
const maximum = [65_535, 64_535, 65_535, 1, 0, 1, 65_535, 2] as const;

/** MCS Connect Initial with its TPKT header. Source: MS-RDPBCGR 2.2.1.3. */
export function makeConnectInitial(selectedProtocol: number): Buffer {
  const selector = makeBer([berTag.octetString], Buffer.of(1));
  const contents = Buffer.concat([
    selector,
    selector,
    makeBer([berTag.boolean], Buffer.of(0xff)),
    makeDomainParameters(target),
    makeDomainParameters(minimum),
    makeDomainParameters(maximum),
    makeBer([berTag.octetString], makeConferenceCreateRequest(makeClientData(selectedProtocol))),
  ]);
  return makeDataTpdu(makeBer(connectInitial, contents));
}

function makeDomainParameters(parameters: readonly number[]): Buffer {
  return makeBer([berTag.sequence], Buffer.concat(parameters.map(makeBerInteger)));
}

/** Reads the MCS Connect Initial that a whole TPKT packet is. Throws `WireError`. Source: MS-RDPBCGR 2.2.1.3. */
export function readConnectInitial(packet: Uint8Array): ClientData {
  const outer = new ByteReader(readDataTpdu(packet), 'MCS Connect Initial');
  const reader = new ByteReader(takeBer(outer, connectInitial, 'Connect-Initial'), 'MCS Connect Initial');
  if (outer.left > 0) throw malformed(`${outer.left} bytes after MCS Connect Initial`);
  takeBer(reader, [berTag.octetString], 'callingDomainSelector');
  takeBer(reader, [berTag.octetString], 'calledDomainSelector');
  takeBer(reader, [berTag.boolean], 'upwardFlag');
  takeBer(reader, [berTag.sequence], 'targetParameters');
  takeBer(reader, [berTag.sequence], 'minimumParameters');
  takeBer(reader, [berTag.sequence], 'maximumParameters');
  return readClientData(readConferenceCreateRequest(takeBer(reader, [berTag.octetString], 'userData')));
}
