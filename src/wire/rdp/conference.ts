import { malformed } from '../errors.ts';
import { ByteReader } from './byte-reader.ts';
import { makePerLength, takePerLength } from './per.ts';

/** T.124, section 8.7: the Key of ConnectData, { itu-t(0) recommendation(0) t(20) t124(124) version(0) 1 }. */
const t124Key = Buffer.from([0x00, 0x05, 0x00, 0x14, 0x7c, 0x00, 0x01]);

/** H.221 non-standard keys of who sends the user data (MS-RDPBCGR 4.1.3 and 4.1.4). */
const clientKey = Buffer.from('Duca', 'latin1');
const serverKey = Buffer.from('McDn', 'latin1');

/**
 * ConferenceCreateRequest up to its user data, as MS-RDPBCGR 4.1.3 spells it out bit by bit: the choice, the optional
 * fields (user data alone), the conference's name "1", the termination method, one set of user data, and an
 * h221NonStandard key of 4 bytes.
 */
const createRequest = Buffer.from([0x00, 0x08, 0x00, 0x10, 0x00, 0x01, 0xc0, 0x00]);

/** ConferenceCreateResponse: the choice; a node of two bytes, a tag of which the length comes first, the result. */
const createResponseChoice = 0x14;
/** One set of user data with a value, and the choice h221NonStandard with the least length, 4. */
const oneUserData = [0x01, 0xc0, 0x00] as const;

/** A GCC Conference Create Request around a client's data blocks. Source: MS-RDPBCGR 2.2.1.3. */
export function makeConferenceCreateRequest(blocks: Uint8Array): Buffer {
  const connectPdu = Buffer.concat([createRequest, clientKey, makePerLength(blocks.length), blocks]);
  return Buffer.concat([t124Key, makePerLength(connectPdu.length), connectPdu]);
}

/** The client's data blocks in a GCC Conference Create Request. Throws `WireError`. */
export function readConferenceCreateRequest(bytes: Uint8Array): Buffer {
  const reader = new ByteReader(bytes, 'the GCC Conference Create Request');
  takeConnectData(reader);
  if (!reader.take(createRequest.length, 'its header').equals(createRequest)) {
    throw malformed('a GCC Conference Create Request with another header than RDP has');
  }
  return takeUserData(reader, clientKey);
}

/**
 * The server's data blocks in a GCC Conference Create Response. The length of its connectPDU is not judged: servers
 * send 42 whatever it is, Windows, xrdp and FreeRDP alike. Throws `WireError`. Source: MS-RDPBCGR 2.2.1.4 and 4.1.4,
 * T.124 section 8.7.
 */
export function readConferenceCreateResponse(bytes: Uint8Array): Buffer {
  const reader = new ByteReader(bytes, 'the GCC Conference Create Response');
  takeConnectData(reader);
  if (reader.uint8('its choice') !== createResponseChoice) {
    throw malformed('a GCC PDU other than a Conference Create Response');
  }
  reader.uint16be('nodeID');
  reader.take(reader.uint8('tag'), 'tag');
  const result = reader.uint8('result');
  if (result !== 0) throw malformed(`a GCC Conference Create Response with result ${result}`);
  const sets = reader.take(oneUserData.length, 'userData');
  if (!sets.equals(Buffer.from(oneUserData))) throw malformed('GCC user data of another form than RDP has');
  return takeUserData(reader, serverKey);
}

function takeConnectData(reader: ByteReader): void {
  const key = reader.take(t124Key.length, 't124Identifier');
  if (!key.equals(t124Key)) throw malformed('GCC ConnectData of something else than T.124');
  takePerLength(reader, 'connectPDU');
}

function takeUserData(reader: ByteReader, key: Buffer): Buffer {
  const found = reader.take(key.length, 'h221NonStandard');
  if (!found.equals(key)) throw malformed(`GCC user data of another key than "${key.toString('latin1')}"`);
  return reader.take(takePerLength(reader, 'userData'), 'userData');
}
