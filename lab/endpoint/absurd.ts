import { randomBytes } from 'node:crypto';
import type { Behaviour } from './connection.ts';
import type { EndpointLiteral } from './endpoint.ts';
import { disconnectUltimatum, mcsConnect } from './mcs.ts';
import {
  connectionConfirm,
  dataTpdu,
  negotiationData,
  protocol,
  rdpFront,
  readConnectionRequest,
  tpkt,
} from './rdp.ts';

const selectsHybrid = negotiationData('response', 0x1f, protocol.hybrid);
const confirm = connectionConfirm(selectsHybrid);

/** Answers a Connection Request by these bytes, and stays silent. */
function says(bytes: Buffer): Behaviour {
  return async (connection) => {
    await readConnectionRequest(connection);
    await connection.write(bytes);
    await connection.silence();
  };
}

function endlessly(bytes: Buffer): Behaviour {
  return async (connection) => {
    await readConnectionRequest(connection);
    await connection.pour(bytes);
  };
}

/** A good Connection Confirm with some of its bytes changed. */
function confirmWith(changes: Readonly<Record<number, number>>): Buffer {
  const bytes = Buffer.from(confirm);
  for (const [at, value] of Object.entries(changes)) bytes[Number(at)] = value;
  return bytes;
}

/** Standard security whose MCS Connect Response went through `spoil`. */
function spoiltMcs(spoil: (response: Buffer) => Buffer): Behaviour {
  return rdpFront(
    () => ({ selected: protocol.standard }),
    mcsConnect({ version: 0x00080004, encryptionLevel: 2, spoil }),
  );
}

/** The length of the block SC_CORE, behind its type. */
function withCoreLength(length: number): (response: Buffer) => Buffer {
  return (response) => {
    const spoilt = Buffer.from(response);
    spoilt.writeUInt16LE(length, response.indexOf(Buffer.from([0x01, 0x0c])) + 2);
    return spoilt;
  };
}

/** Offsets in a Connection Confirm with negotiation data: TPKT, X.224, RDP_NEG_RSP. */
const at = {
  tpktVersion: 0,
  lengthIndicator: 4,
  code: 5,
  negotiationType: 11,
  negotiationLength: 13,
} as const;

/** Servers whose lengths lie, or that never stop. */
export const absurd = {
  'tpkt-length-0': () => ({
    about: 'a TPKT that claims no bytes',
    serve: says(tpkt(confirm.subarray(4), 0)),
  }),
  'tpkt-length-3': () => ({
    about: 'a TPKT that claims less than its own header',
    serve: says(tpkt(confirm.subarray(4), 3)),
  }),
  'tpkt-length-5': () => ({
    about: 'a TPKT too short for what X.224 puts in it',
    serve: says(tpkt(confirm.subarray(4), 5)),
  }),
  'tpkt-length-65535': () => ({
    about: 'a TPKT that claims 65535 bytes of which 19 come',
    serve: says(tpkt(confirm.subarray(4), 65535)),
  }),
  'tpkt-length-65535-whole': () => ({
    about: 'a TPKT of 65535 bytes that all come',
    serve: says(tpkt(Buffer.concat([confirm.subarray(4), Buffer.alloc(65535 - confirm.length)]))),
  }),
  'tpkt-version-2': () => ({
    about: 'a TPKT of version 2',
    serve: says(confirmWith({ [at.tpktVersion]: 2 })),
  }),
  'x224-length-indicator-255': () => ({
    about: 'an X.224 length indicator beyond its TPKT',
    serve: says(confirmWith({ [at.lengthIndicator]: 0xff })),
  }),
  'x224-length-indicator-0': () => ({
    about: 'an X.224 length indicator of zero',
    serve: says(confirmWith({ [at.lengthIndicator]: 0 })),
  }),
  'x224-disconnect-request': () => ({
    about: 'an X.224 Disconnect Request in place of a Connection Confirm',
    serve: says(tpkt(Buffer.from([6, 0x80, 0, 0, 0x12, 0x34, 0x81]))),
  }),
  'x224-data': () => ({
    about: 'X.224 data in place of a Connection Confirm',
    serve: says(tpkt(dataTpdu(Buffer.alloc(8)))),
  }),
  'x224-unknown': () => ({ about: 'an unknown TPDU', serve: says(confirmWith({ [at.code]: 0x30 })) }),
  'negotiation-type-unknown': () => ({
    about: 'negotiation data of type 9',
    serve: says(confirmWith({ [at.negotiationType]: 9 })),
  }),
  'negotiation-length-wrong': () => ({
    about: 'negotiation data that claims 255 bytes',
    serve: says(confirmWith({ [at.negotiationLength]: 0xff })),
  }),
  'negotiation-cut': () => ({
    about: 'negotiation data of four bytes',
    serve: says(connectionConfirm(selectsHybrid.subarray(0, 4))),
  }),
  'confirm-stalls': () => ({
    about: 'half a Connection Confirm, then silence',
    serve: says(confirm.subarray(0, 10)),
  }),
  'confirm-cut': () => ({
    about: 'half a Connection Confirm, then the end',
    serve: async (connection) => {
      await readConnectionRequest(connection);
      await connection.write(confirm.subarray(0, 10));
    },
  }),
  'endless-junk': () => ({ about: 'random bytes for ever', serve: endlessly(randomBytes(16_384)) }),
  'endless-zeros': () => ({ about: 'zeros for ever', serve: endlessly(Buffer.alloc(16_384)) }),
  'endless-tpkt': () => ({
    about: 'sound TPKT packets of data for ever',
    serve: endlessly(tpkt(dataTpdu(Buffer.alloc(1000)))),
  }),
  'endless-text': () => ({
    about: 'a text without line ends for ever',
    serve: endlessly(Buffer.alloc(16_384, 'a')),
  }),
  'mcs-disconnects': () => ({
    about: 'standard security, and a MCS disconnect in place of a Connect Response',
    serve: spoiltMcs(() => disconnectUltimatum),
  }),
  'mcs-refuses': () => ({
    about: 'standard security, and a MCS Connect Response with rt-unspecified-failure',
    serve: rdpFront(
      () => ({ selected: protocol.standard }),
      mcsConnect({ version: 0x00080004, encryptionLevel: 2, result: 14 }),
    ),
  }),
  'mcs-no-security': () => ({
    about: 'a MCS Connect Response without SC_SECURITY',
    serve: rdpFront(
      () => ({ selected: protocol.standard }),
      mcsConnect({ version: 0x00080004, encryptionLevel: 2, withSecurity: false }),
    ),
  }),
  'mcs-length-lies': () => ({
    about: 'a MCS Connect Response that claims more than its TPKT holds',
    serve: spoiltMcs((response) => {
      const spoilt = Buffer.from(response);
      spoilt.writeUInt16BE(0xffff, response.indexOf(Buffer.from([0x7f, 0x66, 0x82])) + 3);
      return spoilt;
    }),
  }),
  'mcs-block-length-0': () => ({ about: 'a MCS block of no length', serve: spoiltMcs(withCoreLength(0)) }),
  'mcs-block-length-65535': () => ({
    about: 'a MCS block that claims 65535 bytes',
    serve: spoiltMcs(withCoreLength(0xffff)),
  }),
  'mcs-cut': () => ({
    about: 'half a MCS Connect Response, then silence',
    serve: spoiltMcs((response) => response.subarray(0, response.length / 2)),
  }),
} as const satisfies Record<string, () => EndpointLiteral>;
