import { malformed } from '../errors.ts';
import { hexByte } from './hex.ts';
import { makeTpkt, tpktHeaderSize, wholeTpkt } from './tpkt.ts';

/** X.224, section 13: TPDU codes, of which those below 0xf0 share their byte with the credit. */
export const tpduCode = {
  connectionRequest: 0xe0,
  connectionConfirm: 0xd0,
  disconnectRequest: 0x80,
  error: 0x70,
  data: 0xf0,
} as const;

/** X.224, sections 13.3 to 13.5 and 13.7: offsets in the TPDU. The length indicator does not count itself. */
const connection = {
  lengthIndicator: 0,
  code: 1,
  destination: 2,
  source: 4,
  classOrReason: 6,
  size: 7,
} as const;
const data = { lengthIndicator: 0, code: 1, endOfTsdu: 2, size: 3 } as const;

const endOfTsdu = 0x80;

export type Tpdu =
  | {
      readonly kind: 'connection-request' | 'connection-confirm';
      /** What follows the fixed part of the header. */
      readonly variable: Uint8Array;
    }
  | { readonly kind: 'disconnect-request'; readonly reason: number }
  | { readonly kind: 'data'; readonly userData: Uint8Array };

const connectionKinds: Readonly<Record<number, 'connection-request' | 'connection-confirm'>> = {
  [tpduCode.connectionRequest]: 'connection-request',
  [tpduCode.connectionConfirm]: 'connection-confirm',
};

/**
 * The TPDU in a whole TPKT packet. References, class and the end-of-TSDU mark are not judged: servers set them as
 * they like. Throws `WireError` for another kind of TPDU and where a length contradicts the packet's own.
 */
export function readTpdu(packet: Uint8Array): Tpdu {
  const tpdu = wholeTpkt(packet).subarray(tpktHeaderSize);
  const [lengthIndicator = 0, code = 0] = tpdu;
  if (code === tpduCode.data) return readData(tpdu, lengthIndicator);
  // The low half is the credit, which class 0 leaves at 0.
  const kind = connectionKinds[code & 0xf0];
  const isDisconnect = code === tpduCode.disconnectRequest;
  if (!kind && !isDisconnect) throw malformed(`an X.224 TPDU of code ${hexByte(code)}${nameOf(code)}`);
  if (lengthIndicator + 1 !== tpdu.length) {
    throw malformed(`X.224 length indicator ${lengthIndicator} in a TPDU of ${tpdu.length} bytes`);
  }
  if (tpdu.length < connection.size) {
    throw malformed(`X.224 length indicator ${lengthIndicator}, less than its header of 6 bytes`);
  }
  if (!kind) return { kind: 'disconnect-request', reason: tpdu[connection.classOrReason] ?? 0 };
  return { kind, variable: tpdu.subarray(connection.size) };
}

function readData(tpdu: Uint8Array, lengthIndicator: number): Tpdu {
  if (lengthIndicator !== data.size - 1) {
    throw malformed(`X.224 length indicator ${lengthIndicator} in a data TPDU, which has 2`);
  }
  return { kind: 'data', userData: tpdu.subarray(data.size) };
}

function nameOf(code: number): string {
  return code === tpduCode.error ? ' (error)' : '';
}

/** The user data of the data TPDU in a whole TPKT packet. Throws `WireError` where it is another one. */
export function readDataTpdu(packet: Uint8Array): Uint8Array {
  const tpdu = readTpdu(packet);
  if (tpdu.kind !== 'data') throw malformed(`an X.224 ${tpdu.kind} TPDU, where data was to come`);
  return tpdu.userData;
}

/** A Connection Request TPDU in its TPKT packet. */
export function makeConnectionRequestTpdu(variable: Uint8Array): Buffer {
  const tpdu = Buffer.alloc(connection.size + variable.length);
  tpdu.writeUInt8(tpdu.length - 1, connection.lengthIndicator);
  tpdu.writeUInt8(tpduCode.connectionRequest, connection.code);
  tpdu.set(variable, connection.size);
  return makeTpkt(tpdu);
}

/** A data TPDU in its TPKT packet. */
export function makeDataTpdu(userData: Uint8Array): Buffer {
  return makeTpkt(Buffer.concat([Buffer.of(data.size - 1, tpduCode.data, endOfTsdu), userData]));
}
